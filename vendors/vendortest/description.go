package vendortest

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
)

var (
	snake = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	env   = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)
)

// testDescription asks whether everything that people read is there.
func testDescription(t *testing.T, v *vendors.Vendor) {
	notEmpty(t, "vendor", map[string]string{"name": v.Name, "title": v.Title, "page": v.Page, "doc": v.Doc, "base URL": v.BaseURL,
		"limits doc": v.LimitsDoc, "repeat": v.Repeat.Doc, "harmless doc": v.CredentialCheck.Doc})
	if !strings.HasPrefix(v.Page, "https://") || !strings.HasPrefix(v.BaseURL, "https://") {
		t.Errorf("page %q and base URL %q must be https", v.Page, v.BaseURL)
	}
	if len(v.Operations) == 0 || len(v.Encodings) == 0 || len(v.Identity) == 0 || len(v.Limits) == 0 || v.Read == nil || v.Repeat.Of == nil {
		t.Fatal("operations, encodings, identity, limits, reader and repeat rule must be there")
	}
	describedSettings(t, v)
	describedFields(t, v)
	describedRules(t, v)
	var text bytes.Buffer
	if err := v.Describe(&text); err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Description().Codes {
		if !strings.Contains(text.String(), c.Code) || !strings.Contains(text.String(), c.Hint) {
			t.Errorf("the text does not show code %s and its hint", c.Code)
		}
	}
}

func notEmpty(t *testing.T, what string, values map[string]string) {
	t.Helper()
	for name, value := range values {
		if strings.TrimSpace(value) == "" {
			t.Errorf("%s has no %s", what, name)
		}
	}
}

func describedSettings(t *testing.T, v *vendors.Vendor) {
	seen := map[string]bool{}
	for _, s := range v.Settings {
		notEmpty(t, "setting "+s.Name, map[string]string{"name": s.Name, "doc": s.Doc})
		if seen[s.Name] {
			t.Errorf("setting %s is there twice", s.Name)
		}
		seen[s.Name] = true
		if s.Env != "" && !env.MatchString(s.Env) {
			t.Errorf("setting %s: environment variable %q", s.Name, s.Env)
		}
		if s.Secret && s.Env == "" {
			t.Errorf("setting %s is secret and has no environment variable", s.Name)
		}
		if s.Required && !s.Secret && s.Example == "" {
			t.Errorf("setting %s is required and has no example", s.Name)
		}
		if len(s.Values) > 0 && !slices.Contains(s.Values, s.Default) {
			t.Errorf("setting %s: default %q is none of its values", s.Name, s.Default)
		}
	}
	for needed, many := range map[string]bool{"operation": len(v.Operations) > 1, "encoding": len(v.Encodings) > 1} {
		if many && !seen[needed] {
			t.Errorf("there are several, and no setting %s chooses", needed)
		}
	}
}

func describedFields(t *testing.T, v *vendors.Vendor) {
	types := []vendors.Type{vendors.String, vendors.Number, vendors.Boolean, vendors.Object}
	seen := map[string]bool{}
	for _, f := range v.Fields {
		notEmpty(t, "field "+f.Name, map[string]string{"name": f.Name, "doc": f.Doc})
		if seen[f.Name] {
			t.Errorf("field %s is there twice", f.Name)
		}
		seen[f.Name] = true
		if !slices.Contains(types, cmp.Or(f.Type, vendors.String)) {
			t.Errorf("field %s has type %q", f.Name, f.Type)
		}
		if f.Setting != "" && !slices.ContainsFunc(v.Settings, func(s vendors.Setting) bool { return s.Name == f.Setting }) {
			t.Errorf("field %s comes from a setting %q that is none", f.Name, f.Setting)
		}
		for _, c := range f.Checks {
			notEmpty(t, "check of "+f.Name, map[string]string{"code": c.Code, "doc": c.Doc, "hint": c.Hint})
			if !snake.MatchString(c.Code) {
				t.Errorf("field %s: code %q", f.Name, c.Code)
			}
		}
	}
	for _, f := range v.Identity {
		if f == mapping.NoField {
			t.Error("identity by no field")
		}
	}
}

func describedRules(t *testing.T, v *vendors.Vendor) {
	for _, r := range append(v.Rules, vendors.CommonRules()...) {
		notEmpty(t, "rule "+r.When()+" → "+r.Then, map[string]string{"code": r.Then, "hint": r.Hint, "doc": r.Doc})
		if !snake.MatchString(r.Then) {
			t.Errorf("rule %s: code %q", r.When(), r.Then)
		}
		if r.Class == vendors.NotSent {
			t.Errorf("rule %s: an answer cannot mean that nothing was sent", r.When())
		}
		if r.AnyBody && (len(r.Status) == 0 || r.Code+r.Field+r.Text != "") {
			t.Errorf("rule %s: AnyBody goes with a status and nothing else", r.When())
		}
	}
	for _, c := range append(v.Codes(), v.LocalCodes()...) {
		if c.Code != "created" {
			notEmpty(t, "code "+c.Code, map[string]string{"class": c.Class, "meaning": c.Meaning, "hint": c.Hint})
		}
	}
}
