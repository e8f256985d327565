package pipeline

import (
	"cmp"
	"errors"
	"slices"
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
// that lacks one of the fields falls back to the vendor's. Case and runs of blanks do not count, but in what is a code.
func (p Policy) IdentityOf(c *mapping.Customer, r vendors.Request) string {
	return p.identity(c, r, func(f mapping.Field, text string) string {
		switch {
		case isCode(f):
			return f.String() + "==" + text // which no text is that an earlier version made
		case len(p.Identity) > 1:
			return f.String() + "=" + folded(text)
		}
		return folded(text)
	})
}

// formerIdentityOf is what IdentityOf was in versions that compared codes without their case, "" where it is the same. Journals of those versions know
// people by it.
func (p Policy) formerIdentityOf(c *mapping.Customer, r vendors.Request) string {
	if !slices.ContainsFunc(p.Identity, isCode) {
		return ""
	}
	former := p.identity(c, r, func(f mapping.Field, text string) string {
		if len(p.Identity) > 1 {
			return f.String() + "=" + folded(text)
		}
		return folded(text)
	})
	if former == p.IdentityOf(c, r) {
		return ""
	}
	return former
}

func (p Policy) identity(c *mapping.Customer, r vendors.Request, compared func(mapping.Field, string) string) string {
	parts := make([]string, len(p.Identity))
	for i, f := range p.Identity {
		if !c.Has(f) {
			return r.Identity
		}
		parts[i] = compared(f, c.Text(f))
	}
	return cmp.Or(strings.Join(parts, "\x1f"), r.Identity)
}

// isCode reports fields in which the case of each letter counts: A1 and a1 are two numbers of another system.
func isCode(f mapping.Field) bool {
	return f == mapping.LegacyID || f == mapping.ReferralCode || f == mapping.ProductID
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// errSampled ends the reading when the sample is full and another row is to be sent.
var errSampled = errors.New("the sample is full")
