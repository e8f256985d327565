package reports

import (
	"fmt"
	"strings"

	"importer/pipeline/journal"
)

// Counts is how many rows have each status.
type Counts struct {
	Created   int64 `json:"created"`
	Exists    int64 `json:"exists"`
	Rejected  int64 `json:"rejected"`
	Invalid   int64 `json:"invalid"`
	Duplicate int64 `json:"duplicate"`
	Skipped   int64 `json:"skipped"`
	InDoubt   int64 `json:"in_doubt"`
	Unsent    int64 `json:"unsent"`
}

// Of returns the count of one status.
func (c *Counts) Of(s Status) int64 {
	if at := c.at(s); at != nil {
		return *at
	}
	return 0
}

// Add counts one more row. It reports false, and counts nothing, for what is no status of a report.
func (c *Counts) Add(s Status) bool {
	at := c.at(s)
	if at == nil {
		return false
	}
	*at++
	return true
}

// countsOf adds up what a journal counts.
func countsOf(all []journal.Count) (c Counts) {
	for _, one := range all {
		if at := c.at(Status(one.Status)); at != nil {
			*at += one.Rows
		}
	}
	return c
}

// Total is the right side of the sum.
func (c *Counts) Total() int64 {
	var total int64
	for _, s := range Statuses() {
		total += c.Of(s)
	}
	return total
}

func (c *Counts) at(s Status) *int64 {
	switch journal.Status(s) {
	case journal.Created:
		return &c.Created
	case journal.Exists:
		return &c.Exists
	case journal.Rejected:
		return &c.Rejected
	case journal.Invalid:
		return &c.Invalid
	case journal.Duplicate:
		return &c.Duplicate
	case journal.Skipped:
		return &c.Skipped
	case journal.InDoubt:
		return &c.InDoubt
	case journal.Unsent:
		return &c.Unsent
	}
	return nil
}

// sumText writes the sum in one line, leaving out statuses that no row has: "sum: 100 read = 80 created + 20 exists".
func sumText(read int64, c Counts) string {
	var terms []string
	for _, s := range Statuses() {
		if n := c.Of(s); n != 0 {
			terms = append(terms, fmt.Sprintf("%d %s", n, s))
		}
	}
	if len(terms) == 0 {
		terms = []string{"0"}
	}
	sign := "="
	if read != c.Total() {
		sign = "!="
	}
	return fmt.Sprintf("sum: %d read %s %s", read, sign, strings.Join(terms, " + "))
}
