package reports

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io"
	"path"
	"strings"
	"text/template"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

const (
	rowsOnPage  = 1000 // failed rows that the page shows; failed.csv has all of them
	codesInText = 10   // codes that a list of the text shows
)

// view is what the templates of the page and of the text see.
type view struct {
	Summary
	Counts []statusCount
	Lists  []codeList
	Rows   []failedRow
	More   string // what Rows leaves out
	Read   []FieldRead
}

type statusCount struct {
	Status  journal.Status
	Rows    int64
	Percent string
	Meaning string
}

// codeList is a list of codes under a title, the most frequent code first.
type codeList struct {
	Title string
	Codes []cause // for the page
	First []cause // those that the text shows
	Left  int64   // how many it leaves out
}

// failedRow is one failed row as the page shows it.
type failedRow struct {
	Line
	Place string
}

// Concerns is the field to name before the message. The messages of invalid rows name their fields themselves.
func (r failedRow) Concerns() Text {
	if r.Status == journal.Invalid {
		return ""
	}
	return r.Field
}

//go:embed page.html text.txt
var templates embed.FS

// Text writes the end of a run for a person: counts, reasons with hints and samples, rows in doubt, files, exit code, what to type
// next. Lines are at most width columns (at least 40) but for paths and commands, which are never broken. There is no colour, and
// nothing in it comes unescaped from a list or a vendor. The last line is the sum, always.
func (s Summary) Text(w io.Writer, width int) error {
	text, err := template.New("text.txt").Funcs(functions(width)).ParseFS(templates, "text.txt")
	if err != nil {
		return err
	}
	return render(w, text, s.view(nil))
}

// renderPage writes report.html: one file, no script, nothing loaded from anywhere. Everything in it is escaped by html/template.
func renderPage(w io.Writer, s Summary, rows []failedRow) error {
	page, err := htmltemplate.New("page.html").Funcs(functions(0)).ParseFS(templates, "page.html")
	if err != nil {
		return err
	}
	return render(w, page, s.view(rows))
}

func render(w io.Writer, t interface{ Execute(io.Writer, any) error }, v view) error {
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func functions(width int) template.FuncMap {
	return template.FuncMap{"group": Grouped, "shown": Shown, "plural": Plural, "places": func(c cause) string { return placesOf(c.Samples, c.Count) }, "hint": problem.Hint, "wrap": wrapAt(max(width, 40))}
}

func (s Summary) view(rows []failedRow) view {
	v := view{Summary: s, Lists: s.codeLists(), Rows: rows, Read: s.fieldsRead()}
	for _, status := range journal.Statuses() {
		n, says := s.Counts[status], meanings[status]
		if s.Predicted && status == journal.Unsent {
			says = "ready to send"
		}
		if n > 0 {
			v.Counts = append(v.Counts, statusCount{status, n, percent(n, s.RowsRead), says})
		}
	}
	if shown := int64(len(rows)); s.Failed > shown {
		v.More = fmt.Sprintf("The first %s of %s; all of them are in %s.", Grouped(shown), Grouped(s.Failed), s.Files.Failed)
	}
	return v
}

// codeLists separates the codes that need a fix from the others, and adds the faults where they say more than the codes: where a row has
// several, or a code is that of several fields. A code that only repeats its status is left out where nothing needs a fix.
func (s Summary) codeLists() (lists []codeList) {
	var why, faults, know []CodeCount
	for _, c := range s.Codes {
		if !c.OK {
			why = append(why, c)
		} else if c.Code != c.Status.String() {
			know = append(know, c)
		}
	}
	total, codes := int64(0), map[string]bool{}
	for _, f := range s.Faults {
		total += f.Count
		codes[f.Code] = true
	}
	if total > s.Counts[journal.Invalid] || len(codes) < len(s.Faults) {
		faults = s.Faults
	}
	without := "Sent without an optional value"
	if s.Predicted {
		without = "Ready without an optional value"
	}
	cannot := "Why rows were not created"
	if s.Predicted {
		cannot = "Why rows cannot be sent"
	}
	ofRows := messagesInText
	if len(faults) > 0 {
		ofRows = 1 // the list of every fault has them
	}
	for _, l := range []struct {
		title    string
		codes    []CodeCount
		messages int
	}{
		{cannot, why, ofRows},
		{"Every fault of these rows (a row can have several)", faults, messagesInText},
		{without, s.leftOutCodes(), 0},
		{"Good to know", know, ofRows},
	} {
		if len(l.codes) > 0 {
			lists = append(lists, listOf(l.title, l.codes, l.messages))
		}
	}
	return lists
}

// listOf makes a list whose text shows so many messages of each code.
func listOf(title string, codes []CodeCount, messages int) codeList {
	l := codeList{Title: title, Left: int64(max(0, len(codes)-codesInText))}
	for i, c := range codes {
		l.Codes = append(l.Codes, causeOf(c, messagesListed))
		if i < codesInText {
			l.First = append(l.First, causeOf(c, messages))
		}
	}
	return l
}

// leftOutCodes are what rows were sent without, as a list shows codes: of a field, whatever happened to the row.
func (s Summary) leftOutCodes() (codes []CodeCount) {
	for _, l := range s.LeftOut {
		codes = append(codes, CodeCount{Code: l.Code, Field: l.Field, OK: true, Count: l.Count, Hint: l.Hint, Samples: l.Samples})
	}
	return codes
}

// State says how the run ended.
func (v view) State() string {
	unsent := Plural(v.Summary.Counts[journal.Unsent], "row")
	switch state := v.Summary.State; {
	case state == journal.Complete.String() && v.Predicted:
		return "Every row was checked, none was sent."
	case state == journal.Complete.String():
		return "Every row was processed."
	case state == journal.Stopped.String():
		return fmt.Sprintf("Stopped with %s unsent.", unsent)
	case state == journal.Superseded.String():
		return fmt.Sprintf("Superseded by a later run with %s unsent.", unsent)
	case state == journal.Interrupted.String():
		return fmt.Sprintf("Interrupted with %s unsent.", unsent)
	}
	return "Not finished."
}

// Speed says how fast the run was; "" where no duration is known.
func (v view) Speed() string {
	r, limits := v.Rate, ""
	if r.Seconds <= 0 {
		return ""
	}
	if r.Limits != "" {
		limits = fmt.Sprintf(" (limits: %s)", Shown(r.Limits))
	}
	return fmt.Sprintf("%s and %s in %s: %.1f rows/s, %.1f requests/s%s.", Plural(r.Rows, "row"), Plural(r.Requests, "request"),
		elapsed(r.Seconds), r.RowsPerSecond, r.RequestsPerSecond, limits)
}

// Doubt says what doubt means and what to do about it; "" where no row is in doubt. It points to the failed file: results.csv masks people.
func (v view) Doubt() string {
	n, were := v.Summary.Counts[journal.InDoubt], "were"
	switch n {
	case 0:
		return ""
	case 1:
		were = "was"
	}
	return fmt.Sprintf("%s %s sent, but no answer says whether the customer was registered. "+
		"The importer sends such a row again by itself only where the vendor refuses or absorbs a repeat: anywhere else that could register somebody twice. "+
		"Look each person up at the vendor, by their data in %s (%s %s): if the vendor has them, there is nothing to do; "+
		"if not, send the row again with retry --status in_doubt.", Plural(n, "row"), were, Shown(path.Base(v.Files.Failed)), statusColumn, journal.InDoubt)
}

// placesOf says where the samples of so many rows are: file:line, and only the line where the file is that of the sample before.
func placesOf(samples []Sample, count int64) string {
	var places []string
	last := ""
	for i, at := range samples {
		switch {
		case at.File == "":
			places = append(places, fmt.Sprintf("line %d", at.Line))
		case i > 0 && at.File == last:
			places = append(places, fmt.Sprintf(":%d", at.Line))
		default:
			places = append(places, fmt.Sprintf("%s:%d", Shown(at.File), at.Line))
		}
		last = at.File
	}
	if count > int64(len(samples)) {
		places = append(places, "…")
	}
	return strings.Join(places, ", ")
}

// percent never rounds a row away: there is "under 0.1 %", and 100 % is all of them.
func percent(n, of int64) string {
	switch p := float64(n) / float64(max(of, 1)) * 100; {
	case p < 0.1:
		return "under 0.1 %"
	case n < of && p > 99.9:
		return "over 99.9 %"
	default:
		return fmt.Sprintf("%.1f %%", p)
	}
}
