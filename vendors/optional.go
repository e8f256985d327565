package vendors

import (
	"slices"
	"strings"

	"importer/mapping"
)

// MayLeaveOut reports whether requests can go without a field, by its name as in [mapping.Fault]: the chosen operation does not need it, under these
// settings, and it is not the first by which the vendor knows people. All wire fields of a standard field go together. What a row needs besides,
// Prepare says for the row.
func (a *Account) MayLeaveOut(name string) bool {
	needed := func(w WireField) bool { return w.Need.holds(a.emptyInput()) }
	if strings.HasPrefix(name, mapping.MetadataPrefix) {
		return !slices.ContainsFunc(a.fields, func(w WireField) bool { return w.Metadata && needed(w) })
	}
	f, ok := mapping.ParseField(name)
	if !ok || len(a.vendor.Identity) > 0 && f == a.vendor.Identity[0] {
		return false
	}
	return !slices.ContainsFunc(a.fields, func(w WireField) bool { return w.From == f && needed(w) })
}

// Identity returns what makes a customer a person to the vendor, as Request.Identity, and the field that gives it; "" where the customer has none.
func (a *Account) Identity(c *mapping.Customer) (string, mapping.Field) {
	for _, f := range a.vendor.Identity {
		if text := c.Text(f); text != "" {
			return strings.ToLower(text), f
		}
	}
	return "", mapping.NoField
}
