package job

import (
	"os"
	"path/filepath"
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
		"where": `row["Country"] == "IE"`, "identity": "phone,birth_date", "on_duplicate": "last", "sort": "sponsors_first", "sample": "20",
	} {
		if got, ok := f.Option(name); !ok || got.Text != want || got.Pos.Line == 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if spec := f.Spec(); spec.Where != `row["Country"] == "IE"` || spec.WhereAt.Line != 2 {
		t.Errorf("%+v", spec)
	}
}

// What decides which rows are sent is part of the job; when a person is asked is not.
func TestPolicyIsPartOfTheJob(t *testing.T) {
	plain := string(parse(t, "vendor: thanx").Canonical())
	for _, source := range []string{`where: 'row["A"] == "x"'`, "identity: phone", "on_duplicate: last", "on_shared: drop", "on_invalid: drop", "sort: sponsors_first", "again: [exists]", "repair: true"} {
		if string(parse(t, "vendor: thanx\n"+source).Canonical()) == plain {
			t.Errorf("%s changes nothing", source)
		}
	}
	for _, fields := range [][2]string{
		{"fields: {password: {generate: 20}}", "fields: {password: {generate: 24}}"},
		{"fields: {first_name: {column: A, repair: false}}", "fields: {first_name: {column: A, repair: true}}"},
		{"fields: {email: A}", "fields: {email: {column: A, take: first}}"},
		{"fields: {phone: {column: A, on_invalid: reject}}", "fields: {phone: {column: A, on_invalid: drop}}"},
	} {
		if string(parse(t, fields[0]).Canonical()) == string(parse(t, fields[1]).Canonical()) {
			t.Errorf("the same job: %s", fields)
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
	f, err := Load(filepath.Join(dir, "job.yaml"), options)
	if err != nil {
		t.Fatal(err)
	}
	if f.text("on_duplicate") != "reject" || len(f.texts("identity")) != 1 || f.text("sample") != "3" {
		t.Errorf("%+v", f.options)
	}
}
