package jframework_test

import (
	"testing"

	"importer/vendors/jframework"
	"importer/vendors/vendortest"
)

func TestVendor(t *testing.T) { vendortest.Run(t, jframework.Vendor()) }

func FuzzAnswer(f *testing.F) { vendortest.Fuzz(f, jframework.Vendor()) }
