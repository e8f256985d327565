package runs

import (
	"context"

	"importer/mapping"
	"importer/pipeline/source"
	"importer/reports"
)

// study lets the mapper look at the list before its first row is mapped, where a field can't be read without that: see mapping.Study. It costs a
// reading of the inputs, and no more than a look at most cells. Of a failed file the mapper knows that it is but a part of a list.
func (s *setup) study(ctx context.Context) (err error) {
	study := s.mapper.Study()
	if study == nil {
		return nil
	}
	extent := mapping.WholeOfList
	if _, failed, err := reports.FindLinks(s.set.Header); failed || err != nil {
		extent = mapping.PartOfList
	}
	rows, err := s.set.OpenWithin(ctx)
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
		if row.Broken == nil && study.See(row.Cells) {
			break
		}
	}
	study.Conclude(extent)
	return nil
}
