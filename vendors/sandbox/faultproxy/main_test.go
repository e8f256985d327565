package faultproxy_test

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write docs/faults.md")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
