package rig

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var (
	seed  = flag.Uint64("seed", 7, "of everything random; 0 takes one from the clock")
	kills = flag.Int("kills", 15, "how often TestKills kills the program")
	disks = flag.Int("disks", 1, "how many disks TestDiskFull fills")
)

// programs builds the importer as it is shipped and with crash points, once for all tests.
var programs struct {
	once  sync.Once
	dir   string
	err   error
	plain string
	crash string
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	dir, err := os.MkdirTemp("", "importer-rig-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	programs.dir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// crashing returns the path of the importer with crash points, plain that of the importer as it is shipped.
func crashing(t testing.TB) string {
	build(t)
	return programs.crash
}

func plain(t testing.TB) string {
	build(t)
	return programs.plain
}

func build(t testing.TB) {
	t.Helper()
	programs.once.Do(func() {
		programs.plain = filepath.Join(programs.dir, "importer")
		programs.crash = filepath.Join(programs.dir, "importer-crash")
		programs.err = goBuild("-o", programs.plain, "importer/cmd/importer")
		if programs.err == nil {
			programs.err = goBuild("-tags", "crashpoints", "-o", programs.crash, "importer/cmd/importer")
		}
	})
	if programs.err != nil {
		t.Fatal(programs.err)
	}
}

func goBuild(args ...string) error {
	if out, err := exec.Command("go", append([]string{"build"}, args...)...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}
