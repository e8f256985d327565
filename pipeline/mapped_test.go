package pipeline_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/source"
	"importer/vendors/sandbox"
)

// oneBroken is rows of which one cannot be read as a row.
type oneBroken struct {
	pipeline.Rows
	number int64
}

func (o oneBroken) Next() (source.Row, error) {
	row, err := o.Rows.Next()
	if row.Number == o.number {
		row.Cells, row.Broken = nil, &source.Broken{Code: source.CodeRagged, Message: "short"}
	}
	return row, err
}

// TestACheckShowsEachMappedRow: once, in input order, with all its faults, also those of fields that it goes without; and neither broken rows nor rows that
// the job does not take.
func TestACheckShowsEachMappedRow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		want := []string{"1 p1@example.com +353861000001 []", "2 p2@example.com  [phone_country_unknown]", "4 p4@example.com +353861000004 [date_impossible]",
			"5 p5@example.com  [date_impossible phone_country_unknown]", "6   [email_invalid phone_country_unknown]"}
		for _, policy := range []pipeline.Policy{{}, drop} {
			rows := append(faulty(), person(7))
			rows[6][7] = "de"
			w := newWorld(t, "distinct", rows, sandbox.Options{})
			var err error
			if w.mapper, err = mapping.Compile(mapping.Spec{Where: `row["language"] != "de"`}, header, mapping.Options{}); err != nil {
				t.Fatal(err)
			}
			var got []string
			dry := &pipeline.DryRun{Mapped: func(row source.Row, c *mapping.Customer, faults []mapping.Fault) {
				codes := []string{}
				for _, f := range faults {
					codes = append(codes, f.Code)
				}
				got = append(got, fmt.Sprint(row.Number, " ", c.Text(mapping.Email), " ", c.Text(mapping.PhoneNumber), " ", codes))
			}}
			w.finish(w.under(policy), w.dry(dry), func(p *pipeline.Plan) { p.Rows = oneBroken{p.Rows, 3} })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("policy %d (-want +got)\n%s", policy.OnInvalid, diff)
			}
		}
	})
}
