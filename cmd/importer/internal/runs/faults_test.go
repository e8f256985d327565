package runs

import (
	"slices"
	"testing"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// TestFaultsByMessage: a row counts once by its first fault, and once for each fault; hints stay with their messages, and values are nowhere.
func TestFaultsByMessage(t *testing.T) {
	t.Parallel()
	f := faults{files: []journal.InputFile{{Path: "a.csv"}}}
	short := mapping.Fault{Code: "phone_invalid", Field: "phone", Shown: "+4***12", Message: "is too short", Hint: "fix it"}
	letter := mapping.Fault{Code: "phone_invalid", Field: "phone", Shown: "+4***1x", Message: "holds a letter", Hint: "one number to a cell"}
	mail := mapping.Fault{Code: "email_invalid", Field: "email", Shown: "n***", Message: "has no @", Hint: "fix the address"}
	f.add(source.Row{Number: 1, Line: 2}, []mapping.Fault{mail, short})
	f.add(source.Row{Number: 2, Line: 3}, []mapping.Fault{short})
	f.add(source.Row{Number: 3, Line: 4}, []mapping.Fault{letter})

	at := func(row int64) reports.Sample { return reports.Sample{Row: row, File: "a.csv", Line: row + 1} }
	equal := func(name string, got []reports.MessageCount, want ...reports.MessageCount) {
		t.Helper()
		same := func(a, b reports.MessageCount) bool {
			return a.Field == b.Field && a.Message == b.Message && a.Hint == b.Hint && a.Count == b.Count && slices.Equal(a.Samples, b.Samples)
		}
		if !slices.EqualFunc(got, want, same) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	sums := f.sums()
	if len(sums) != 2 || sums[0].Code != "phone_invalid" || sums[0].Count != 3 || sums[0].Hint != "fix it" {
		t.Fatalf("%+v", sums)
	}
	equal("every fault", sums[0].Messages,
		reports.MessageCount{Message: "is too short", Hint: "fix it", Count: 2, Samples: []reports.Sample{at(1), at(2)}},
		reports.MessageCount{Message: "holds a letter", Hint: "one number to a cell", Count: 1, Samples: []reports.Sample{at(3)}})
	equal("first faults", f.causes["phone_invalid"].Counts(),
		reports.MessageCount{Field: "phone", Message: "holds a letter", Hint: "one number to a cell", Count: 1, Samples: []reports.Sample{at(3)}},
		reports.MessageCount{Field: "phone", Message: "is too short", Hint: "fix it", Count: 1, Samples: []reports.Sample{at(2)}})
	equal("first faults", f.causes["email_invalid"].Counts(),
		reports.MessageCount{Field: "email", Message: "has no @", Hint: "fix the address", Count: 1, Samples: []reports.Sample{at(1)}})
}
