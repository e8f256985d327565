package vendors

// Description is what a vendor's literal says, in words, for people and for JSON. The order of everything is the literal's.
type Description struct {
	Name       string              `json:"name"`
	Title      string              `json:"title"`
	Page       string              `json:"page"`
	Doc        string              `json:"doc"`
	BaseURL    string              `json:"base_url"`
	Operations []DescribedPath     `json:"operations"`
	Encodings  []Encoding          `json:"encodings"`
	Settings   []DescribedSetting  `json:"settings"`
	Headers    []DescribedHeader   `json:"headers"`
	Fields     []DescribedField    `json:"fields"`
	Limits     string              `json:"limits"`
	LimitsDoc  string              `json:"limits_doc"`
	Repeat     string              `json:"repeat"`
	Identity   []string            `json:"identity"`
	Questions  []DescribedQuestion `json:"questions,omitempty"`
	Harmless   string              `json:"trying_credentials"`
	Codes      []DescribedRule     `json:"codes"`
}

// DescribedPath is an operation.
type DescribedPath struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Doc  string `json:"doc"`
}

// DescribedSetting is a setting.
type DescribedSetting struct {
	Name     string   `json:"name"`
	Env      string   `json:"env,omitempty"`
	Secret   bool     `json:"secret"`
	Required bool     `json:"required"`
	Tenant   bool     `json:"tenant"`
	Default  string   `json:"default,omitempty"`
	Example  string   `json:"example,omitempty"`
	Values   []string `json:"values,omitempty"`
	Doc      string   `json:"doc"`
}

// DescribedHeader is a header; in Value, settings stand in braces.
type DescribedHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Doc   string `json:"doc"`
}

// DescribedField is a wire field.
type DescribedField struct {
	Name        string   `json:"name"`
	Type        Type     `json:"type"`
	Required    string   `json:"required"` // "yes", "no" or "when ..."
	From        string   `json:"from"`     // a standard field, "setting ...", "metadata.<key>" or "wire:"
	Format      string   `json:"format,omitempty"`
	Constraints []string `json:"constraints,omitempty"`
	Operations  []string `json:"operations,omitempty"` // empty = all
	Doc         string   `json:"doc"`
}

// DescribedQuestion is a probe.
type DescribedQuestion struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
}

// DescribedRule is a row of the error table.
type DescribedRule struct {
	When    string `json:"when"` // the conditions: "400, field username, text \"already taken\""
	Code    string `json:"code"`
	Class   string `json:"class"`
	Meaning string `json:"meaning"`
	Hint    string `json:"hint"`
}

// Description returns what the literal says, the common rules after the vendor's own.
func (v *Vendor) Description() Description {
	d := Description{
		Name: v.Name, Title: v.Title, Page: v.Page, Doc: v.Doc, BaseURL: v.BaseURL, Encodings: v.Encodings,
		Limits: FormatLimits(v.Limits), LimitsDoc: v.LimitsDoc, Repeat: v.Repeat.Doc, Harmless: v.Harmless.Doc,
	}
	for _, o := range v.Operations {
		d.Operations = append(d.Operations, DescribedPath(o))
	}
	for _, s := range v.Settings {
		d.Settings = append(d.Settings, DescribedSetting{s.Name, s.Env, s.Secret, s.Required, s.Tenant, s.Default, s.Example, s.Values, s.Doc})
	}
	for _, h := range v.Headers {
		d.Headers = append(d.Headers, DescribedHeader(h))
	}
	for i := range v.Fields {
		d.Fields = append(d.Fields, v.Fields[i].describe())
	}
	for _, f := range v.Identity {
		d.Identity = append(d.Identity, f.String())
	}
	for _, p := range v.Probes {
		d.Questions = append(d.Questions, DescribedQuestion{p.Name, p.Doc})
	}
	for _, r := range v.allRules() {
		d.Codes = append(d.Codes, DescribedRule{r.When(), r.Then, r.Class.String(), r.Doc, r.Hint})
	}
	d.Codes = append(d.Codes, byStatus()...)
	return d
}

// byStatus are the last rows of every error table: what is judged by the HTTP status alone.
func byStatus() []DescribedRule {
	row := func(when, code string) DescribedRule {
		for _, c := range WireCodes() {
			if c.Code == code {
				return DescribedRule{when, code, c.Class, c.Meaning, c.Hint}
			}
		}
		return DescribedRule{When: when, Code: code}
	}
	return []DescribedRule{
		row("3xx, any body", codeRedirectRefused),
		row("5xx, any body", "server_error_5xx"),
		row("2xx, the vendor's own body", codeSuccessUnconfirmed),
		row("any other, the vendor's own body", codeUnknownError),
		row("any other body", codeAnswerUnreadable),
	}
}

func (f *WireField) describe() DescribedField {
	d := DescribedField{Name: f.Name, Type: f.Type, Required: f.Need.String(), From: f.From.String(), Format: f.Format.Doc, Operations: f.Only, Doc: f.Doc}
	for _, c := range f.Checks {
		d.Constraints = append(d.Constraints, c.Doc)
	}
	return d
}

// allRules are the vendor's rules and the common ones that still say something after them.
func (v *Vendor) allRules() []Rule {
	rules := append([]Rule(nil), v.Rules...)
	for _, common := range CommonRules() {
		if !v.hasStatusRule(common.Status[0]) {
			rules = append(rules, common)
		}
	}
	return rules
}

func (v *Vendor) hasStatusRule(status int) bool {
	for i := range v.Rules {
		if r := &v.Rules[i]; r.AnyShape && len(r.Status) == 1 && r.Status[0] == status {
			return true
		}
	}
	return false
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
		add(CodeInfo{r.Then, r.Class.String(), r.Doc, r.Hint})
	}
	for _, c := range WireCodes() {
		add(c)
	}
	return codes
}

// LocalCodes lists the codes of the faults that [Account.Prepare] and the probes' answers find before a row is sent, each once.
func (v *Vendor) LocalCodes() []CodeInfo {
	codes := []CodeInfo{
		{"missing_required_field", "invalid", "a field that the vendor requires has no value", "fill the cell, or map another column or a default"},
		{codeSecretLeftOut, "invalid", "a cell holds the mark of a secret that a failed file left out", leftOutHint},
	}
	seen := map[string]bool{}
	for i := range v.Fields {
		for _, c := range v.Fields[i].Checks {
			if !seen[c.Code+c.Doc] {
				seen[c.Code+c.Doc] = true
				codes = append(codes, CodeInfo{c.Code, "invalid", v.Fields[i].Name + " must be " + c.Doc, c.Hint})
			}
		}
	}
	return codes
}
