package runs

import (
	"cmp"
	"slices"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// faultSamples is how many rows are named for each kind of fault.
const faultSamples = 3

// faults counts every fault of every row of a check by code and field, with the first rows that have it. Its size is that of the job, not of the list.
type faults struct {
	files []journal.InputFile
	kinds map[faultKind]*reports.CodeCount
}

type faultKind struct{ code, field string }

func (f *faults) add(row source.Row, all []mapping.Fault) {
	if f.kinds == nil {
		f.kinds = map[faultKind]*reports.CodeCount{}
	}
	for _, fault := range all {
		kind := faultKind{fault.Code, fault.Field}
		sum := f.kinds[kind]
		if sum == nil {
			sum = &reports.CodeCount{Code: fault.Code, Field: fault.Field, Status: journal.Invalid, Hint: fault.Hint}
			f.kinds[kind] = sum
		}
		sum.Count++
		if len(sum.Samples) < faultSamples {
			sum.Samples = append(sum.Samples, sampleOf(row, f.files))
		}
	}
}

// sampleOf says where a row is.
func sampleOf(row source.Row, files []journal.InputFile) reports.Sample {
	sample := reports.Sample{Row: row.Number, Line: row.Line}
	if row.Input < len(files) {
		sample.File = files[row.Input].Path
	}
	return sample
}

// sums returns the kinds, the most frequent first.
func (f *faults) sums() []reports.CodeCount {
	list := make([]reports.CodeCount, 0, len(f.kinds))
	for _, sum := range f.kinds {
		list = append(list, *sum)
	}
	slices.SortFunc(list, func(a, b reports.CodeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field))
	})
	return list
}
