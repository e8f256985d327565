package vendors

import (
	"net/http"
	"strings"

	"importer/mapping"
)

// Vendor describes one vendor's registration API. It is a literal, made once and never changed after; safe for concurrent use.
// What people read about a vendor (`importer vendors NAME`) is printed from it, see [Vendor.Describe].
type Vendor struct {
	Name  string // what job files and flags call it: "distinct"
	Title string // what people call it: "Distinct"
	Page  string // the vendor's documentation page
	Doc   string // what an importer of lists must know about this vendor

	// BaseURL is everything before the vendor's own path. "{setting}" stands for a setting's value; settings named here are needed only
	// where the binding gives no base URL of its own.
	BaseURL    string
	Operations []Operation // the first is the default; where there are several, the setting "operation" chooses
	Encodings  []Encoding  // the first is the default; where there are several, the setting "encoding" chooses
	Envelope   string      // JSON member that wraps the body; "" = none
	Settings   []Setting
	Headers    []Header
	Fields     []WireField // in the order in which they are written
	Limits     []Limit
	LimitsDoc  string // whether the vendor publishes them
	Repeat     RepeatRule
	Identity   []mapping.Field // the first that a row carries is what makes two rows one person
	Unique     []Unique        // what the vendor takes from one user only, as its pages say

	// Read takes an answer apart. It is a pure function, must not panic on any bytes, and keeps no token.
	Read  func(status int, header http.Header, body []byte) Answer
	Rules []Rule // the first that matches decides; those of [CommonRules] follow

	// Check finds what is wrong between settings; nil = nothing to check.
	Check  func(get func(setting string) string) []Problem
	Probes []Probe

	CredentialCheck CredentialCheck

	// Passwords returns what the vendor takes as a password; nil: no rule is published.
	Passwords func(in *Input) PasswordRule
}

// Operation is one way to register with a vendor.
type Operation struct {
	Name string `json:"name"`
	Path string `json:"path"` // appended to the base URL; "{setting}" stands for a setting's value, escaped for a query
	Doc  string `json:"doc"`
}

// Header is a request header. In Value, "{setting}" stands for a setting's value and "{now}" for the HTTP date at the time of the attempt.
// A header that needs a setting without a value is left out.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Doc   string `json:"doc"`
}

// RepeatRule says what the vendor does with a request that it has already carried out.
type RepeatRule struct {
	Doc string
	Of  func(in *Input) Repeat

	// ByIdentity: the vendor looks at Identity alone, so another request for the same person is a repeat too, with any other content. Without it
	// only the very same request is one.
	ByIdentity bool
}

// EveryRepeat is the rule of a vendor that looks at Identity alone and does the same with every repeat.
func EveryRepeat(is Repeat, doc string) RepeatRule {
	return RepeatRule{Doc: doc, Of: func(*Input) Repeat { return is }, ByIdentity: true}
}

// Encoding is how a body is written.
type Encoding string

// The encodings.
const (
	JSON       Encoding = "json"       // application/json
	URLEncoded Encoding = "urlencoded" // application/x-www-form-urlencoded
	Multipart  Encoding = "multipart"  // multipart/form-data (RFC 7578)
)

// IdentityOf returns what makes a row a person to the vendor, as [Request.Identity] has it, and the field that says so; "" where the row has none of it.
func (v *Vendor) IdentityOf(c *mapping.Customer) (text string, by mapping.Field) {
	for _, f := range v.Identity {
		if text := c.Text(f); text != "" {
			return strings.ToLower(text), f
		}
	}
	return "", mapping.NoField
}
