package reports

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"importer/pipeline/journal"
)

// TestTallyCountsWhatRowsWereSentWithout: by the messages of rows that were sent, of each field and reason, with the first rows.
func TestTallyCountsWhatRowsWereSentWithout(t *testing.T) {
	t.Parallel()
	phone, birth := journal.LeftOut{Field: "phone", Code: "phone_invalid"}, journal.LeftOut{Field: "birth_date", Code: "date_invalid"}
	count := &tally{codes: map[codeKey]*CodeCount{}}
	row := int64(0)
	add := func(status journal.Status, fields ...journal.LeftOut) {
		row++
		record := journal.Record{Kind: journal.Settle, Row: row, Line: row + 1, Status: status, Message: journal.WithLeftOut(fields, "what the vendor says")}
		count.add(outcome{record: record, file: "list.csv", ok: true})
	}
	add(journal.Created, phone)
	add(journal.Created)
	add(journal.Exists, phone, birth)
	add(journal.InDoubt, phone)
	add(journal.Rejected, birth)
	add(journal.Skipped, phone) // never sent: whatever its message says
	add(journal.Invalid, phone)
	add(journal.Created, phone)
	at := func(rows ...int64) (samples []Sample) {
		for _, n := range rows {
			samples = append(samples, Sample{Row: n, File: "list.csv", Line: n + 1})
		}
		return samples
	}
	want := []LeftOutCount{
		{Field: "phone", Code: "phone_invalid", Count: 4, Hint: "hint of phone_invalid", Samples: at(1, 3, 4)},
		{Field: "birth_date", Code: "date_invalid", Count: 2, Hint: "hint of date_invalid", Samples: at(3, 5)},
	}
	if diff := cmp.Diff(want, count.leftOut.counts(func(code string) string { return "hint of " + code })); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	share := count.leftOut.Share()
	if diff := cmp.Diff(OptionalRows{Rows: 5, Fields: []FieldRows{{"phone", 4}, {"birth_date", 2}}}, share); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestChoice(t *testing.T) {
	t.Parallel()
	many := OptionalRows{Rows: 1412, Fields: []FieldRows{{"phone", 1398}, {"birth_date", 20}}}
	one := OptionalRows{Rows: 1, Fields: []FieldRows{{"phone", 1}}}
	for _, c := range []struct {
		found *OptionalFaults
		want  []string
	}{
		{nil, nil},
		{&OptionalFaults{}, nil},
		{&OptionalFaults{Rejected: many, More: 1412}, []string{"1,412 rows are invalid only because of optional fields: phone 1,398, birth_date 20; with on_invalid: drop they are sent without them."}},
		{&OptionalFaults{Rejected: one, More: 1, Dropped: one}, []string{"1 row is invalid only because of optional fields: phone 1; with on_invalid: drop it is sent without them.",
			"1 row is ready to be sent without optional fields: phone 1; with on_invalid: reject it would be invalid."}},
		{&OptionalFaults{Rejected: one}, []string{"1 row is invalid only because of optional fields: phone 1; with on_invalid: drop it is sent without them; " +
			"in all 0 rows more, because of what they have in common with other rows."}},
	} {
		if got := (Summary{Optional: c.found}).Choice(); !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
