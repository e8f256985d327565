package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

func openAt(t *testing.T, path string, opts sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func beginTest(t *testing.T, s journal.Store) int64 {
	t.Helper()
	r, err := s.Begin(t.Context(), journal.Run{Name: "r", Account: "a", Started: began})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// raw runs SQL on the file as another program would.
func raw(t *testing.T, path, sql string) *sqlite3.Conn {
	t.Helper()
	conn, err := sqlite3.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.Exec(sql); err != nil {
		t.Fatal(err)
	}
	return conn
}

// Each way in which a file is no journal for us is told apart, with a hint, and leaves the file as it was.
func TestOpenRefuses(t *testing.T) {
	journalFile := func(t *testing.T, path string) {
		s := openAt(t, path, sqlite.Options{})
		run := beginTest(t, s)
		var recs []journal.Record
		for row := int64(1); row < 2000; row++ {
			recs = append(recs, intentOf(row))
		}
		if err := s.Append(t.Context(), run, recs); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	text := func(s string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		want error
	}{
		"newer": {func(t *testing.T, path string) {
			journalFile(t, path)
			raw(t, path, fmt.Sprintf("PRAGMA user_version = %d", sqlite.Newest+1)).Close()
		}, journal.ErrNewer},
		"another program's database": {func(t *testing.T, path string) { raw(t, path, "CREATE TABLE t (x)").Close() }, journal.ErrNotJournal},
		"a text file":                {text(strings.Repeat("email,phone\n", 1000)), journal.ErrNotJournal},
		"a short text file":          {text("email"), journal.ErrNotJournal},
		"version lost": {func(t *testing.T, path string) {
			journalFile(t, path)
			raw(t, path, "PRAGMA user_version = 0").Close()
		}, journal.ErrCorrupt},
		"first page damaged": {func(t *testing.T, path string) {
			journalFile(t, path)
			damage(t, path, 100, 3900)
		}, journal.ErrCorrupt},
		"empty": {text(""), journal.ErrNotJournal},
		"a database without tables": {func(t *testing.T, path string) {
			raw(t, path, "VACUUM").Close()
		}, journal.ErrNotJournal},
		"gone, its -wal left behind": {func(t *testing.T, path string) {
			text("frames")(t, path+"-wal")
		}, journal.ErrCorrupt},
		"a folder": {func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, journal.ErrStorage},
		"locked": {func(t *testing.T, path string) {
			journalFile(t, path)
			raw(t, path, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (x)")
		}, journal.ErrLocked},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := sqlite.Open(path, sqlite.Options{Busy: time.Millisecond})
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, c.want) || !errors.Is(err, journal.ErrStorage) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), path) || problem.Hint(err) == "" {
				t.Errorf("error %q, hint %q", err, problem.Hint(err))
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func damage(t *testing.T, path string, from, n int) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		_, err = file.WriteAt([]byte(strings.Repeat("\xa5", n)), int64(from))
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Damage further in shows as what it is: when it is met, and when the journal is opened, with the marker beside it or without.
func TestSQLiteDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := openAt(t, path, sqlite.Options{})
	run := beginTest(t, s)
	for row := int64(1); row < 5000; row++ {
		if err := s.Append(t.Context(), run, []journal.Record{intentOf(row), createdOf(row)}); err != nil && row < 4 {
			t.Fatal(err)
		}
		if row == 3 {
			row = 4990
		}
	}
	var recs []journal.Record
	for row := int64(10_000); row < 15_000; row++ {
		recs = append(recs, intentOf(row), createdOf(row))
	}
	if err := s.Append(t.Context(), run, recs); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openAt(t, path, sqlite.Options{})
	damage(t, path, 100_000, 600_000)
	var last error
	for _, err := range s.Rows(t.Context(), run, 1) {
		last = err
	}
	if !errors.Is(last, journal.ErrCorrupt) || problem.Hint(last) == "" {
		t.Errorf("reading ended with %v", last)
	}
	s.Close()
	for _, marker := range []string{"with", "without"} {
		if _, err := sqlite.Open(path, sqlite.Options{}); !errors.Is(err, journal.ErrCorrupt) || problem.Hint(err) == "" {
			t.Errorf("opened with %v, %s marker", err, marker)
		}
		os.Remove(sqlite.Marker(path))
	}
}

// A status that nobody wrote is damage too.
func TestSQLiteForeignStatus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := openAt(t, path, sqlite.Options{})
	run := beginTest(t, s)
	if err := s.Append(t.Context(), run, []journal.Record{intentOf(1), createdOf(1)}); err != nil {
		t.Fatal(err)
	}
	raw(t, path, "UPDATE rows SET status = 'fine'")
	if _, _, err := s.Row(t.Context(), run, 1); !errors.Is(err, journal.ErrCorrupt) {
		t.Errorf("row: %v", err)
	}
}

// Who may not write the folder is told so; a missing folder is made.
func TestSQLiteReadOnlyFolder(t *testing.T) {
	for name, path := range map[string]string{"kernel's folder": "/sys/kernel/journal.db", "below one": "/sys/kernel/out/journal.db"} {
		if _, err := os.Stat("/sys/kernel"); err != nil {
			t.Skip("no folder here that even root cannot write")
		}
		_, err := sqlite.Open(path, sqlite.Options{})
		if !errors.Is(err, journal.ErrReadOnly) || problem.Hint(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.db")
	openAt(t, path, sqlite.Options{}).Close()
	for file, mode := range map[string]os.FileMode{path: 0o400, dir: 0o500} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o700)
	if os.Getuid() == 0 {
		return // root writes anyway
	}
	if _, err := sqlite.Open(path, sqlite.Options{}); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("read-only file: %v", err)
	}
}

// After the first failed write or sync the store refuses everything, though the disk works again; what was acknowledged before is there when
// it is opened again, and what failed is there wholly or not at all.
func TestSQLiteFailureIsFinal(t *testing.T) {
	for _, op := range []Op{OpWrite, OpSync} {
		for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO} {
			if op == OpSync && errno == syscall.ENOSPC {
				continue // no system says so
			}
			t.Run(fmt.Sprint(op, " ", errno), func(t *testing.T) {
				disk := NewDisk(t)
				path := filepath.Join(t.TempDir(), "journal.db")
				s := openAt(t, path, sqlite.Options{VFS: disk.Name})
				run := beginTest(t, s)
				if err := s.Append(t.Context(), run, []journal.Record{intentOf(1), createdOf(1)}); err != nil {
					t.Fatal(err)
				}
				disk.Fail(func(o Op, file string, n int) error {
					if o == op && n == 1 {
						return errno
					}
					return nil
				})
				err := s.Append(t.Context(), run, []journal.Record{intentOf(2), intentOf(3)})
				if !errors.Is(err, journal.ErrStorage) || errors.Is(err, journal.ErrFull) != (errno == syscall.ENOSPC) || problem.Hint(err) == "" {
					t.Fatalf("append: %v (hint %q)", err, problem.Hint(err))
				}
				if disk.Calls(op) == 0 {
					t.Fatal("nothing failed")
				}
				_, runsErr := s.Runs(t.Context())
				_, beginErr := s.Begin(t.Context(), journal.Run{Name: "again"})
				_, _, importedErr := s.Imported(t.Context(), "a", digest(1))
				for i, again := range []error{
					s.Append(t.Context(), run, []journal.Record{intentOf(4)}), s.Finish(t.Context(), run, journal.Complete, began),
					s.Index(t.Context(), "a"), runsErr, beginErr, importedErr,
				} {
					if !errors.Is(again, journal.ErrStorage) || again.Error() != err.Error() {
						t.Errorf("call %d after the failure: %v", i, again)
					}
				}
				s.Close()
				s = openAt(t, path, sqlite.Options{})
				rows := 0
				for st, err := range s.Rows(t.Context(), run, 1) {
					if err != nil {
						t.Fatal(err)
					}
					if st.Row == 1 && st.Status != journal.Created {
						t.Errorf("row 1 is %+v", st)
					}
					rows++
				}
				if rows != 1 && rows != 3 {
					t.Errorf("%d rows after the failure", rows)
				}
			})
		}
	}
}

// A disk that is really full is told as such.
func TestSQLiteDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "none", dir).Run(); err != nil {
		t.Skip("cannot mount a small disk here: ", err)
	}
	defer exec.Command("umount", "-l", dir).Run()
	s := openAt(t, filepath.Join(dir, "journal.db"), sqlite.Options{})
	run := beginTest(t, s)
	var err error
	row := int64(1)
	for ; err == nil && row < 1e6; row += 100 {
		var recs []journal.Record
		for r := row; r < row+100; r++ {
			recs = append(recs, intentOf(r), createdOf(r))
		}
		err = s.Append(t.Context(), run, recs)
	}
	if !errors.Is(err, journal.ErrFull) || !errors.Is(err, journal.ErrStorage) {
		t.Errorf("row %d: %v", row, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".space-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	s.Close()
}

// Every commit is synced before it is acknowledged, which is what a power cut asks for.
func TestSQLiteSyncsEachCommit(t *testing.T) {
	disk := NewDisk(t)
	s := openAt(t, filepath.Join(t.TempDir(), "journal.db"), sqlite.Options{VFS: disk.Name})
	run := beginTest(t, s)
	for row := int64(1); row <= 5; row++ {
		before := disk.Calls(OpSync)
		if err := s.Append(t.Context(), run, []journal.Record{intentOf(row)}); err != nil {
			t.Fatal(err)
		}
		if disk.Calls(OpSync) == before {
			t.Fatalf("row %d was acknowledged without a sync", row)
		}
	}
}

// A person with a SQL shell finds their way.
func TestSQLiteViews(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := openAt(t, path, sqlite.Options{})
	run := beginTest(t, s)
	if err := s.Append(t.Context(), run, []journal.Record{intentOf(1), createdOf(1), intentOf(2)}); err != nil {
		t.Fatal(err)
	}
	conn := raw(t, path, "")
	for sql, want := range map[string]string{
		"SELECT name || ' ' || row || ' ' || attempt || ' ' || at FROM open_attempts":         "r 2 1 2026-11-21 09:00:00",
		"SELECT name || ' ' || status || ' ' || ifnull(code, '-') || ' ' || rows FROM counts": "r created - 1",
		"PRAGMA integrity_check": "ok",
		"PRAGMA journal_mode":    "wal",
	} {
		stmt, _, err := conn.Prepare(sql)
		if err != nil {
			t.Fatal(err)
		}
		if !stmt.Step() || stmt.ColumnText(0) != want || stmt.Step() {
			t.Errorf("%s: %q (%v), want %q", sql, stmt.ColumnText(0), stmt.Err(), want)
		}
		stmt.Close()
	}
}

// SQLite before 3.51.3 has a race that can corrupt a database when its -wal file is reset (https://sqlite.org/wal.html#walresetbug).
func TestSQLiteVersion(t *testing.T) {
	stmt, _, err := raw(t, filepath.Join(t.TempDir(), "any.db"), "").Prepare("SELECT sqlite_version()")
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	stmt.Step()
	var major, minor, patch int
	if n, err := fmt.Sscanf(stmt.ColumnText(0), "%d.%d.%d", &major, &minor, &patch); n != 3 || major*1_000_000+minor*1_000+patch < 3_051_003 {
		t.Errorf("built with SQLite %s (%v), which can damage a journal", stmt.ColumnText(0), err)
	}
}

// What may be purged is found in one pass over later attempts, however many doubts an old run has: the accounts are locked meanwhile.
func TestSQLitePurgeableIsOnePass(t *testing.T) {
	steps := func(doubts int64) int {
		s := openAt(t, filepath.Join(t.TempDir(), "journal.db"), sqlite.Options{})
		old, recs := beginTest(t, s), []journal.Record{}
		for row := int64(1); row <= doubts; row++ {
			recs = append(recs, intentOf(row))
		}
		if err := errors.Join(s.Append(t.Context(), old, recs), s.Finish(t.Context(), old, journal.Superseded, began)); err != nil {
			t.Fatal(err)
		}
		later, err := s.Begin(t.Context(), journal.Run{Name: "later", Account: "a", Started: began})
		if err != nil {
			t.Fatal(err)
		}
		recs = nil
		for row := int64(2000); row > 0; row-- { // the people in doubt come last
			recs = append(recs, intentOf(row), createdOf(row))
		}
		if err := s.Append(t.Context(), later.ID, recs); err != nil {
			t.Fatal(err)
		}
		before := began.AddDate(1, 0, 0)
		if going, err := s.Purgeable(t.Context(), before); err != nil || len(going) != 1 || going[0] != old {
			t.Fatalf("%d doubts: %v may go: %v", doubts, going, err)
		}
		n, err := s.PurgeableSteps(t.Context(), before)
		if err != nil || n == 0 {
			t.Fatal(n, err)
		}
		return n
	}
	if one, many := steps(1), steps(40); many > 2*one {
		t.Errorf("%d steps for one doubt, and %d for 40", one, many)
	}
}
