package all_test

import (
	"bytes"
	"slices"
	"testing"

	"importer/vendors/all"
)

func TestVendors(t *testing.T) {
	var names []string
	for _, v := range all.Vendors() {
		names = append(names, v.Name)
		found, ok := all.Find(v.Name)
		if !ok || found.Name != v.Name {
			t.Errorf("Find(%q) = %v, %v", v.Name, found, ok)
		}
		var out bytes.Buffer
		if err := v.Describe(&out); err != nil || out.Len() == 0 {
			t.Errorf("%s describes itself in %d bytes, %v", v.Name, out.Len(), err)
		}
	}
	if want := []string{"distinct", "epixel", "jframework", "pelcro", "thanx"}; !slices.Equal(names, want) {
		t.Errorf("vendors %v, want %v", names, want)
	}
	if _, ok := all.Find("nobody"); ok {
		t.Error("found a vendor called nobody")
	}
}
