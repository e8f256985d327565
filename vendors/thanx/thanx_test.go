package thanx_test

import (
	"testing"

	"importer/vendors/thanx"
	"importer/vendors/vendortest"
)

func TestVendor(t *testing.T) { vendortest.Run(t, thanx.Vendor()) }

func FuzzAnswer(f *testing.F) { vendortest.Fuzz(f, thanx.Vendor()) }
