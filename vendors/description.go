package vendors

import (
	"cmp"
	"slices"

	"importer/mapping"
)

// Description is a vendor in words, for people and for JSON. The order is that of the vendor's own lists.
type Description struct {
	Name            string             `json:"name"`
	Title           string             `json:"title"`
	Page            string             `json:"page"`
	Doc             string             `json:"doc"`
	BaseURL         string             `json:"base_url"`
	Operations      []Operation        `json:"operations"`
	Encodings       []Encoding         `json:"encodings"`
	Settings        []Setting          `json:"settings"`
	Headers         []Header           `json:"headers"`
	Fields          []FieldDescription `json:"fields"`
	Passwords       string             `json:"generated_passwords,omitempty"`
	Limits          string             `json:"limits"`
	LimitsDoc       string             `json:"limits_doc"`
	Repeat          string             `json:"repeat"`
	Identity        []string           `json:"identity"`
	Unique          []string           `json:"unique,omitempty"` // standard fields that the vendor takes from one user only
	Questions       []Probe            `json:"questions,omitempty"`
	CredentialCheck string             `json:"trying_credentials"`
	Codes           []CodeRule         `json:"codes"`
}

// FieldDescription is a wire field in words.
type FieldDescription struct {
	Name        string   `json:"name"`
	Type        Type     `json:"type"`
	Required    string   `json:"required"` // "yes", "no" or "when ..."
	From        string   `json:"from"`     // a standard field, "setting ...", "metadata.<key>" or "wire:"
	Format      string   `json:"format,omitempty"`
	Constraints []string `json:"constraints,omitempty"`
	Operations  []string `json:"operations,omitempty"` // empty = all
	Doc         string   `json:"doc"`
}

// CodeRule is a row of the error table.
type CodeRule struct {
	When string `json:"when"` // the conditions: "400, field username, text \"already taken\""
	CodeInfo
}

// Description returns the vendor in words, the common rules after the vendor's own.
func (v *Vendor) Description() Description {
	d := Description{
		Name: v.Name, Title: v.Title, Page: v.Page, Doc: v.Doc, BaseURL: v.BaseURL, Operations: v.Operations, Encodings: v.Encodings,
		Settings: v.Settings, Headers: v.Headers, Limits: FormatLimits(v.Limits), LimitsDoc: v.LimitsDoc, Repeat: v.Repeat.Doc,
		Questions: v.Probes, CredentialCheck: v.CredentialCheck.Doc,
	}
	for i := range v.Fields {
		d.Fields = append(d.Fields, v.Fields[i].describe())
	}
	if slices.ContainsFunc(v.Fields, func(f WireField) bool { return f.From == mapping.Password }) {
		d.Passwords = v.passwordRule().String()
	}
	for _, f := range v.Identity {
		d.Identity = append(d.Identity, f.String())
	}
	for _, u := range v.Unique {
		d.Unique = append(d.Unique, u.Field.String())
	}
	for _, r := range v.allRules() {
		d.Codes = append(d.Codes, CodeRule{r.When(), r.codeInfo()})
	}
	for _, last := range [][2]string{ // what the HTTP status alone decides
		{"3xx, any body", codeRedirectRefused}, {"5xx, any body", "server_error_5xx"}, {"2xx, the vendor's own body", codeSuccessUnconfirmed},
		{"any other, the vendor's own body", codeUnknownError}, {"any other body", codeAnswerUnreadable},
	} {
		codes := WireCodes()
		i := slices.IndexFunc(codes, func(c CodeInfo) bool { return c.Code == last[1] })
		d.Codes = append(d.Codes, CodeRule{last[0], codes[i]})
	}
	return d
}

func (r *Rule) codeInfo() CodeInfo { return CodeInfo{r.Then, r.Class.String(), r.Doc, r.Hint} }

func (f *WireField) describe() FieldDescription {
	d := FieldDescription{
		Name: f.Name, Type: cmp.Or(f.Type, String), Required: f.Need.String(), From: f.source(), Format: f.Format.Doc, Operations: f.Operations, Doc: f.Doc,
	}
	for _, c := range f.checks() {
		d.Constraints = append(d.Constraints, c.Doc)
	}
	return d
}

// allRules are the vendor's rules and the common ones that still say something after them.
func (v *Vendor) allRules() []Rule {
	rules := slices.Clone(v.Rules)
	for _, common := range CommonRules() {
		same := func(r Rule) bool { return r.AnyBody && slices.Equal(r.Status, common.Status) }
		if !slices.ContainsFunc(v.Rules, same) {
			rules = append(rules, common)
		}
	}
	return rules
}

// Codes lists every code that a verdict on this vendor can carry, each once: the vendor's own, the common ones, and those of the wire.
func (v *Vendor) Codes() []CodeInfo {
	var codes []CodeInfo
	seen := map[string]bool{}
	add := func(c CodeInfo) {
		if !seen[c.Code] {
			seen[c.Code] = true
			codes = append(codes, c)
		}
	}
	for _, r := range v.allRules() {
		add(r.codeInfo())
	}
	for _, c := range WireCodes() {
		add(c)
	}
	return codes
}

// LocalCodes lists the codes of the faults that [Account.Prepare] and the probes' answers find before a row is sent, each once.
func (v *Vendor) LocalCodes() []CodeInfo {
	codes := []CodeInfo{
		{codeMissing, "invalid", "a field that the vendor requires has no value", "fill the cell, or map another column or a default"},
		{codeSecretLeftOut, "invalid", "a cell holds the marker of a secret that a failed file left out", leftOutHint},
	}
	seen := map[string]bool{}
	for i := range v.Fields {
		for _, c := range v.Fields[i].checks() {
			if !seen[c.Code+c.Doc] {
				seen[c.Code+c.Doc] = true
				codes = append(codes, CodeInfo{c.Code, "invalid", v.Fields[i].Name + " must be " + c.Doc, c.Hint})
			}
		}
	}
	return codes
}
