// Package profile gathers what a check read of every mapped field, so that a person can compare it with the list at a glance: how many cells are
// filled, how long values are, which are frequent, which are written unlike the others, and cells beside the values that were made of them.
//
// Call [New] first, once for a job and its list; then [Profile.Add] for every row, in order; then [Profile.Fields]:
//
//	p := profile.New(mapper, header)
//	p.Add(place, cells, &customer, faults)
//	for _, field := range p.Fields() { … }
//
// A profile decides nothing and changes nothing. Its size is bounded per field, whatever the length of the list: counts, at most 10,000 different
// values (tally), at most 1,000 shapes, at most 20 samples for each kind of change.
//
// # What may be shown
//
// The fields that [Profile.Fields] returns hold cells and values in clear, for a terminal. [Masked] is for everything that is kept: initials, the
// number of letters and digits, the calling code and the last digits of a number, the year of a date, the domain of an address. Of hidden fields (passwords) neither
// has more than counts and lengths.
package profile
