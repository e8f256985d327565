package reports

// failedSample keeps the first failed rows for the page.
type failedSample struct{ rows []failedRow }

const rowsOnPage = 1000

// failedRow is one failed row as the page shows it.
type failedRow struct {
	Row                              int64
	Place, Key, Code, Field, Message string
	Status                           Status
}

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

func writePage(files *fileset, s Summary, rows []failedRow) error { return nil }
