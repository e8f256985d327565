package journal

import (
	"encoding/json"
	"fmt"
)

// Counts holds one number of rows per status. A report's counts have a status for every row, so that their sum is the number of rows read.
type Counts [Unsent + 1]int64

// CountsOf adds up what [Store.Counts] returned, over all codes.
func CountsOf(all []Count) (c Counts) {
	for _, one := range all {
		if int(one.Status) < len(c) {
			c[one.Status] += one.Rows
		}
	}
	return c
}

// Sum returns the number of rows that have a status.
func (c Counts) Sum() (n int64) {
	for _, v := range c {
		n += v
	}
	return n
}

// Failed returns the rows that count as errors of a run: rejected, invalid and in doubt.
func (c Counts) Failed() int64 { return c[Rejected] + c[Invalid] + c[InDoubt] }

// MarshalJSON returns an object with one member per status, in the order of [Statuses]: {"created":34,"exists":1,…}.
func (c Counts) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, s := range Statuses() {
		if i > 0 {
			text = append(text, ',')
		}
		text = fmt.Appendf(text, "%q:%d", s, c[s])
	}
	return append(text, '}'), nil
}

// UnmarshalJSON reads what MarshalJSON wrote. A status without a member is 0.
func (c *Counts) UnmarshalJSON(text []byte) error {
	var byStatus map[Status]int64
	if err := json.Unmarshal(text, &byStatus); err != nil {
		return err
	}
	*c = Counts{}
	for s, n := range byStatus {
		c[s] = n
	}
	return nil
}
