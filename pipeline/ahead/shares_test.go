package ahead

import (
	"slices"
	"testing"

	"importer/mapping"
)

func TestShares(t *testing.T) {
	t.Parallel()
	var none *Order
	if none.KnowsShares() || none.Shares(1) != nil || new(Order).KnowsShares() || new(Order).Shares(1) != nil {
		t.Error("an order that was not looked through knows what is shared")
	}
	o := &Order{}
	o.LookForShares()
	o.Share(9, mapping.PhoneNumber, 2)
	o.Share(9, mapping.Username, 3)
	o.Share(9, mapping.PhoneNumber, 5) // the first that is named counts
	for row, want := range map[int64][]Share{8: nil, 9: {{mapping.Username, 3}, {mapping.PhoneNumber, 2}}, 1 << 40: nil} {
		if got := o.Shares(row); !slices.Equal(got, want) {
			t.Errorf("row %d: %v, want %v", row, got, want)
		}
	}
	for row := int64(10); row < 10+2*namedRepeats; row++ {
		o.Share(row, mapping.PhoneNumber, 2)
	}
	last := o.Shares(9 + 2*namedRepeats)
	if len(o.shares.others) != namedRepeats || len(last) != 1 || last[0].Row != 0 {
		t.Errorf("%d rows are named, and the last one is %v", len(o.shares.others), last)
	}
}
