package journal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLeftOut(t *testing.T) {
	t.Parallel()
	phone, birth, plan := LeftOut{"phone", "phone_invalid"}, LeftOut{"address.phone", "date_two_digit_year"}, LeftOut{"metadata.plan-2 x", "number_invalid"}
	for _, c := range []struct {
		fields  []LeftOut
		message string
		want    string
	}{
		{nil, "", ""},
		{nil, "the vendor's words", "the vendor's words"},
		{[]LeftOut{phone}, "", "sent without phone: phone_invalid"},
		{[]LeftOut{phone, birth, plan}, "sent without a doubt: ok; more",
			"sent without phone: phone_invalid; sent without address.phone: date_two_digit_year; sent without metadata.plan-2 x: number_invalid; sent without a doubt: ok; more"},
	} {
		text := WithLeftOut(c.fields, c.message)
		if text != c.want {
			t.Errorf("%q, want %q", text, c.want)
		}
		if diff := cmp.Diff(c.fields, ReadLeftOut(text)); diff != "" {
			t.Errorf("%q reads back otherwise (-want +got)\n%s", text, diff)
		}
	}
	for _, foreign := range []string{"sent without", "sent without phone", "sent without phone: Invalid!", "Sent without phone: phone_invalid", "x; sent without phone: phone_invalid"} {
		if got := ReadLeftOut(foreign); got != nil {
			t.Errorf("%q: %v", foreign, got)
		}
	}
}
