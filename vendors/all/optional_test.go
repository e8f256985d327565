package all_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
)

// TestWhatMayBeLeftOut lists, of the fields that each vendor takes, those that a request can go without: `on_invalid: drop` reaches no other.
func TestWhatMayBeLeftOut(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"distinct":   "last_name phone",
		"epixel":     "place_genealogy position sponsor subdomain",
		"jframework": "first_name last_name nickname phone referral_code username",
		"thanx":      "birth_date first_name gender last_name phone postal_code",
		"pelcro": "display_name email_bounced first_name language last_name legacy_id metadata.x organization phone salutation title " +
			"username",
	}
	for _, v := range all.Vendors() {
		standin, _ := all.Standin(v.Name)
		a := bind(t, v, standin.Settings(), standin.Credentials())
		var optional []string
		for _, f := range mapping.Fields() {
			if a.Uses(f) && a.MayLeaveOut(f.String()) {
				optional = append(optional, f.String())
			}
		}
		if slices.ContainsFunc(a.Fields(), func(f vendors.WireField) bool { return f.Metadata }) && a.MayLeaveOut("metadata.x") {
			optional = append(optional, "metadata.x")
		}
		slices.Sort(optional)
		if diff := cmp.Diff(want[v.Name], strings.Join(optional, " ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", v.Name, diff)
		}
		for _, never := range []string{v.Identity[0].String(), "where", "", "Column", "no_field"} {
			if a.MayLeaveOut(never) {
				t.Errorf("%s: %q is left out", v.Name, never)
			}
		}
		if f := mapping.Gender; !a.Uses(f) && !a.MayLeaveOut(f.String()) {
			t.Errorf("%s needs %s, which it does not take", v.Name, f)
		}
	}
}
