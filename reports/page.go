package reports

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// rowsOnPage is how many failed rows the page shows; failed.csv has all of them.
const rowsOnPage = 1000

// failedRow is one failed row as the page shows it.
type failedRow struct {
	Row                              int64
	Place, Key, Code, Field, Message string
	Status                           journal.Status
}

// failedSample keeps the first failed rows for the page.
type failedSample struct{ rows []failedRow }

func (s *failedSample) add(o outcome) error {
	if o.ok || len(s.rows) >= rowsOnPage {
		return nil
	}
	r := o.record
	s.rows = append(s.rows, failedRow{
		Row: r.Row, Place: place(o), Key: Shown(string(o.line.Key)), Code: Shown(r.Code), Field: Shown(r.Field), Message: Shown(r.Message),
		Status: o.line.Status,
	})
	return nil
}

// pageData is what the page's template sees.
type pageData struct {
	Summary
	State     string
	Speed     string
	Fault     string // why the sum does not hold
	FaultHint string
	Doubt     string
	Counts    []pageCount
	Why       []CodeCount
	Know      []CodeCount
	Rows      []failedRow
	More      string // what Rows leaves out
}

type pageCount struct {
	Status  journal.Status
	Rows    int64
	Percent string
	Meaning string
}

//go:embed page.html
var pageTemplate string

// renderPage writes report.html: one file, no script, nothing loaded from anywhere. Everything in it is escaped by html/template.
func renderPage(w io.Writer, s Summary, rows []failedRow) error {
	page, err := template.New(PageName).Funcs(template.FuncMap{
		"group": Grouped, "shown": Shown, "places": func(c CodeCount) string { return strings.Join(placesOf(c.Samples), ", ") },
	}).Parse(pageTemplate)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := page.Execute(out, pageOf(s, rows)); err != nil {
		return err
	}
	return out.Flush()
}

func pageOf(s Summary, rows []failedRow) pageData {
	p := pageData{Summary: s, State: stateSentence(s), Speed: speedSentence(s), Doubt: s.doubtText(), Rows: rows}
	p.Why, p.Know = s.codesByUse()
	if err := s.Check(); err != nil {
		p.Fault, p.FaultHint = err.Error(), problem.Hint(err)
	}
	for _, status := range journal.Statuses() {
		if n := s.Counts[status]; n > 0 {
			p.Counts = append(p.Counts, pageCount{status, n, percent(n, s.RowsRead), s.meaningOf(status)})
		}
	}
	if left := s.Failed - int64(len(rows)); left > 0 {
		p.More = fmt.Sprintf("The first %s of %s; all of them are in %s.", Grouped(int64(len(rows))), Grouped(s.Failed), s.Files.Failed)
	}
	return p
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
