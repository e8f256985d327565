package pipeline

import (
	"cmp"
	"errors"
	"strings"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/vendors"
)

// Policy says which of the rows are sent, in which order, and how many before a person looks. The zero Policy sends every person's first row, in
// input order. Which rows are taken at all, the mapper says (mapping.Mapper.Takes).
type Policy struct {
	Identity      []mapping.Field   // two rows are one person when all of these are the same; none: what the vendor says
	Duplicates    ahead.Duplicates  // which row of a person counts
	Shared        ahead.OnShared    // which row counts of different people with the same phone number or username
	OnInvalid     mapping.OnInvalid // of fields of which the mapping says nothing; zero: the row is rejected
	SponsorsFirst bool              // a row waits until the row of its sponsor is registered
	Sample        int64             // so many rows are sent, then the run ends as Sampled; 0: all
}

// IdentityNames returns the names of the fields of Identity, with commas between; "" for the vendor's own identity.
func (p Policy) IdentityNames() string {
	names := make([]string, len(p.Identity))
	for i, f := range p.Identity {
		names[i] = f.String()
	}
	return strings.Join(names, ",")
}

// IdentityOf returns the text that makes a row a person, "" for none: the fields of the policy, else what the vendor's own identity says. A row
// that lacks one of the fields falls back to the vendor's. Case and runs of blanks do not count.
func (p Policy) IdentityOf(c *mapping.Customer, r vendors.Request) string {
	parts := make([]string, len(p.Identity))
	for i, f := range p.Identity {
		if parts[i] = folded(c.Text(f)); parts[i] == "" {
			return r.Identity
		}
		if len(parts) > 1 {
			parts[i] = f.String() + "=" + parts[i]
		}
	}
	return cmp.Or(strings.Join(parts, "\x1f"), r.Identity)
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// errSampled ends the reading when the sample is full and another row is to be sent.
var errSampled = errors.New("the sample is full")
