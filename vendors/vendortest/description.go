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
	errorIf(t, !strings.HasPrefix(v.Page, "https://") || !strings.HasPrefix(v.BaseURL, "https://"), "page %q and base URL %q must be https", v.Page, v.BaseURL)
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
		errorIf(t, !strings.Contains(text.String(), c.Code) || !strings.Contains(text.String(), c.Hint), "the text does not show code %s and its hint", c.Code)
	}
}

func notEmpty(t *testing.T, what string, values map[string]string) {
	t.Helper()
	for name, value := range values {
		errorIf(t, strings.TrimSpace(value) == "", "%s has no %s", what, name)
	}
}

func describedSettings(t *testing.T, v *vendors.Vendor) {
	seen := map[string]bool{}
	for _, s := range v.Settings {
		notEmpty(t, "setting "+s.Name, map[string]string{"name": s.Name, "doc": s.Doc})
		errorIf(t, seen[s.Name], "setting %s is there twice", s.Name)
		seen[s.Name] = true
		errorIf(t, s.Env != "" && !env.MatchString(s.Env), "setting %s: environment variable %q", s.Name, s.Env)
		errorIf(t, s.Secret && s.Env == "", "setting %s is secret and has no environment variable", s.Name)
		errorIf(t, s.Required && !s.Secret && s.Example == "", "setting %s is required and has no example", s.Name)
		errorIf(t, len(s.Values) > 0 && !slices.Contains(s.Values, s.Default), "setting %s: default %q is none of its values", s.Name, s.Default)
	}
	for needed, many := range map[string]bool{"operation": len(v.Operations) > 1, "encoding": len(v.Encodings) > 1} {
		errorIf(t, many && !seen[needed], "there are several, and no setting %s chooses", needed)
	}
}

func describedFields(t *testing.T, v *vendors.Vendor) {
	types := []vendors.Type{vendors.String, vendors.Number, vendors.Boolean, vendors.Object}
	seen := map[string]bool{}
	for _, f := range v.Fields {
		notEmpty(t, "field "+f.Name, map[string]string{"name": f.Name, "doc": f.Doc})
		errorIf(t, seen[f.Name], "field %s is there twice", f.Name)
		seen[f.Name] = true
		errorIf(t, !slices.Contains(types, cmp.Or(f.Type, vendors.String)), "field %s has type %q", f.Name, f.Type)
		if f.Setting != "" && !slices.ContainsFunc(v.Settings, func(s vendors.Setting) bool { return s.Name == f.Setting }) {
			t.Errorf("field %s comes from a setting %q that is none", f.Name, f.Setting)
		}
		for _, c := range f.Checks {
			notEmpty(t, "check of "+f.Name, map[string]string{"code": c.Code, "doc": c.Doc, "hint": c.Hint})
			errorIf(t, !snake.MatchString(c.Code), "field %s: code %q", f.Name, c.Code)
		}
	}
	for _, f := range v.Identity {
		errorIf(t, f == mapping.NoField, "identity by no field")
	}
}

func describedRules(t *testing.T, v *vendors.Vendor) {
	for _, r := range append(v.Rules, vendors.CommonRules()...) {
		notEmpty(t, "rule "+r.When()+" → "+r.Then, map[string]string{"code": r.Then, "hint": r.Hint, "doc": r.Doc})
		errorIf(t, !snake.MatchString(r.Then), "rule %s: code %q", r.When(), r.Then)
		errorIf(t, r.Class == vendors.NotSent, "rule %s: an answer cannot mean that nothing was sent", r.When())
		errorIf(t, r.AnyBody && (len(r.Status) == 0 || r.Code+r.Field+r.Text != ""), "rule %s: AnyBody goes with a status and nothing else", r.When())
	}
	for _, c := range append(v.Codes(), v.LocalCodes()...) {
		if c.Code != "created" {
			notEmpty(t, "code "+c.Code, map[string]string{"class": c.Class, "meaning": c.Meaning, "hint": c.Hint})
		}
	}
}
