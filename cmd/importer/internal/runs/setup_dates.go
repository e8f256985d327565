package runs

import (
	"fmt"
	"slices"

	"importer/mapping"
	"importer/mapping/problem"
)

// misreadDates finds columns of a workbook whose cells are dates, which come as YYYY-MM-DD, and of which the mapping would make other days: a format with
// the year first and then the day takes the month for the day.
func (s *setup) misreadDates() (faults []error) {
	for _, f := range s.set.Files {
		for _, column := range f.Dates {
			at := slices.Index(s.set.Header, column.Name)
			if at < 0 || !slices.Contains(s.mapper.ColumnsOf(mapping.BirthDate.String()), at) {
				continue
			}
			cells := make([]string, len(s.set.Header))
			cells[at] = sampleDate
			if customer, _ := s.mapper.MapOnly(cells, mapping.BirthDate); customer.Has(mapping.BirthDate) && customer.Text(mapping.BirthDate) != sampleDate {
				faults = append(faults, &problem.Error{Kind: problem.Input, File: f.Title,
					Message: fmt.Sprintf("cells of the column %q are dates, which are read as YYYY-MM-DD, and birth_date takes the month for the day", column.Name),
					Fix:     "leave the field's `format` out"})
			}
		}
	}
	return faults
}

// sampleDate is another day where month and day change places.
const sampleDate = "1990-02-01"
