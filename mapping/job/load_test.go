package job

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"importer/mapping"
	"importer/mapping/problem"
)

// parse reads a job file that must be sound.
func parse(t *testing.T, source string) *File {
	t.Helper()
	f, err := Parse("job.yaml", []byte(source), options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// problemsOf reads a job file that must not be sound.
func problemsOf(t *testing.T, source string) string {
	t.Helper()
	_, err := Parse("job.yaml", []byte(source), options, nil)
	if err == nil {
		t.Fatalf("no problem, of\n%s", source)
	}
	text := ""
	for _, one := range problem.All(err) {
		p, ok := one.(*problem.Error)
		if !ok || p.Kind != problem.Input || p.File != "job.yaml" || p.Line < 1 || p.Column < 1 {
			t.Fatalf("the problem %q is nowhere: %+v", one, p)
		}
		text += p.Detail() + "\n"
	}
	return text
}

func TestScalarsKeepTheirText(t *testing.T) {
	for _, text := range []string{
		"007", "+353861234567", "NO", "no", "off", "2026-01-02", "12:30", "1.50", "1e3", "0x1F", "0o17", "1_000", ".5", "-0",
		"true", "yes", "~x", "J", "wc-trophy-tour-2026", "Zoë", "a b", "http://x/y#z", ".inf", ".nan", "18446744073709551616",
	} {
		f := parse(t, "settings: {a: "+text+"}\nfields:\n  country: "+`{value: IE}`+"\n")
		if got := f.Settings[0].Value.Text; got != text {
			t.Errorf("%s came out as %q", text, got)
		}
		f = parse(t, "settings:\n  "+text+": x # remark\n")
		if got := f.Settings[0].Name; got != text {
			t.Errorf("the key %s came out as %q", text, got)
		}
	}
	f := parse(t, "fields:\n  newsletter: {column: C, values: {J: true, N: false, 1: yes, true: n, '': no}}\n  country: {value: NO}\n")
	want := map[string]string{"J": "true", "N": "false", "1": "yes", "true": "n", "": "no"}
	if got := f.Fields[0].Values; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("values: %v, want %v", got, want)
	}
	if got := *f.Fields[1].Value; got != "NO" {
		t.Errorf("country: %q, want NO", got)
	}
}

func TestTextsOverSeveralLines(t *testing.T) {
	f := parse(t, "fields:\n  last_name:\n    expr: |\n      upper(\n        row[\"A\"])\n  first_name:\n    expr: >-\n      lower(\n      row[\"A\"])\n")
	if got, want := f.Fields[0].Expr, "upper(\n  row[\"A\"])\n"; got != want {
		t.Errorf("literal: %q, want %q", got, want)
	}
	if got, want := f.Fields[1].Expr, `lower( row["A"])`; got != want {
		t.Errorf("folded: %q, want %q", got, want)
	}
}

func TestPlaces(t *testing.T) {
	f := parse(t, "vendor:  thanx\nsettings:\n  clé: \"é\"\nfields:\n  phone: {column: Mobile, country: IE}\n")
	vendor, _ := f.Option("vendor")
	for what, c := range map[string]struct {
		got  mapping.Pos
		want string
	}{
		"vendor":  {vendor.Pos, "job.yaml:1:10"},
		"setting": {f.SettingPos("clé"), "job.yaml:3:3"},
		"value":   {f.Settings[0].Value.Pos, "job.yaml:3:8"},
		"field":   {f.Fields[0].Where, "job.yaml:5:3"},
		"column":  {f.Fields[0].At[mapping.Part{Key: "columns", Item: f.Fields[0].Columns[0]}], "job.yaml:5:19"},
		"country": {f.Fields[0].At[mapping.Part{Key: "country"}], "job.yaml:5:36"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s stands at %s, want %s", what, c.got, c.want)
		}
	}
	got := f.Problem(f.Settings[0].Value.Pos, "unknown value", "did you mean \"e\"?").Detail()
	want := "job.yaml:3:8: unknown value\n    3 |   clé: \"é\"\n      |        ^^^ did you mean \"e\"?"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNilFile(t *testing.T) {
	var f *File
	if s := f.Spec(); len(s.Fields)+len(s.Wire)+len(s.Ignore) > 0 {
		t.Errorf("the spec of no file: %+v", s)
	}
	if _, ok := f.Option("limits.rate"); ok || len(f.SettingMap()) > 0 || f.SettingPos("x").Line > 0 {
		t.Error("no file says something")
	}
	if string(f.Canonical()) != string((&File{}).Canonical()) {
		t.Error("no file is not the empty file")
	}
	if err := f.Explain(os.ErrExist); err != os.ErrExist {
		t.Errorf("explained as %v", err)
	}
	if p := f.Problem(mapping.Pos{}, "m", "h"); p.Detail() != "m\n    hint: h" {
		t.Errorf("got %q", p.Detail())
	}
}

func TestEmptyFiles(t *testing.T) {
	for _, source := range []string{"", "\n", "# only a remark\n", "---\n", "---\n...\n", "fields:\n", "\ufeffvendor: x\r\nignore: []\r\n", "null\n"} {
		if f := parse(t, source); len(f.Fields) > 0 {
			t.Errorf("%q has fields", source)
		}
	}
}

func TestAliases(t *testing.T) {
	f := parse(t, "fields:\n  newsletter: {column: A, values: &yn {J: true, N: false}}\n  email_bounced: {column: B, values: *yn}\n  phone: &p {column: T, country: IE}\n  address.phone:\n    <<: *p\n    column: U\n")
	if got := f.Fields[1].Values["J"]; got != "true" {
		t.Errorf("alias: %q, want true", got)
	}
	if got := f.Fields[3]; got.Country != "IE" || got.Columns[0] != "U" || len(got.Columns) != 1 {
		t.Errorf("merge: %+v, want IE and U", got)
	}
}

// TestNamesWithoutQuotes: what YAML takes a name for is refused with the same help, whatever it is.
func TestNamesWithoutQuotes(t *testing.T) {
	for _, source := range []string{
		"fields:\n  last_name: Notes: internal\n", "fields:\n  phone: {column: Phone #, country: DE}\n", "ignore: [Phone #, x]\n",
		"fields:\n  last_name: @h\n", "fields:\n  last_name: *b\n", "fields:\n  last_name: `h`\n", "fields:\n  last_name: {h\n",
	} {
		if text := problemsOf(t, source); !strings.Contains(text, `needs quotes, such as last_name: "Notes: internal"`) {
			t.Errorf("%q: %s", source, text)
		}
	}
}

// TestDotsAreNoValue: what a proposal has for what it cannot know is never sent.
func TestDotsAreNoValue(t *testing.T) {
	for source, want := range map[string]string{
		"settings: {domain: …}":                            "1:20: setting \"domain\" is still",
		"fields: {user_type: {value: …}}":                  "1:29: value is still",
		"fields: {user_type: {column: A, default: \"…\"}}": "1:42: default is still",
	} {
		if text := problemsOf(t, source); !strings.Contains(text, want) || !strings.Contains(text, "replace … by") {
			t.Errorf("%s: %s", source, text)
		}
	}
	if _, err := Parse("job.yaml", []byte("fields: {user_type: {value: and so on…}}"), options, nil); err != nil {
		t.Error(err)
	}
}

func TestRefused(t *testing.T) {
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	laughs := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'h'; c++ {
		prev := string(c - 1)
		laughs += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat("*"+prev+", ", 10), ", "))
	}
	cases := []struct{ source, at, want string }{
		{"vendor: a\n---\nvendor: b\n", "3:7", "holds one document"},
		{"vendor: [", "1:9", "this is no YAML"},
		{"a: b: c", "1:4", "this is no YAML"},
		{"- a\n", "1:1", "no job file"},
		{"hello", "1:1", "no job file"},
		{"- a: b\n", "1:1", "takes keys and values, not a list"},
		{"vendr: x", "1:1", `did you mean "vendor"?`},
		{"vendor: x\nvendor: y", "2:1", "set twice"},
		{"settings: {a: 1, a: 2}", "1:18", "set twice"},
		{"vendor: ~", "1:9", "takes one text, not nothing"},
		{"vendor: ''", "1:9", "takes a text that is not empty"},
		{"vendor: !!str 5", "1:9", "tags have no meaning"},
		{"vendor: *x", "1:9", "there is no anchor &x"},
		{"ok: a\n? [a]\n: b", "", "invalid key"},
		{"ok: " + deep, "1:37", "more than 32 brackets"},
		{"ok: " + strings.Repeat("\n - ", 3) + strings.Repeat("- ", 40), "", "more than 32 lists"},
		{"ignore: [" + strings.Repeat("b,\n", 25_000) + "]", "", "more than 50000 keys"},
		{laughs, "", "expand to too much"},
		{"vendor: a\x00b", "1:10", "control character"},
		{"vendor: \xff", "1:9", "not UTF-8"},
		{"vendor: " + strings.Repeat("x", 17<<10), "1:1", "longer than 16 KiB"},
		{strings.Repeat("# remark\n", 1<<17), "1:1", "larger than 1 MiB"},
		{"extends: other.yaml", "1:10", "extends can't be used here"},
		{"fields: {email: ''}", "1:17", "not an empty text"},
		{"fields: {email: {columns: []}}", "1:18", "at least one column"},
		{"fields: {email: {columns: [a, '']}}", "1:31", "a column needs a name"},
		{"fields: {email: {column: a, columns: [b]}}", "1:10", "both column and columns"},
		{"fields: {email: {}}", "1:10", "has no source"},
		{"fields: {newsletter: {column: a, values: [b]}}", "1:34", "values takes keys and values"},
		{"fields: {newsletter: {column: a, values: {J: true, ' J': false}}}", "1:52", "once trimmed"},
		{"fields: {newsletter: {column: a, values: {J: ~}}}", "1:46", "takes one text, not nothing"},
		{"wire: {x: {column: a, type: date}}", "1:29", `unknown type "date"`},
		{"fields: {emial: a}", "1:10", `did you mean "email"?`},
	}
	for _, c := range cases {
		all := problemsOf(t, c.source)
		if !strings.Contains(all, c.want) || c.at != "" && !strings.Contains(all, "job.yaml:"+c.at+": ") {
			t.Errorf("%.60q: got\n%.600s\nwant %s: … %s", c.source, all, c.at, c.want)
		}
	}
}

// TestSecretsAreNoJobs: of a file that is no job nothing is shown, and no line of one that has no key of a job.
func TestSecretsAreNoJobs(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"sk_live_4711hidden\n", "export KEY=sk_4711hidden\n", "-----BEGIN KEY-----\n4711hidden\n-----END KEY-----\n", "KEY: 4711hidden\n", "{\"token\": \"4711hidden\"}\n",
		"ann@example.com,4711hidden\n", "a: b: 4711hidden", "'4711hidden", "\t4711hidden:\n",
	} {
		_, err := Parse("secret.txt", []byte(source), options, nil)
		if err == nil {
			t.Errorf("%q passes for a job file", source)
			continue
		}
		for _, one := range problem.All(err) {
			if text := one.(*problem.Error).Detail(); strings.Contains(text, "hidden") {
				t.Errorf("%q: %s", source, text)
			}
		}
	}
	_, err := Parse("job.yaml", []byte("extends: secret.txt\n"), options, func(string) ([]byte, error) { return []byte("KEY: 4711hidden\n"), nil })
	if err == nil || strings.Contains(err.Error(), "hidden") {
		t.Errorf("a base that is no job: %v", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Skip("no pipe can be made: ", err)
	}
	if _, err := Load(pipe, options); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("a pipe: %v", err)
	}
}

func TestLoadExtends(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("shared/root.yaml", "vendor: pelcro\nsettings: {a: 1, b: 2}\nignore: [X]\nlimits: {rate: 5/s, workers: 2}\nok: [exists]\n")
	write("shared/base.yaml", "extends: root.yaml\nfields: {email: Mail, phone: Tel}\nignore: [Y, X]\n")
	path := write("job.yaml", "extends: shared/base.yaml\nvendor: thanx\nsettings: {b: 3, c: 4}\nfields: {phone: Mobile, username: {column: Mail}}\nlimits: {workers: 9}\nignore: Z\n")
	f, err := Load(path, options)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	fmt.Fprint(&got, f.text("vendor"), f.SettingMap(), f.Spec().Ignore, f.text("limits.rate"), f.text("limits.workers"), len(f.texts("ok")))
	for _, s := range f.Fields {
		fmt.Fprint(&got, " ", s.Name, s.Columns, filepath.Base(s.Where.File))
	}
	want := "thanxmap[a:1 b:3 c:4] [X Y Z]5/s91 email[Mail]base.yaml phone[Mobile]job.yaml username[Mail]job.yaml"
	if got.String() != want {
		t.Errorf("got  %s\nwant %s", got.String(), want)
	}
	if p := f.Problem(f.Fields[0].Where, "m", ""); !strings.Contains(p.Source, "email: Mail") {
		t.Errorf("the base's line is not known: %+v", p)
	}

	write("loop.yaml", "extends: shared/../loop2.yaml\n")
	loop := write("loop2.yaml", "extends: loop.yaml\n")
	if _, err := Load(loop, options); err == nil || !strings.Contains(err.Error(), "extends itself") {
		t.Errorf("a circle: %v", err)
	}
	missing := write("missing.yaml", "extends: nowhere.yaml\nvendr: x\n")
	if _, err := Load(missing, options); err == nil || !strings.Contains(err.Error(), "missing.yaml:1:10: can't read the base") || !strings.Contains(err.Error(), "vendr") {
		t.Errorf("a missing base: %v", err)
	}
	for i := range 10 {
		write(fmt.Sprintf("chain%d.yaml", i), fmt.Sprintf("extends: chain%d.yaml\n", i+1))
	}
	if _, err := Load(filepath.Join(dir, "chain0.yaml"), options); err == nil || !strings.Contains(err.Error(), "more than 8 files") {
		t.Errorf("a long chain: %v", err)
	}
	if _, err := Load(filepath.Join(dir, "nowhere.yaml"), options); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestCanonical(t *testing.T) {
	a := parse(t, "vendor: thanx\nsettings: {b: 2, a: 1}\nfields:\n  email: Mail # remark\n  newsletter: {column: N, values: {J: true, N: false}}\nignore: [x]\nlimits: {rate: 1/s}\n")
	b := parse(t, "fields: {newsletter: {values: {N: 'false', J: \"true\"}, columns: [N]}, email: {column: Mail}}\nsettings:\n  a: 1\n  b: '2'\nvendor: 'thanx'\n")
	if string(a.Canonical()) != string(b.Canonical()) {
		t.Errorf("two writings of one job differ:\n%s\n%s", a.Canonical(), b.Canonical())
	}
	base := "vendor: thanx\nsettings: {a: b}\nfields: {phone: {column: P, country: IE, default: '1'}}\n"
	same := string(parse(t, strings.ReplaceAll(base, "'1'", "'+353861234567'")).Canonical())
	for _, change := range [][2]string{
		{"vendor: thanx", "vendor: pelcro"}, {"a: b", "a: c"}, {"{a: b}", "{c: b}"}, {"IE", "GB"}, {"column: P", "column: Q"},
		{"column: P", "columns: [P, Q]"}, {"phone", "address.phone"}, {"column: P", "expr: 'row[\"P\"]'"}, {"column: P", "value: '+353861234567'"},
		{"vendor: thanx", "vendor: thanx\nwire: {x: Y}"}, {"vendor: thanx", "vendor: thanx\nbase_url: https://x.example"}, {"67'", "68'"},
	} {
		source := strings.ReplaceAll(strings.ReplaceAll(base, "'1'", "'+353861234567'"), change[0], change[1])
		if string(parse(t, source).Canonical()) == same {
			t.Errorf("%s for %s changes nothing", change[1], change[0])
		}
	}
}

func TestKeysAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys(options) {
		if k.Name == "" || k.Doc == "" && strings.HasPrefix(k.Name, "fields") || seen[k.Name] {
			t.Errorf("key %+v is not whole", k)
		}
		seen[k.Name] = true
	}
}

// FuzzParse: no panic; what is refused says where; what is accepted can be used, and its places exist.
func FuzzParse(f *testing.F) {
	f.Add("vendor: thanx\nfields:\n  email: E-mail\n  phone: {column: Mobile, country: IE}\nlimits: {rate: 20/s}\n")
	f.Add("fields: &a\n  email: &b {column: X}\nwire: {x: *b, <<: *a}\n")
	f.Add("ok: [a, 'b', \"c\"]\nignore: |\n  x\n  y\nrun: {quiet: true}\n? x\n: y\n")
	f.Add("!!a &b *c\n--- %\n...\n")
	f.Add("{}}{")
	f.Fuzz(func(t *testing.T, source string) {
		file, err := Parse("job.yaml", []byte(source), options, nil)
		lines := strings.Count(strings.ReplaceAll(source, "\r\n", "\n"), "\n") + strings.Count(source, "\r") + 1
		if err == nil {
			file.Canonical()
			for _, s := range file.Fields {
				if s.Where.Line < 1 || s.Where.Line > lines {
					t.Fatalf("field %q stands on line %d of %d", s.Name, s.Where.Line, lines)
				}
			}
			return
		}
		for _, one := range problem.All(err) {
			p, ok := one.(*problem.Error)
			if !ok || p.File != "job.yaml" || p.Line < 1 || p.Column < 1 || int(p.Line) > lines+1 {
				t.Fatalf("problem %q stands at %+v, of %d lines", one, p, lines)
			}
		}
	})
}
