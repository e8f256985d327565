package runs

import (
	"os"
	"path/filepath"
	"testing"
)

// TestLocate says where the journal of a new run is. What the working directory is makes no difference to a journal that nobody names.
func TestLocate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options Options
		want    string
		kind    placeKind
	}{
		"nobody names one":  {Options{Out: "reports"}, "/state/importer/journal.db", ownPlace},
		"other reports":     {Options{Out: "elsewhere"}, "/state/importer/journal.db", ownPlace},
		"a path":            {Options{Out: "reports", Journal: "kept/j.db"}, "DIR/kept/j.db", namedPlace},
		"an absolute path":  {Options{Journal: "/srv/j.db"}, "/srv/j.db", namedPlace},
		"a URL of a file":   {Options{Journal: "sqlite://kept/j.db"}, "DIR/kept/j.db", namedPlace},
		"a server":          {Options{Journal: "postgres://host/db"}, "postgres://host/db", namedPlace},
		"a sandbox":         {Options{Sandbox: true}, "", runPlace},
		"a sandbox, a path": {Options{Sandbox: true, Journal: "j.db"}, "DIR/j.db", namedPlace},
	} {
		for _, dir := range []string{"/srv/nights", "/home/cron"} {
			s := New(Config{Dir: dir, State: "/state/importer"})
			got, err := s.locate(c.options)
			want := c.want
			if rest, ok := cutDir(want); ok {
				want = filepath.Join(dir, rest)
			}
			if err != nil || got.url != want || got.kind != c.kind {
				t.Errorf("%s in %s: %+v, %v; want %q", name, dir, got, err, want)
			}
		}
	}
	if _, err := New(Config{Dir: "/work"}).locate(Options{Out: "reports"}); err == nil {
		t.Error("without a home there is no place, and it is not said")
	}
}

func cutDir(path string) (string, bool) {
	if len(path) > 4 && path[:4] == "DIR/" {
		return path[4:], true
	}
	return path, false
}

// TestFromFile makes paths in a job file relative to it.
func TestFromFile(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"jobs/night.yaml", "kept/j.db", "jobs/kept/j.db"},
		{"night.yaml", "j.db", "j.db"},
		{"jobs/night.yaml", "/srv/j.db", "/srv/j.db"},
		{"jobs/night.yaml", "sqlite://j.db", "sqlite:jobs/j.db"},
		{"jobs/night.yaml", "sqlite:///srv/j.db", "sqlite:///srv/j.db"},
		{"jobs/night.yaml", "postgres://host/db", "postgres://host/db"},
		{"jobs/night.yaml", "", ""},
	} {
		if got := fromFile(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s is %s, want %s", c[1], c[0], got, c[2])
		}
	}
}

// TestWhereARunIsNamed: what follows a run goes among the run folders, and not into the working directory because the run was named without its path.
func TestWhereARunIsNamed(t *testing.T) {
	t.Parallel()
	dir, name := t.TempDir(), "20261128T010204Z-thanx-list"
	if err := os.MkdirAll(filepath.Join(dir, "kept", name), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, run, out string }{
		{dir, name, "reports"},
		{dir, name + "-2", "reports"},
		{dir, "kept/" + name, filepath.Join(dir, "kept")},
		{dir, "kept/" + name + "/failed.csv", filepath.Join(dir, "kept")},
		{filepath.Join(dir, "kept"), name, filepath.Join(dir, "kept")},
		{filepath.Join(dir, "kept"), name + "-2", "reports"},
		{dir, "1", "reports"},
	} {
		got, err := New(Config{Dir: c.in, State: filepath.Join(dir, "state")}).locateRun(Options{Out: "reports"}, false, c.run)
		if err != nil || got.out != c.out {
			t.Errorf("%s in %s: %q, %v; want %q", c.run, c.in, got.out, err, c.out)
		}
	}
}

// TestLocateRun finds the journal of a run that is named by a path: in its folder, where a sandbox's is, or among the run folders, where earlier versions
// kept it; else it is the user's.
func TestLocateRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	boxed, old, plain := "reports/20261128T010203Z-thanx-list", "old/20261128T010203Z-thanx-list", "reports/20261128T010204Z-thanx-list"
	for _, folder := range []string{boxed, old, plain} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{boxed + "/journal.db", "old/journal.db", boxed + "/failed.csv", old + "/failed.csv", plain + "/failed.csv"} {
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := New(Config{Dir: dir, State: filepath.Join(dir, "state")})
	own := filepath.Join(dir, "state/journal.db")
	for run, want := range map[string]struct {
		file string
		kind placeKind
	}{
		boxed:                         {filepath.Join(dir, boxed, "journal.db"), runPlace},
		boxed + "/failed.csv":         {filepath.Join(dir, boxed, "journal.db"), runPlace},
		"20261128T010203Z-thanx-list": {filepath.Join(dir, boxed, "journal.db"), runPlace},
		old:                           {filepath.Join(dir, "old/journal.db"), oldPlace},
		old + "/failed.csv":           {filepath.Join(dir, "old/journal.db"), oldPlace},
		plain:                         {own, ownPlace},
		plain + "/failed.csv":         {own, ownPlace},
		"3":                           {own, ownPlace},
		"":                            {own, ownPlace},
	} {
		got, err := s.locateRun(Options{Out: "reports"}, false, run)
		if err != nil || got.url != want.file || got.kind != want.kind {
			t.Errorf("%q: %+v, %v; want %+v", run, got, err, want)
		}
	}
}
