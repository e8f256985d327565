package mapping

import (
	"strings"
	"testing"
)

func TestWhere(t *testing.T) {
	header := []string{"email", "Country", "Status"}
	for _, c := range []struct {
		where string
		cells []string
		takes bool
	}{
		{"", []string{"a@b.example", "IE", ""}, true},
		{`row["Country"] == "IE"`, []string{"a@b.example", "IE", ""}, true},
		{`row["Country"] == "IE"`, []string{"a@b.example", "DE", ""}, false},
		{`row["Country"] in ["IE", "GB"] && row["Status"] != "deleted"`, []string{"a@b.example", "GB", "deleted"}, false},
		{`lower(trim(row["Status"])) == "active"`, []string{"a@b.example", "GB", " Active"}, true},
		{`row["Status"] == ""`, []string{"a@b.example"}, true}, // a short row: missing cells are empty
	} {
		m, err := Compile(Spec{Where: c.where, Ignore: []string{"Country", "Status"}}, header, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.where, err)
			continue
		}
		if takes, fault := m.Takes(c.cells); takes != c.takes || fault != nil {
			t.Errorf("%s over %q: %v, %v", c.where, c.cells, takes, fault)
		}
	}
}

func TestWhereIsChecked(t *testing.T) {
	for where, want := range map[string]string{
		`row["Country"]`:            "does not give yes or no",
		`row["Contry"] == "IE"`:     `no column "Contry"`,
		`row["Country"] ==`:         "does not compile",
		`frob(row["Country"]) == 1`: "does not exist",
		`email == "x"`:              "unknown name email",
	} {
		_, err := Compile(Spec{Where: where, WhereAt: Pos{"job.yaml", 3, 8}}, []string{"email", "Country"}, Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "job.yaml:3:8") {
			t.Errorf("%s: %v", where, err)
		}
	}
}

// A column that only the condition looks at is used: it need not be ignored.
func TestWhereUsesColumns(t *testing.T) {
	if _, err := Compile(Spec{Where: `row["Status"] == "x"`}, []string{"email", "Status"}, Options{}); err != nil {
		t.Error(err)
	}
}
