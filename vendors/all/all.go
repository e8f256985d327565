// Package all is the list of vendors, as a value: no registration, no blank imports. A new vendor is one line here.
package all

import (
	"importer/vendors"
	"importer/vendors/distinct"
	"importer/vendors/epixel"
	"importer/vendors/jframework"
	"importer/vendors/pelcro"
	"importer/vendors/thanx"
)

// Vendors returns every vendor, by name. The slice is the caller's own; the vendors must not be changed.
func Vendors() []*vendors.Vendor {
	return []*vendors.Vendor{
		distinct.Vendor(),
		epixel.Vendor(),
		jframework.Vendor(),
		pelcro.Vendor(),
		thanx.Vendor(),
	}
}

// Find returns the vendor that job files call name.
func Find(name string) (*vendors.Vendor, bool) {
	for _, v := range Vendors() {
		if v.Name == name {
			return v, true
		}
	}
	return nil, false
}
