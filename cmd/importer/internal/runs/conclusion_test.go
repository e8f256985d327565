package runs

import (
	"strings"
	"testing"

	"importer/reports"
)

// After leaving at once the meaning of the exit code says what is in doubt; of another end it does not.
func TestMeaningOfLeavingAtOnce(t *testing.T) {
	t.Parallel()
	for inDoubt, want := range map[int64]string{
		-1: "rows whose requests were cut are in doubt", 0: "no row is in doubt", 1: "1 row is in doubt", 1200: "1,200 rows are in doubt",
	} {
		var w Witness
		w.Observe(LeftAtOnce{InDoubt: inDoubt})
		got := w.Conclude(Result{Exit: reports.ExitInterrupted, Run: "night"}, nil, reports.ExitInterrupted).Meaning()
		if !strings.Contains(got, want) || !strings.HasSuffix(got, "the remaining rows were not sent.") {
			t.Errorf("%d in doubt: %s", inDoubt, got)
		}
		if got := w.Conclude(Result{}, nil, reports.ExitStorage).Meaning(); got != reports.ExitStorage.Meaning() {
			t.Errorf("another exit code: %s", got)
		}
	}
}
