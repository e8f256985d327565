package runs

import (
	"context"

	"importer/mapping"
	"importer/pipeline/source"
	"importer/reports"
)

// study lets the mapper look at the list before its first row is mapped, where a field can't be read without that: see mapping.Study. It costs a
// reading of the inputs, and no more than a look at most cells. Of a failed file the mapper knows that it is but a part of a list. Rows that are left out
// decide nothing of those that are not.
func (s *setup) study(ctx context.Context) (err error) {
	study := s.mapper.Study()
	if study == nil {
		return nil
	}
	extent := mapping.WholeOfList
	if _, failed, err := reports.FindLinks(s.set.Header); failed || err != nil {
		extent = mapping.PartOfList
	}
	rows, err := s.set.Open()
	if err != nil {
		return err
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		if err != nil {
			return err
		}
		if row.Number%4096 == 1 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if s.imports(&row) && study.See(row.Cells) {
			break
		}
	}
	study.Conclude(extent)
	return nil
}

// imports reports whether a row can be read and `where` takes it.
func (s *setup) imports(row *source.Row) bool {
	if row.Broken != nil {
		return false
	}
	var unread []mapping.Unread
	for _, flaw := range row.Flaws {
		unread = append(unread, mapping.Unread(flaw))
	}
	takes, fault := s.mapper.TakesUnread(row.Cells, unread)
	return takes && fault == nil
}
