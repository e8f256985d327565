package ahead

import "importer/mapping"

// OnShared says what happens to different people with the same phone number or username, where the vendor takes that from one user only.
type OnShared uint8

const (
	ShareFirst OnShared = iota // the first row of those that have it is sent
	ShareNone                  // none of them is
	ShareDrop                  // the first row is sent with it, the others without, where the vendor takes that
)

// Share is a value of a row that another person's row has too, and has first where one of them counts.
type Share struct {
	Field mapping.Field
	Row   int64 // the other row; 0 where it is not kept
}

// shares are the values of all rows that others have too.
type shares struct {
	rows   map[mapping.Field]*RowSet
	others map[shareOf]int64 // at most namedRepeats
}

type shareOf struct {
	field mapping.Field
	row   int64
}

// LookForShares notes that [Order.Share] will be told everything that is shared.
func (o *Order) LookForShares() {
	o.shares = &shares{rows: map[mapping.Field]*RowSet{}, others: map[shareOf]int64{}}
}

// KnowsShares reports whether [Order.Shares] says everything that is shared; else it is to be found row by row.
func (o *Order) KnowsShares() bool { return o != nil && o.shares != nil }

// Share notes that a row has the value of a field that another person's row has. The first row that is named for a field counts.
func (o *Order) Share(row int64, f mapping.Field, other int64) {
	bits := o.shares.rows[f]
	if bits == nil {
		bits = new(RowSet)
		o.shares.rows[f] = bits
	}
	key := shareOf{f, row}
	if _, named := o.shares.others[key]; !named && len(o.shares.others) < namedRepeats && !bits.Has(row) {
		o.shares.others[key] = other
	}
	bits.Add(row)
}

// Shares returns what a row has that another person's row has, in the order of fields.
func (o *Order) Shares(row int64) (list []Share) {
	if !o.KnowsShares() {
		return nil
	}
	for _, f := range mapping.Fields() {
		if bits := o.shares.rows[f]; bits != nil && bits.Has(row) {
			list = append(list, Share{f, o.shares.others[shareOf{f, row}]})
		}
	}
	return list
}
