package pipeline

import (
	"strings"

	"importer/mapping"
	"importer/vendors"
)

// Policy says which of the rows are sent, in which order, and how many before a person looks. The zero Policy sends every person's first row, in
// input order. Which rows are taken at all, the mapper says (mapping.Mapper.Takes).
type Policy struct {
	Identity      []mapping.Field // two rows are one person when all of these are the same; none: what the vendor says
	Duplicates    Duplicates      // which row of a person counts
	SponsorsFirst bool            // a row waits until the row of its sponsor is registered
	Sample        int64           // so many rows are sent, then the run ends as Sampled; 0: all
}

// Duplicates says what becomes of rows that are one person.
type Duplicates uint8

const (
	KeepFirst   Duplicates = iota // later rows are duplicates
	KeepLast                      // earlier rows are duplicates; the last that passes the checks counts
	RejectEvery                   // a person who occurs twice is not sent at all
)

// looksAhead reports whether the whole input has to be read once before the first row is sent.
func (p Policy) looksAhead() bool { return p.Duplicates != KeepFirst || p.SponsorsFirst }

// IdentityOf returns the text that makes a row a person, "" for none: the fields of the policy, else what the vendor's own identity says. A row
// that lacks one of the fields falls back to the vendor's. Case and runs of blanks do not count.
func (p Policy) IdentityOf(c *mapping.Customer, r vendors.Request) string {
	if len(p.Identity) == 0 {
		return r.Identity
	}
	if len(p.Identity) == 1 {
		if text := folded(c.Text(p.Identity[0])); text != "" {
			return text
		}
		return r.Identity
	}
	parts := make([]string, len(p.Identity))
	for i, f := range p.Identity {
		text := folded(c.Text(f))
		if text == "" {
			return r.Identity
		}
		parts[i] = f.String() + "=" + text
	}
	return strings.Join(parts, "\x1f")
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
