package epixel_test

import (
	"testing"

	"importer/vendors/epixel"
	"importer/vendors/vendortest"
)

func TestVendor(t *testing.T) { vendortest.Run(t, epixel.Vendor()) }

func FuzzAnswer(f *testing.F) { vendortest.Fuzz(f, epixel.Vendor()) }
