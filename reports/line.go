package reports

import (
	"fmt"
	"strconv"
	"time"

	"importer/pipeline/journal"
)

// Line is one line of results.csv: what happened to one row. Its columns are part of the outside contract.
type Line struct {
	Row        Int            `csv:"row"`
	Line       Int            `csv:"line"`
	Key        Text           `csv:"key"` // masked identity, unless the caller asked for the plain one
	Status     journal.Status `csv:"status"`
	Code       Text           `csv:"code"`
	HTTPStatus Optional       `csv:"http_status"`
	VendorCode Text           `csv:"vendor_code"`
	Field      Text           `csv:"field"`
	Message    Text           `csv:"message"`
	VendorID   Text           `csv:"vendor_id"`
	Attempts   Int            `csv:"attempts"`
	ElapsedMS  Int            `csv:"elapsed_ms"`
	At         Moment         `csv:"at"` // empty for unsent
}

// Columns are the columns of results.csv, in order.
func Columns() []string {
	return []string{"row", "line", "key", "status", "code", "http_status", "vendor_code", "field", "message", "vendor_id",
		"attempts", "elapsed_ms", "at"}
}

// NewLine makes the line of a settled row. key is the row's identity as it may be shown.
func NewLine(r journal.Record, key string) Line {
	l := Line{
		Row: Int(r.Row), Line: Int(r.Line), Key: Text(key),
		Status: r.Status, Code: Text(r.Code), HTTPStatus: Optional(r.HTTPStatus),
		VendorCode: Text(r.VendorCode), Field: Text(r.Field), Message: Text(r.Message), VendorID: Text(r.VendorID),
		Attempts: Int(r.Attempt), ElapsedMS: Int(r.Elapsed.Milliseconds()), At: Moment(r.At),
	}
	if r.Status == journal.Unsent {
		l.At = Moment{}
	}
	return l
}

// Text is a text that may come from a vendor or a list. In CSV it is [Shown] and [Guard]ed; reading removes the guard.
type Text string

func (t Text) Shown() string { return Shown(string(t)) }

func (t Text) MarshalCSV() (string, error) { return Guard(Shown(string(t))), nil }

func (t *Text) UnmarshalCSV(cell string) error {
	*t = Text(Unguard(cell))
	return nil
}

// Int is a number written in plain decimal digits. Anything else is an error: 010 is not 8, and 12.9 is not 12.
type Int int64

func (n Int) MarshalCSV() (string, error) { return strconv.FormatInt(int64(n), 10), nil }

func (n *Int) UnmarshalCSV(cell string) error {
	v, err := strconv.ParseInt(cell, 10, 64)
	if err != nil || strconv.FormatInt(v, 10) != cell || v < 0 {
		return fmt.Errorf("%q is not a whole number", Shown(cell))
	}
	*n = Int(v)
	return nil
}

// Optional is an [Int] whose zero is an empty cell.
type Optional int64

func (n Optional) MarshalCSV() (string, error) {
	if n == 0 {
		return "", nil
	}
	return Int(n).MarshalCSV()
}

func (n *Optional) UnmarshalCSV(cell string) error {
	if cell == "" {
		*n = 0
		return nil
	}
	return (*Int)(n).UnmarshalCSV(cell)
}

// Moment is a time in UTC, written as RFC 3339 with milliseconds. The zero Moment is an empty cell.
type Moment time.Time

const momentLayout = "2006-01-02T15:04:05.000Z"

func (m Moment) String() string {
	if time.Time(m).IsZero() {
		return ""
	}
	return time.Time(m).UTC().Format(momentLayout)
}

func (m Moment) MarshalCSV() (string, error) { return m.String(), nil }

func (m *Moment) UnmarshalCSV(cell string) error {
	if cell == "" {
		*m = Moment{}
		return nil
	}
	t, err := time.Parse(momentLayout, cell)
	if err != nil {
		return fmt.Errorf("%q is not a time like 2026-01-31T23:59:59.000Z", Shown(cell))
	}
	*m = Moment(t)
	return nil
}
