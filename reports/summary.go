package reports

import (
	"errors"
	"fmt"
	"time"
)

// SummaryVersion is the version of summary.json. It changes when a member is renamed, removed or changes its meaning.
const SummaryVersion = 1

// Summary is the run at a glance; summary.json holds it.
type Summary struct {
	Version  int       `json:"version"`
	Run      string    `json:"run"`
	RunID    int64     `json:"run_id"`
	Vendor   string    `json:"vendor"`
	Account  string    `json:"account"`
	State    string    `json:"state"`             // running, complete, stopped, interrupted
	Foreseen bool      `json:"foreseen,omitzero"` // a check: nothing was sent
	Exit     ExitCode  `json:"exit_code"`
	Meaning  string    `json:"exit_meaning"`
	Started  string    `json:"started_at"`
	Ended    string    `json:"ended_at"` // empty while it runs or after a crash
	RowsRead int64     `json:"rows_read"`
	Counts   Counts    `json:"counts"`
	Failed   int64     `json:"failed"` // rows to mend: neither created nor skipped, and no code that counts as ok
	Proof    Proof     `json:"proof"`
	Codes    []CodeSum `json:"codes"`            // those that need mending first, then by count
	Faults   []CodeSum `json:"faults,omitempty"` // of a check: every fault of every row by code and field; a row can have several
	Rate     Rate      `json:"rate"`
	Inputs   []Input   `json:"inputs"`
	Files    Files     `json:"files"`
	Next     []Command `json:"next"`
	Kept     string    `json:"-"` // where [Write] has put a failed file that a person had edited; empty when there was none
}

// Proof is the sum and what it was counted from.
type Proof struct {
	Text      string `json:"text"`
	Holds     bool   `json:"holds"`
	Lines     int64  `json:"lines_written"`      // lines of results.csv
	Engine    int64  `json:"rows_engine"`        // rows the engine read; 0 when it did not reach the end
	Journaled int64  `json:"rows_journaled"`     // rows the journal knows
	Matched   int64  `json:"rows_matched"`       // of them, rows the input has
	StrayRow  int64  `json:"stray_row,omitzero"` // the first row the journal knows and the input does not have
	Settled   Counts `json:"settled"`            // rows that the journal gave as settled, one by one
	Journal   Counts `json:"journal"`            // rows settled, as the journal counts them by itself
}

// CodeSum is one code with one status.
type CodeSum struct {
	Code    string   `json:"code"`
	Field   string   `json:"field,omitzero"` // of Faults
	Status  Status   `json:"status"`
	OK      bool     `json:"ok"` // nothing to mend
	Count   int64    `json:"count"`
	Hint    string   `json:"hint"`
	Samples []Sample `json:"samples"` // the first three
}

// Sample says where a row is.
type Sample struct {
	Row  int64  `json:"row"`
	File string `json:"file"`
	Line int64  `json:"line"`
}

// Rate is how fast it went.
type Rate struct {
	Seconds           float64 `json:"seconds"`
	Rows              int64   `json:"rows"`
	Requests          int64   `json:"requests"`
	RowsPerSecond     float64 `json:"rows_per_second"`
	RequestsPerSecond float64 `json:"requests_per_second"`
	Limits            string  `json:"limits"`
}

// Input is one input of the run.
type Input struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Files are the paths of the reports.
type Files struct {
	Results string `json:"results"`
	Failed  string `json:"failed"`        // always there; only a header when no row failed
	Digest  string `json:"failed_sha256"` // of the failed file as written, in hex: another one has been edited
	Summary string `json:"summary"`
	Page    string `json:"report"`
}

// Sum is the last line a person reads: "sum: 100 read = 80 created + 20 exists".
func (s Summary) Sum() string { return sumText(s.RowsRead, s.Counts) }

// Check proves the sum: what was read, written and journaled was counted apart, and must agree. An error means exit 5.
func (s Summary) Check() error {
	var faults []error
	if total := s.Counts.Total(); total != s.RowsRead {
		faults = append(faults, fmt.Errorf("%d rows read, but %d have a status", s.RowsRead, total))
	}
	if s.Proof.Lines != s.RowsRead {
		faults = append(faults, fmt.Errorf("%d rows read, but results.csv has %d lines", s.RowsRead, s.Proof.Lines))
	}
	if s.Proof.Journaled != s.Proof.Matched {
		faults = append(faults, fmt.Errorf("the journal knows %d rows, but the input has only %d of them; the first it lacks is row %d (hint: was the input changed?)",
			s.Proof.Journaled, s.Proof.Matched, s.Proof.StrayRow))
	}
	for _, status := range Statuses() {
		if one, all := s.Proof.Settled.Of(status), s.Proof.Journal.Of(status); one != all && s.Proof.Journaled == s.Proof.Matched {
			faults = append(faults, fmt.Errorf("the journal counts %d rows %s, but gives %d", all, status, one))
		}
	}
	if s.Proof.Engine != 0 && s.Proof.Engine != s.RowsRead {
		faults = append(faults, fmt.Errorf("the run read %d rows, the report %d (hint: was the input changed?)", s.Proof.Engine, s.RowsRead))
	}
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("the sum does not add up: %w", err)
	}
	return nil
}

// seconds rounds to milliseconds, so that figures are readable.
func seconds(d time.Duration) float64 { return float64(d.Milliseconds()) / 1000 }
