package distinct_test

import (
	"testing"

	"importer/vendors/distinct"
	"importer/vendors/vendortest"
)

func TestVendor(t *testing.T) { vendortest.Run(t, distinct.Vendor()) }

func FuzzAnswer(f *testing.F) { vendortest.Fuzz(f, distinct.Vendor()) }
