package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"importer/mapping/problem"
)

// TestListsWithin: a wrapper around rows is never one row, the refusal names the list, and with its path it is read. A person with lists of his own is a row.
func TestListsWithin(t *testing.T) {
	t.Parallel()
	person := func(n int) string { return fmt.Sprintf(`{"email":"p%d@example.com","name":"P%d"}`, n, n) }
	two := person(1) + "," + person(2)
	for name, c := range map[string]struct {
		file, content string
		path          string // that is proposed; "" reads the input as it is
		rows          int
	}{
		"a member":                       {"l.json", `{"realm":"x","users":[` + two + `]}`, "users", 2},
		"a member, one row":              {"l.json", `{"users":[` + person(1) + `]}`, "users", 1},
		"as JSON lines":                  {"l.jsonl", `{"users":[` + two + `]}`, "users", 2},
		"pretty":                         {"l.json", "{\n  \"users\": [\n    " + two + "\n  ]\n}\n", "users", 2},
		"deeper":                         {"l.json", `{"data":{"items":[` + two + `]},"page":1}`, "data.items", 2},
		"with an owner":                  {"l.json", `{"owner":"ops@example.com","users":[` + two + `]}`, "users", 2},
		"no addresses at all":            {"l.json", `{"users":[{"a":1},{"a":2},{"a":3}]}`, "users", 3},
		"with something else in it":      {"l.json", `{"users":[` + two + `,null]}`, "users", 3},
		"beside a list of roles":         {"l.json", `{"roles":[{"n":1},{"n":2}],"users":[` + two + `]}`, "users", 2},
		"pages":                          {"l.jsonl", `{"page":1,"users":[` + two + `]}` + "\n" + `{"page":2,"users":[` + person(3) + `]}`, "users", 3},
		"pages in an array":              {"l.json", `[{"page":1,"users":[` + two + `]},{"page":2,"users":[` + person(3) + `]}]`, "users", 3},
		"tables of phpMyAdmin":           {"l.json", `[{"type":"header"},{"type":"database"},{"type":"table","name":"users","data":[` + two + `]}]`, "data", 2},
		"hits with sources":              {"l.json", `{"hits":{"total":2,"hits":[{"_id":"1","_source":` + person(1) + `},{"_id":"2","_source":` + person(2) + `}]}}`, "hits.hits", 2},
		"by key":                         {"l.json", `{"users":{"u1":` + person(1) + `,"u2":` + person(2) + `}}`, "users.*", 2},
		"by their addresses":             {"l.json", `{"people":{"a@example.com":{"name":"A"},"b@example.com":{"name":"B"}}}`, "people.*", 2},
		"by key at the top":              {"l.json", `{"u1":` + person(1) + `,"u2":` + person(2) + `}`, "*", 2},
		"one around the list":            {"l.json", `{"result":[{"items":[` + two + `]}]}`, "result.items", 2},
		"a person with addresses":        {"l.json", `{"email":"a@example.com","addresses":[{"city":"Cork"},{"city":"Bonn"}]}`, "", 1},
		"a person with a provider":       {"l.json", `{"email":"a@example.com","providers":[{"email":"a@example.com"}]}`, "", 1},
		"a person with e-mail addresses": {"l.json", `{"name":"Ann","emails":[{"value":"a@example.com"},{"value":"b@example.com"}]}`, "", 1},
		"persons with e-mail addresses":  {"l.jsonl", `{"name":"Ann","emails":[{"value":"a@example.com"},{"value":"b@example.com"}]}` + "\n{\"name\":\"Bob\"}", "", 2},
		"persons with roles":             {"l.json", `[{"name":"Ann","roles":[{"n":1},{"n":2}]}]`, "", 1},
		"persons":                        {"l.json", "[" + two + "]", "", 2},
		"objects within a person":        {"l.json", `{"name":{"first":"Ann"},"mail":{"work":"a@example.com"}}`, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := Input{Path: write(t, c.file, c.content)}
			_, err := Survey(t.Context(), []Input{in}, Options{})
			if (err == nil) != (c.path == "") {
				t.Fatalf("refused: %v", err)
			}
			better := Options{}
			if err != nil {
				var ok bool
				if better, ok = Advised(t.Context(), in, Options{}); !ok || better.Path != c.path {
					t.Errorf("the path %q is proposed for %v, want %q", better.Path, err, c.path)
				}
				if want := "input: {path: "; !strings.Contains(problem.Hint(problem.All(err)[0]), want) {
					t.Errorf("the hint of %v is %s", err, problem.Hint(err))
				}
				whole := survey(t, Options{Path: PathWhole}, in.Path)
				if n := len(readAll(t, whole)); n == 0 {
					t.Error("no row where each object is one")
				}
			}
			rows := readAll(t, survey(t, better, in.Path))
			if len(rows) != c.rows {
				t.Errorf("%d rows, want %d: %v", len(rows), c.rows, shorts(rows))
			}
			for _, r := range rows {
				if r.Broken != nil && name != "with something else in it" {
					t.Errorf("row %d: %v", r.Number, r.Broken)
				}
			}
		})
	}
}

// TestSideways: rows that are no objects are never one row.
func TestSideways(t *testing.T) {
	t.Parallel()
	const hint = `; hint: write each row as an object; with pandas: to_json(orient="records", lines=True)`
	for content, want := range map[string]string{
		`{"mail":{"0":"a@example.com","1":"b@example.com"},"name":{"0":"Ann","1":null}}`:                 "list.json: the list is written column by column: each member holds 2 values" + hint,
		`{"mail":["a@example.com","b@example.com","c@example.com"],"name":["Ann","Bob","Cid"]}`:          "list.json: the list is written column by column: each member holds 3 values" + hint,
		`{"columns":["mail","name"],"index":[0,1],"data":[["a@example.com","A"],["b@example.com","B"]]}`: "list.json: the rows under data are arrays, not objects" + hint,
		`{"range":"A1:B3","values":[["mail","name"],["a@example.com","Ann"]]}`:                           "list.json: the rows under values are arrays, not objects" + hint,
	} {
		equal(t, problems(t, Options{}, write(t, "list.json", content)), []string{want})
	}
	for _, content := range []string{
		`{"name":"Ann","mails":["a@example.com","b@example.com"],"phones":["1","2"]}`, `{"work":{"mail":"a@example.com","city":"Cork"},"home":{"mail":null,"city":"Bonn"}}`,
		`{"mail":"a@example.com","tags":[["a","b"],["c"]]}`,
	} {
		if rows := readAll(t, survey(t, Options{}, write(t, "list.json", content))); len(rows) != 1 {
			t.Errorf("%s is %d rows", content, len(rows))
		}
	}
}

// TestPaths: rows under a path have their places and lines, and what is not there is said.
func TestPaths(t *testing.T) {
	t.Parallel()
	content := "{\"page\": 1,\n \"users\": [\n  {\"a\": 1},\n  7,\n\n  {\"a\": 2}\n ], \"more\": {\"users\": [9]}}\n"
	set := survey(t, Options{Path: "users"}, write(t, "list.json", content))
	equal(t, shorts(readAll(t, set)), []string{"1 @3 26:34 1", "2 @4 38:39 !bad_json", "3 @6 44:52 2"})
	if got := set.Files[0].Summary(); !strings.HasSuffix(got, `list.json: JSON, the list under "users", utf-8, 1 column`) {
		t.Error(got)
	}
	keyed := survey(t, Options{Path: "u.*"}, write(t, "keyed.json", `{"u":{"k 1":{"a":1},"k2":{},"k3":3,"k4":{"_key":1}}}`))
	equal(t, keyed.Header, []string{"_key", "a"})
	equal(t, shorts(readAll(t, keyed)), []string{"1 @1 12:19 k 1|1", "2 @1 25:27 k2|", "3 @1 33:34 !bad_json", "4 @1 40:50 !duplicate_json_key"})
	for path, want := range map[string]string{
		"none":   `there is no list under the path "none"`,
		"page":   `"page" is not a list`,
		"more":   `"more" is an object, not a list; hint: where each of its members is a row, set input: {path: "more.*"} in the job file`,
		"a..b":   `the path "a..b" is none`,
		"users.": `the path "users." is none`,
	} {
		got := problems(t, Options{Path: path}, write(t, "list.json", content))
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := problems(t, Options{Path: "people"}, write(t, "list.json", content)); len(got) != 1 || !strings.Contains(got[0], "; hint: the list is under users (3 rows): set input: {path: users}") {
		t.Errorf("a path beside the list: %q", got)
	}
	if got := problems(t, Options{Path: "users"}, write(t, "list.csv", "a\n1\n")); len(got) != 1 || !strings.Contains(got[0], "path is set, and no input is JSON") {
		t.Errorf("CSV with a path: %q", got)
	}
	if string(set.Digest()) == string(survey(t, Options{Path: PathWhole}, set.Files[0].Path).Digest()) {
		t.Error("the path does not count in the digest")
	}
}

// TestObjectsApart: objects that are not one to a line are read, and one that is broken costs no other.
func TestObjectsApart(t *testing.T) {
	t.Parallel()
	pretty := func(members string) string { return "{\n  " + strings.ReplaceAll(members, ",", ",\n  ") + "\n}\n" }
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"over several lines":     {pretty(`"a":1`) + pretty(`"a":2`), []string{"1 @1 0:11 1", "2 @4 12:23 2"}},
		"on one line":            {`{"a":1}{"a":2} {"a":3}`, []string{"1 @1 0:7 1", "2 @1 7:14 2", "3 @1 15:22 3"}},
		"with commas":            {"{\n\"a\":1\n},\n{\n\"a\":2\n},\n", []string{"1 @1 0:9 1", "2 @4 11:20 2"}},
		"not closed":             {pretty(`"a":1`) + "{\n  \"a\": 2\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:23 !bad_json", "3 @6 23:34 3"}},
		"not closed, a comma":    {pretty(`"a":1`) + "{\n  \"a\": 2,\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:24 !bad_json", "3 @6 24:35 3"}},
		"closed twice":           {pretty(`"a":1`) + "{\n\"a\":2\n}}\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:21 2", "3 @6 21:23 !bad_json", "4 @7 23:34 3"}},
		"a quote not closed":     {pretty(`"a":1`) + "{\n\"a\":\"x\n}\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:22 !bad_json", "3 @7 23:34 3"}},
		"a comma before a brace": {pretty(`"a":1`) + "{\n\"a\":2,\n}\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:22 !bad_json", "3 @7 23:34 3"}},
		"cut off":                {pretty(`"a":1`) + "{\n\"a\":2", []string{"1 @1 0:11 1", "2 @4 12:19 !bad_json"}},
		"words between":          {pretty(`"a":1`) + "and\n" + pretty(`"a":3`), []string{"1 @1 0:11 1", "2 @4 12:16 !bad_json", "3 @5 16:27 3"}},
		"the first is broken":    {"{\n\"a\":,\n}\n" + pretty(`"a":3`), []string{"1 @1 0:9 !bad_json", "2 @4 10:21 3"}},
		"objects within a list":  {"{\n\"a\":[\n{\"b\":1},\n{\"b\":2}\n]\n}\n{\"a\":[]}\n", []string{"1 @1 0:28 1|2", "2 @7 29:37 |"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set := survey(t, Options{Path: PathWhole}, write(t, "list.json", c.content))
			rows := readAll(t, set)
			equal(t, shorts(rows), c.want)
			if !strings.Contains(set.Files[0].Summary(), "JSON objects, one after the other") {
				t.Error(set.Files[0].Summary())
			}
		})
	}
}

// TestTrailingCommas: a comma before a bracket is named with its line.
func TestTrailingCommas(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"[{\"a\":1},\n\n {\"a\":2},\n]\n":               "list.json:3: a comma stands before a closing bracket; hint: remove the comma",
		"[{\"a\":1},\n {\"a\":\",}\",\n \"b\":2,\n}]\n": "list.json:3: a comma stands before a closing bracket; hint: remove the comma",
		"[{\"a\":1},\n {\"a\":tru}]\n":                  "list.json:2: the element that begins here is not JSON, and where the next one begins cannot be known; hint: export the list again; as JSON lines, only this row would be lost",
	} {
		got := problems(t, Options{}, write(t, "list.json", content))
		equal(t, got, []string{want})
	}
	got := problems(t, Options{Path: "u"}, write(t, "list.json", "{\"u\":[{\"a\":1},\n{\"a\":2},\n]}"))
	equal(t, got, []string{"list.json:2: a comma stands before a closing bracket; hint: remove the comma"})
	rows := readAll(t, survey(t, Options{}, write(t, "list.jsonl", "{\"a\":1}\n{\"a\":2,}\n")))
	if b := rows[1].Broken; b == nil || b.Message != "a comma stands before a closing bracket, at byte 7 of the row" {
		t.Errorf("%v", rows[1])
	}
}

// TestExtendedJSON: what MongoDB writes as an object is one value, in every version of its notation.
func TestExtendedJSON(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`{"$oid":"507f1f77bcf86cd799439011"}`:           "507f1f77bcf86cd799439011",
		`{ "$numberLong" : "9007199254740993" }`:        "9007199254740993",
		`{"$numberInt":"42"}`:                           "42",
		`{"$numberDouble":"1.5"}`:                       "1.5",
		`{"$numberDecimal":"1.50"}`:                     "1.50",
		`{"$uuid":"c8edabc3-f738-4ca3-b68d"}`:           "c8edabc3-f738-4ca3-b68d",
		`{"$symbol":"x"}`:                               "x",
		`{"$undefined":true}`:                           "",
		`{"$date":"1990-05-03T00:00:00Z"}`:              "1990-05-03T00:00:00Z",
		`{"$date":"1990-05-03T00:00:00.000Z"}`:          "1990-05-03T00:00:00Z",
		`{"$date":"1990-05-03T02:00:00.500+0200"}`:      "1990-05-03T00:00:00.5Z",
		`{"$date":641692800000}`:                        "1990-05-03T00:00:00Z",
		`{"$date":{"$numberLong":"-1000"}}`:             "1969-12-31T23:59:59Z",
		`{"$date":{"$numberLong":"99999999999999999"}}`: "99999999999999999",
		`{"$date":"yesterday"}`:                         "yesterday",
	} {
		set := survey(t, Options{}, write(t, "list.jsonl", `{"x":1,"a":`+value+`}`+"\n"+`{"x":[`+value+`]}`))
		equal(t, set.Header, []string{"x", "a", "x[0]"})
		equal(t, shorts(readAll(t, set))[:1], []string{fmt.Sprintf("1 @1 0:%d 1|%s|", len(value)+13, want)})
	}
	for value, header := range map[string]string{
		`{"$oid":"1","x":2}`: "a.$oid a.x", `{"$oid":1}`: "a.$oid", `{"$date":{"x":1}}`: "a.$date.x", `{"$ref":"u","$id":"1"}`: "a.$ref a.$id", `{"$date":null}`: "a.$date",
	} {
		set := survey(t, Options{}, write(t, "list.jsonl", `{"a":`+value+`}`))
		equal(t, set.Header, strings.Fields(header))
	}
}

// TestManyMembers: members that the job ignores do not count against the limit, but for those it draws on; and the refusal names what grows.
func TestManyMembers(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "{\"id\":%d,\"meta\":{\"s%d\":1,\"plan\":\"x\"},\"tags\":[1,2]}\n", i, i)
	}
	path := write(t, "list.jsonl", b.String())
	limits := Limits{Columns: 20}
	equal(t, problems(t, Options{Limits: limits}, path), []string{`list.jsonl:17: the rows up to here have more than 20 different members; hint: most of them are below "meta", where each row seems to have ` +
		`names of its own: leave them out by the job file's line ignore: ["meta.*"]`})
	set := survey(t, Options{Limits: limits, Ignore: []string{"meta.*"}, Kept: func(name string) bool { return name == "meta.plan" }}, path)
	equal(t, set.Header, []string{"id", "meta.plan", "tags[0]", "tags[1]"})
	rows := readAll(t, set)
	if len(rows) != 30 || rows[29].Broken != nil || strings.Join(rows[29].Cells, "|") != "29|x|1|2" {
		t.Errorf("%v", shorts(rows))
	}
	if all := survey(t, Options{Ignore: []string{"meta.*"}}, path); len(all.Header) != 34 {
		t.Errorf("with room for all, %d columns", len(all.Header))
	}
	better, ok := Advised(t.Context(), Input{Path: path}, Options{Limits: limits})
	if !ok || len(better.Ignore) != 1 || better.Ignore[0] != "meta.*" {
		t.Errorf("advised %v %v", ok, better.Ignore)
	}
	wide := write(t, "wide.jsonl", "{\"id\":1,\"tags\":["+strings.Repeat("0,", 40)+"0]}\n{\"id\":2}\n")
	rows = readAll(t, survey(t, Options{Limits: limits}, wide))
	if b := rows[0].Broken; b == nil || b.Code != CodeTooMany || !strings.Contains(b.Hint, `ignore: ["tags[*]"]`) {
		t.Errorf("%v", rows[0])
	}
	equal(t, shorts(readAll(t, survey(t, Options{Limits: limits, Ignore: []string{"tags[*]"}}, wide))), []string{"1 @1 0:100 1", "2 @2 100:109 2"})
}

// FuzzJSONObjects: what encoding/json reads as objects one after the other is read so, and every row lies where it says.
func FuzzJSONObjects(f *testing.F) {
	for _, seed := range []string{"{\n\"a\":1\n}\n{\"a\":\n2}", `{"a":1}{"a":2}`, "{\"a\":[\n{\"b\":\"}\\\"\"}\n]}", "{\n\"a\":1\n{\n\"a\":2\n}", "{}}\n{", "{\"a\":\"\n{\"b\":1}", "{},\n{},,{}", "x{}\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file := &File{Format: JSONL, Encoding: UTF8}
		list := newObjects(bytes.NewReader(content), file, Limits{}.withDefaults())
		decoder := json.NewDecoder(bytes.NewReader(content))
		at, lax := int64(0), true
		for {
			text, row, err := list.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if row.Offset < at || row.End <= row.Offset || row.End > int64(len(content)) {
				t.Fatalf("%q: a row at %d:%d after %d", content, row.Offset, row.End, at)
			}
			at = row.End
			var theirs json.RawMessage
			lax = lax && decoder.Decode(&theirs) == nil && theirs[0] == '{'
			if lax && utf8.Valid(content) && (row.Broken != nil || !bytes.Equal(theirs, text)) {
				t.Fatalf("%q: %q (%v), and %q for encoding/json", content, text, row.Broken, theirs)
			}
		}
		if rest := bytes.Trim(content[at:], ","+space); len(rest) > 0 {
			t.Fatalf("%q: %q is in no row", content, rest)
		}
	})
}

// FuzzJSONPath: no content makes the search for lists, or the reading under a path, panic; what is refused is refused with a reason.
func FuzzJSONPath(f *testing.F) {
	for _, seed := range []string{`{"a":[{"b":1}]}`, `{"a":{"b":[{"c":"x@y.z"},{"c":1}]}}`, `[{"a":[]},{"a":[1,{}]}]`, `{"a":{"x":{"m":"p@q.r"},"y":{"m":"p@q.r"}}}`, `{"a":[{},`, `{"a":null}{"a":[{}]}`} {
		f.Add([]byte(seed), "a")
		f.Add([]byte(seed), "a.*")
	}
	f.Fuzz(func(t *testing.T, content []byte, path string) {
		in := []Input{{Path: write(t, "list.json", string(content))}}
		for _, o := range []Options{{}, {Path: path, Format: JSON}} {
			set, err := Survey(context.Background(), in, o)
			if err != nil {
				if !reasoned(err) {
					t.Error(err)
				}
				continue
			}
			for _, r := range readAll(t, set) {
				if r.End <= r.Offset || r.End > int64(len(content)) {
					t.Errorf("row %d lies at %d:%d", r.Number, r.Offset, r.End)
				}
			}
		}
	})
}
