package source

import (
	"fmt"
	"strings"
	"testing"
)

// TestNoTables refuses texts that are no list with words that help, and shows nothing of them.
func TestNoTables(t *testing.T) {
	const table, json, script = "this is no table", "this is JSON under the name of a CSV", "this is JavaScript, with a list in it"
	for _, test := range []struct{ name, content, said string }{
		{"l.csv", "Email: ann@example.com\nName: Ann Roe\nEmail: bob@example.com\nName: Bob\n", table},
		{"l.csv", "Name: Ann Roe\nEmail: ann@example.com\nName: Bob\nEmail: bob@example.com\n", table},
		{"l.csv", "Ann Roe ann@example.com 1\nBob Poe bob@example.com 2\n", table},
		{"l.csv", "NAME      EMAIL\nAnn       ann@example.com\nBob       bob@example.com\n", table},
		{"l.csv", "users:\n  - email: ann@example.com\n    name: Ann\n", table},
		{"l.csv", "ann@example.com, bob@example.com, cid@example.com\n", "one line holds several people: 3 e-mail addresses"},
		{"l.csv", "E-mail,Name,ann@example.com\nbob@example.com,Bob,x\n", "column 3 of the header is an e-mail address"},
		{"l.csv", `{"users":[{"email":"ann@example.com"}]}`, json},
		{"l.txt", "[\n {\"email\": \"ann@example.com\"}\n]", ""},
		{"l.csv", "[\n {\"email\": \"ann@example.com\"}\n]", json},
		{"l.json", `export default [{"email":"ann@example.com"}]`, script},
		{"l.json", "// made by ann\nmodule.exports = [{email:\"ann@example.com\"}]", script},
		{"l.csv", `callback([{"email":"ann@example.com"}]);`, script},
		{"l.js", `window.users = {"a":{"email":"ann@example.com"}}`, script},
		{"l.json", "/* of ann */\n[{\"email\":\"ann@example.com\"}]", "this is JSON with comments above it"},
		{"l.json", "null", "its name says JSON, and it begins with neither [ nor {"},
		{"l.json", `"ann"`, "its name says JSON"},
		{"l.csv", "E-mail\nann@example.com\nbob (at home) bob@example.com\n", ""},
		{"l.csv", "email\nbob@example.com\n" + strings.Repeat("\x00", 40), "it ends with 40 NUL bytes"},
		{"l.csv", "\xff\xfe" + string(toUTF16("email\nbob@example.com\n", false)) + "ann@example.com\n", "its encoding changes: it begins as utf-16le"},
		{"l.csv", "\xff\xfe" + string(toUTF16("email\nbob@example.com\n漢字漢字漢字漢字漢字漢字\n", false)), ""},
		{"l.json", `[{"email":"ann@example.com","age":NaN}]`, "have the export write null"},
		{"l.json", `[{"email":"a@example.com","note":"undefined 'x'"},{"email":"ann@example.com","_id":ObjectId("1")}]`, "mongoexport"},
		{"l.json", `[{'email':'ann@example.com'}]`, "json.dumps"},
		{"l.jsonl", `{"email":"ann@example.com","age":undefined}`, "have the export write null"},
		{"l.csv", "{email},{name}\nann@example.com,Ann\n", ""},
		{"l.csv", "name (first)\nAnn\n", ""},
		{"l.csv", "E-mail (e.g. max@example.com)\nann@example.com\n", ""},
	} {
		got := strings.Join(problems(t, Options{}, write(t, test.name, test.content)), "\n")
		if test.said == "" && got != "" || !strings.Contains(got, test.said) || strings.Contains(got, "ann@") || strings.Contains(got, "Ann") {
			t.Errorf("%q: %s", test.content, got)
		}
	}
}

// TestPairs reads attributes by their names, wherever they stand.
func TestPairs(t *testing.T) {
	const first = `{"id":1,"attributes":[{"Name":"email","Value":"a@example.com"},{"Name":"name","Value":"Ann"}]}`
	for name, test := range map[string][2]string{
		"in another order": {`{"id":2,"attributes":[{"Value":"Bob","Name":"name"},{"Name":"email","Value":"b@example.com"}]}`, "2|b@example.com|Bob"},
		"one is missing":   {`{"id":2,"attributes":[{"Name":"name","Value":null}]}`, "2||"},
		"named twice":      {`{"id":2,"attributes":[{"Name":"name","Value":"a"},{"Name":"name","Value":"b"}]}`, "!duplicate_json_key"},
	} {
		set := survey(t, Options{}, write(t, "l.jsonl", first+"\n"+test[0]+"\n"))
		got := shorts(readAll(t, set))
		if strings.Join(set.Header, "|") != "id|attributes.email|attributes.name" || len(got) != 2 || !strings.HasSuffix(got[0], " 1|a@example.com|Ann") || !strings.HasSuffix(got[1], " "+test[1]) {
			t.Errorf("%s: %q %q", name, set.Header, got)
		}
	}
	set := survey(t, Options{}, write(t, "l.jsonl", `{"pets":[{"name":"Rex","age":3},{"name":"Tom","value":1}]}`+"\n"+`{"id":2}`+"\n"))
	if got := strings.Join(set.Header, "|"); got != "pets[0].name|pets[0].age|pets[1].name|pets[1].value|id" {
		t.Errorf("what are no pairs: %s", got)
	}
}

// TestSharedTexts refuses a workbook whose cells have texts that are not in it.
func TestSharedTexts(t *testing.T) {
	for _, value := range []string{"0", "7", "-1", "x"} {
		sheet := fmt.Sprintf(`<sheetData><row r="1"><c r="A1" t="str"><v>mail</v></c></row><row r="2"><c r="A2" t="s"><v>%s</v></c></row></sheetData>`, value)
		got := strings.Join(problems(t, Options{}, write(t, "list.xlsx", plainBook(t, "", sheet))), "\n")
		if !strings.Contains(got, "the workbook is damaged: the cell in row 2, column 1 has a text that is not in the workbook") {
			t.Errorf("%s: %q", value, got)
		}
	}
}

// TestPersonOrWrapper asks where one object is a person with people in it, or a wrapper around them.
func TestPersonOrWrapper(t *testing.T) {
	path := write(t, "l.json", `{"email":"ann@example.com","children":[{"email":"bob@example.com"},{"email":"cid@example.com"}]}`)
	got := strings.Join(problems(t, Options{}, path), "\n")
	if !strings.Contains(got, "a list of people under children (2 rows)") || !strings.Contains(got, `path: "."`) {
		t.Error(got)
	}
	if better, ok := Advised(t.Context(), Input{Path: path}, Options{}); ok {
		t.Errorf("%+v is chosen", better)
	}
}
