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

// Identity is [Vendor.IdentityOf] of the account's vendor.
func (a *Account) Identity(c *mapping.Customer) (string, mapping.Field) {
	return a.vendor.IdentityOf(c)
}
