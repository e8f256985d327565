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

// faults counts every fault of every row of a check by code and field, with the first rows that have it, and by its message; and the first fault of each
// row by code and message. Its size is that of the job, not of the list.
type faults struct {
	files  []journal.InputFile
	kinds  map[faultKind]*faultSum
	causes map[string]*reports.Messages // of the rows' first faults, by code
}

type faultKind struct{ code, field string }

type faultSum struct {
	reports.CodeCount
	messages reports.Messages
}

// add counts the faults of one row, of which there is one at least.
func (f *faults) add(row source.Row, all []mapping.Fault) {
	if f.kinds == nil {
		f.kinds, f.causes = map[faultKind]*faultSum{}, map[string]*reports.Messages{}
	}
	at := sampleOf(row, f.files)
	for _, fault := range all {
		kind := faultKind{fault.Code, fault.Field}
		sum := f.kinds[kind]
		if sum == nil {
			sum = &faultSum{CodeCount: reports.CodeCount{Code: fault.Code, Field: fault.Field, Status: journal.Invalid, Hint: fault.Hint}}
			f.kinds[kind] = sum
		}
		sum.Count++
		sum.messages.Add(at, "", fault.Message, fault.Hint)
		if len(sum.Samples) < faultSamples {
			sum.Samples = append(sum.Samples, at)
		}
	}
	first := all[0]
	if f.causes[first.Code] == nil {
		f.causes[first.Code] = &reports.Messages{}
	}
	f.causes[first.Code].Add(at, first.Field, first.Message, first.Hint)
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
		sum.Messages = sum.messages.Counts()
		list = append(list, sum.CodeCount)
	}
	slices.SortFunc(list, func(a, b reports.CodeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field))
	})
	return list
}
