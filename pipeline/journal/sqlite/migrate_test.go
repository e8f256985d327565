package sqlite_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
	"importer/pipeline/journal/sqlite"
)

// written returns the path of a copy of the journal that release ad4313a wrote (see testdata/README.md), and what that release read in it.
func written(t *testing.T) (path, golden string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "journal.db")
	data, err := os.ReadFile("testdata/ad4313a.db")
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	want, readErr := os.ReadFile("testdata/ad4313a.golden")
	if err := errors.Join(err, readErr); err != nil {
		t.Fatal(err)
	}
	return path, string(want)
}

// A journal of an earlier release is read as that release read it, and can be continued.
func TestJournalOfEarlierRelease(t *testing.T) {
	path, want := written(t)
	people := everybody(t, path)
	s := openAt(t, path, sqlite.Options{})
	if got := dump(t, s, people); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	secret, err := os.ReadFile("testdata/ad4313a.key")
	if err != nil {
		t.Fatal(err)
	}
	aoife := journal.NewKey(secret).Identity("aoife.byrne@example.com")
	who, ok, err := s.Imported(t.Context(), distinctAccount(people), aoife)
	if want := (journal.Imported{Run: 1, Row: 1, Content: who.Content}); !ok || err != nil || who != want {
		t.Errorf("who was created by a purged run is %+v, %v, %v; want %+v", who, ok, err, want)
	}
	for row, rec := range map[int64]journal.Record{
		1: {Kind: journal.Intent, Attempt: 2}, 2: {Kind: journal.Settle, Attempt: 1, Status: journal.InDoubt}, 3: {Kind: journal.Uncertain, Attempt: 1},
		5: {Kind: journal.Intent, Attempt: 2}, 6: {Kind: journal.Intent, Attempt: 1},
	} {
		rec.Row, rec.At = row, began
		if err := s.Append(t.Context(), 3, []journal.Record{rec}); err != nil {
			t.Errorf("row %d of the run that was killed cannot be continued: %v", row, err)
		}
	}
	if next := beginTest(t, s); next != 7 {
		t.Errorf("the next run has ID %d", next)
	}
}

// Runs that an earlier release indexed are looked through once more, for what they found of rows that they did not create.
func TestKnownOfEarlierRelease(t *testing.T) {
	path, _ := written(t)
	people := everybody(t, path)
	s := openAt(t, path, sqlite.Options{})
	found := map[journal.Status]int{}
	runs, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for account := range people {
		if err := s.Index(t.Context(), account); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range runs {
		for st, err := range s.Rows(t.Context(), r.ID, 1) {
			if err != nil {
				t.Fatal(err)
			}
			known, err := s.Known(t.Context(), r.Account, st.Content)
			if i := slices.IndexFunc(known, func(k journal.Known) bool { return k.Status == st.Status }); err != nil || (i >= 0) != (st.Kind == journal.Settle && st.Status.Found()) {
				t.Errorf("run %d row %d, %s: %+v, %v", r.ID, st.Row, st.Status, known, err)
			} else if i >= 0 {
				found[st.Status]++
			}
		}
	}
	if len(found) != 4 {
		t.Errorf("the fixture holds too little: %v", found)
	}
}

func distinctAccount(people map[string][]journal.Digest) string {
	for account := range people {
		if strings.HasPrefix(account, "distinct ") {
			return account
		}
	}
	return ""
}

var (
	comments = regexp.MustCompile(`--[^\n]*`)
	blanks   = regexp.MustCompile(`\s+`)
	marks    = regexp.MustCompile(` ?([(),]) ?`)
)

// schemaOf returns the file's version, and its schema without comments, each statement on a line.
func schemaOf(t *testing.T, path string) (version int, schema string) {
	t.Helper()
	stmt, _, err := raw(t, path, "").Prepare("SELECT user_version, sql FROM pragma_user_version, sqlite_schema ORDER BY sql")
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	for stmt.Step() {
		version = stmt.ColumnInt(0)
		schema += marks.ReplaceAllString(blanks.ReplaceAllString(comments.ReplaceAllString(stmt.ColumnText(1), ""), " "), "$1") + "\n"
	}
	if err := stmt.Err(); err != nil {
		t.Fatal(err)
	}
	return version, schema
}

// A journal that was brought up to date has the schema of a new one.
func TestMigratedIsAsNew(t *testing.T) {
	old, _ := written(t)
	openAt(t, old, sqlite.Options{}).Close()
	fresh := filepath.Join(t.TempDir(), "journal.db")
	openAt(t, fresh, sqlite.Options{}).Close()
	oldVersion, oldSchema := schemaOf(t, old)
	freshVersion, freshSchema := schemaOf(t, fresh)
	if oldVersion != freshVersion || int64(freshVersion) != sqlite.Newest || oldSchema != freshSchema {
		t.Errorf("migrated: version %d\n%s\nnew: version %d\n%s", oldVersion, oldSchema, freshVersion, freshSchema)
	}
}

var steps = []string{
	`ALTER TABLE runs ADD COLUMN priority INTEGER NOT NULL DEFAULT 5; CREATE INDEX by_priority ON runs (priority)`,
	`CREATE TABLE notes (run INTEGER PRIMARY KEY, text TEXT); INSERT INTO notes SELECT id, name FROM runs`,
}

// Every importer that opens an older journal at once uses the new schema, nothing is lost, and the older importer refuses it from then on.
func TestMigrate(t *testing.T) {
	path, want := written(t)
	people := everybody(t, path)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := sqlite.Open(path, sqlite.Migrating(steps...))
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	wg.Wait()
	s := openAt(t, path, sqlite.Migrating(steps...))
	if got := dump(t, s, people); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.Close()
	mustStand(t, path, 2)
	_, err := sqlite.Open(path, sqlite.Options{})
	if !errors.Is(err, journal.ErrNewer) || !errors.Is(err, journal.ErrStorage) || problem.Hint(err) == "" {
		t.Errorf("the importer before opens it: %v, hint %q", err, problem.Hint(err))
	}
	fresh := filepath.Join(t.TempDir(), "journal.db")
	openAt(t, fresh, sqlite.Migrating(steps...)).Close()
	mustStand(t, fresh, 2)
}

// mustStand fails unless exactly the first n of steps took effect.
func mustStand(t *testing.T, path string, n int) {
	t.Helper()
	version, schema := schemaOf(t, path)
	if got := version - int(sqlite.Newest); got != n {
		t.Errorf("%d steps counted, want %d", got, n)
	}
	if strings.Contains(schema, "by_priority") != (n > 0) || strings.Contains(schema, "priority INTEGER") != (n > 0) || strings.Contains(schema, "TABLE notes") != (n > 1) {
		t.Errorf("after %d steps the schema is\n%s", n, schema)
	}
}

// A step that fails leaves the version before it, whole; with the step put right the journal is brought up to date.
func TestMigrationFails(t *testing.T) {
	for name, c := range map[string]struct {
		steps []string
		stand int
	}{
		"first step":                       {[]string{steps[0] + `; INSERT INTO nowhere VALUES (1)`, steps[1]}, 0},
		"second step":                      {[]string{steps[0], steps[1] + `; INSERT INTO notes SELECT id, name FROM runs`}, 1},
		"a step that ends the transaction": {[]string{steps[0], `INSERT OR ROLLBACK INTO runs SELECT * FROM runs`}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			path, want := written(t)
			people := everybody(t, path)
			_, err := sqlite.Open(path, sqlite.Migrating(c.steps...))
			if !errors.Is(err, journal.ErrStorage) || problem.KindOf(err) != problem.Storage || problem.Hint(err) == "" || !strings.Contains(err.Error(), "bringing the schema from version") {
				t.Fatalf("error %v, hint %q", err, problem.Hint(err))
			}
			mustStand(t, path, c.stand)
			s := openAt(t, path, sqlite.Migrating(steps...))
			if got := dump(t, s, people); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			mustStand(t, path, 2)
		})
	}
}

// Every write and sync fails at its n-th time while a journal is brought up to date: each step took effect or did not, and the next opening goes on.
func TestMigrationEveryDiskCallFails(t *testing.T) {
	for _, op := range []Op{OpWrite, OpSync} {
		disk, failed := NewDisk(t), 0
		for n := 1; ; n++ {
			path, want := written(t)
			people, struck := everybody(t, path), false
			disk.Fail(func(o Op, _ string, k int) error {
				if o != op || k != n {
					return nil
				}
				struck = true
				return syscall.EIO
			})
			o := sqlite.Migrating(steps...)
			o.VFS = disk.Name
			s, err := sqlite.Open(path, o)
			disk.Fail(nil)
			if err == nil {
				s.Close()
			}
			version, _ := schemaOf(t, path)
			mustStand(t, path, version-int(sqlite.Newest))
			if got := dump(t, openAt(t, path, sqlite.Migrating(steps...)), people); got != want {
				t.Fatalf("%s %d: got\n%s\nwant\n%s", op, n, got, want)
			}
			if err != nil {
				failed++
			}
			if !struck {
				break
			}
		}
		if failed < 2 {
			t.Errorf("%s: only %d failures: the test tests little", op, failed)
		}
	}
}

// A process is killed at each write of its migration: each step took effect or did not, and the next opening goes on.
func TestMigrationKilled(t *testing.T) {
	for n := 1; ; n++ {
		path, want := written(t)
		people := everybody(t, path)
		cmd, out := journaltest.StartChild(t, path, fmt.Sprint("JOURNAL_WRITE=", n))
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		cmd.Process.Kill()
		cmd.Wait()
		version, _ := schemaOf(t, path)
		mustStand(t, path, version-int(sqlite.Newest))
		if got := dump(t, openAt(t, path, sqlite.Migrating(steps...)), people); got != want {
			t.Fatalf("write %d: got\n%s\nwant\n%s", n, got, want)
		}
		if line == "done\n" {
			if n < 4 {
				t.Errorf("only %d writes", n-1)
			}
			return
		}
	}
}

// childMigrates brings a journal up to date, and stops for good before the n-th write.
func childMigrates(t *testing.T, path string, n string, out io.Writer) {
	disk := NewDisk(t)
	disk.Fail(func(op Op, _ string, k int) error {
		if op == OpWrite && fmt.Sprint(k) == n {
			fmt.Fprintln(out, "writing")
			select {}
		}
		return nil
	})
	o := sqlite.Migrating(steps...)
	o.VFS = disk.Name
	if _, err := sqlite.Open(path, o); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(out, "done")
	select {}
}

// dump writes down all that a store tells of a journal, value by value: people are the identities to look up, by account.
func dump(t *testing.T, s journal.Store, people map[string][]journal.Digest) string {
	t.Helper()
	var b strings.Builder
	at := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format(time.RFC3339Nano)
	}
	runs, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		fmt.Fprintf(&b, "run %d %s %s %s %q\n  job %x input %x started %s ended %s state %s\n  note %s\n",
			r.ID, r.Name, r.Folder, r.Vendor, r.Account, r.Job, r.Input, at(r.Started), at(r.Ended), r.State, r.Note)
		for _, in := range r.Inputs {
			fmt.Fprintf(&b, "  input %s %d %s\n", in.Path, in.Size, in.Digest)
		}
		for st, err := range s.Rows(t.Context(), r.ID, 1) {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "  row %d kind %d attempt %d at %s first %s doubted %v line %d\n    content %x identity %x\n    status %s code %s http %d vendor code %q field %q message %q id %q elapsed %v key %q\n",
				st.Row, uint8(st.Kind), st.Attempt, at(st.At), at(st.First), st.Doubted, st.Line, st.Content, st.Identity,
				st.Status.String(), st.Code, st.HTTPStatus, st.VendorCode, st.Field, st.Message, st.VendorID, st.Elapsed, st.Key)
		}
		counts, err := s.Counts(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range counts {
			fmt.Fprintf(&b, "  count %s %s %d\n", c.Status.String(), c.Code, c.Rows)
		}
	}
	for _, account := range slices.Sorted(maps.Keys(people)) {
		if err := s.Index(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		times, err := s.Recent(t.Context(), account, time.Time{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "account %q\n", account)
		for _, when := range times {
			fmt.Fprintf(&b, "  sent %s\n", at(when))
		}
		for _, identity := range people[account] {
			who, ok, err := s.Imported(t.Context(), account, identity)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "  person %x: %v, run %d %q row %d content %x\n", identity, ok, who.Run, who.RunName, who.Row, who.Content)
		}
	}
	return b.String()
}

// everybody returns the identities that the file holds, by account, as another program reads them.
func everybody(t *testing.T, path string) map[string][]journal.Digest {
	t.Helper()
	people := map[string][]journal.Digest{}
	stmt, _, err := raw(t, path, "").Prepare(`SELECT accounts.name, identity FROM people JOIN accounts ON accounts.id = account
		UNION SELECT accounts.name, identity FROM rows JOIN runs ON runs.id = run JOIN accounts ON accounts.id = account WHERE identity IS NOT NULL
		UNION SELECT accounts.name, identity FROM attempts JOIN runs ON runs.id = run JOIN accounts ON accounts.id = account WHERE identity IS NOT NULL
		ORDER BY 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	for stmt.Step() {
		account := stmt.ColumnText(0)
		people[account] = append(people[account], journal.Digest(stmt.ColumnRawBlob(1)))
	}
	if err := stmt.Err(); err != nil {
		t.Fatal(err)
	}
	return people
}
