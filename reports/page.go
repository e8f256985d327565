package reports

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// rowsOnPage is how many failed rows the page shows; failed.csv has all of them.
const rowsOnPage = 1000

// failedRow is one failed row as the page shows it.
type failedRow struct {
	Row                              int64
	Place, Key, Code, Field, Message string
	Status                           Status
}

// failedSample keeps the first failed rows for the page.
type failedSample struct{ rows []failedRow }

func (s *failedSample) add(o outcome) error {
	if o.fine || len(s.rows) >= rowsOnPage {
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
	State  string
	Speed  string
	Sum    string
	Fault  string // why the sum does not hold
	Doubt  string
	Counts []pageCount
	Why    []CodeSum
	Know   []CodeSum
	Rows   []failedRow
	More   string // what Rows leaves out
}

type pageCount struct {
	Status  Status
	Rows    int64
	Percent string
	Meaning string
}

func writePage(files *fileset, s Summary, rows []failedRow) error {
	w, err := files.add(PageName)
	if err != nil {
		return err
	}
	if err := renderPage(w, s, rows); err != nil {
		return fmt.Errorf("write %s: %w", PageName, err)
	}
	return nil
}

func renderPage(w io.Writer, s Summary, rows []failedRow) error {
	page, err := template.New(PageName).Funcs(template.FuncMap{
		"group": group, "shown": Shown, "places": func(c CodeSum) string { return strings.Join(placesOf(c.Samples), ", ") },
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
	p := pageData{Summary: s, State: stateSentence(s), Speed: speedSentence(s), Sum: s.Sum(), Rows: rows}
	p.Why, p.Know = s.codesByUse()
	if err := s.Check(); err != nil {
		p.Fault = err.Error()
	}
	if s.Counts.InDoubt > 0 {
		p.Doubt = doubtText(s.Counts.InDoubt, s.Files.Failed)
	}
	for _, status := range Statuses() {
		if n := s.Counts.Of(status); n > 0 {
			p.Counts = append(p.Counts, pageCount{status, n, percent(n, s.RowsRead), s.meaningOf(status)})
		}
	}
	if left := s.Failed - int64(len(rows)); left > 0 {
		p.More = fmt.Sprintf("The first %s of %s; all of them are in %s.", group(int64(len(rows))), group(s.Failed), s.Files.Failed)
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
