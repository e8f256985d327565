package pelcro_test

import (
	"testing"

	"importer/vendors/pelcro"
	"importer/vendors/vendortest"
)

func TestVendor(t *testing.T) { vendortest.Run(t, pelcro.Vendor()) }

func FuzzAnswer(f *testing.F) { vendortest.Fuzz(f, pelcro.Vendor()) }
