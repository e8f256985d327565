package job

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPolicy(t *testing.T) {
	f := parse(t, `
where: 'row["Country"] == "IE"'
identity: [phone, birth_date]
on_duplicate: last
sort: sponsors_first
sample: 20
`)
	for name, want := range map[string]string{
		"where": `row["Country"] == "IE"`, "identity": "phone,birth_date", "on-duplicate": "last", "sort": "sponsors_first", "sample": "20",
	} {
		if got, ok := f.Flag(name); !ok || got.Text != want || got.Pos.Line == 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if spec := f.Spec(); spec.Where != `row["Country"] == "IE"` || spec.WhereAt.Line != 2 {
		t.Errorf("%+v", spec)
	}
}

func TestPolicyIsChecked(t *testing.T) {
	for source, want := range map[string]string{
		"on_duplicate: newest":      "takes first, last or reject",
		"sample: none":              "takes a whole number from 1",
		"sort: sponsor_first":       "takes",
		"identity: [emial]":         "did you mean email?",
		"identity: [password]":      "cannot be the field",
		`where: row["A"] ==`:        "does not compile",
		`where: 'row["A"]'`:         "does not come to yes or no",
		"onduplicate: last":         `did you mean "on_duplicate"?`,
		"identity: {email: E-mail}": "takes a list",
	} {
		if text := problemsOf(t, source); !strings.Contains(text, want) {
			t.Errorf("%s: %s", source, text)
		}
	}
}

// What decides which rows are sent is part of the job; when a person is asked is not.
func TestPolicyIsPartOfTheJob(t *testing.T) {
	plain := string(parse(t, "vendor: thanx").Canonical())
	for _, source := range []string{`where: 'row["A"] == "x"'`, "identity: phone", "on_duplicate: last", "sort: sponsors_first"} {
		if string(parse(t, "vendor: thanx\n"+source).Canonical()) == plain {
			t.Errorf("%s changes nothing", source)
		}
	}
	if string(parse(t, "vendor: thanx\nsample: 5").Canonical()) != plain {
		t.Error("a sample makes another job of it")
	}
}

func TestPolicyIsInherited(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"base.yaml": "identity: [phone]\non_duplicate: last\nsample: 3\n", "job.yaml": "extends: base.yaml\non_duplicate: reject\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Load(filepath.Join(dir, "job.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if f.OnDuplicate.Text != "reject" || len(f.Identity) != 1 || f.Sample.Text != "3" {
		t.Errorf("%+v", f.Policy)
	}
}
