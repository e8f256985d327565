package vendors

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"importer/mapping"
)

// Account is a vendor with its settings resolved. It is safe for concurrent use: nothing changes but what its probes have learnt. Printing it
// shows its ID.
type Account struct {
	vendor    *Vendor
	id        string
	base      *url.URL
	url       *url.URL // of the chosen operation
	operation Operation
	encoding  Encoding
	settings  map[string]string
	secrets   map[string]Secret
	fields    []WireField // of the chosen operation
	header    http.Header // complete but for the dated ones; never changed
	// contentType is the one in header; "" where it depends on the body (multipart).
	contentType string
	dated       []Header // headers with {now}
	now         Clock
	scrub       scrubber
	answered    sync.Map // the keys of probes whose answer is known
	known       bool     // see Known
}

// newAccount puts an account together from checked settings.
func newAccount(v *Vendor, b Binding, r *resolver, base *url.URL) (*Account, error) {
	a := &Account{vendor: v, base: base, settings: r.settings, secrets: r.secrets, now: b.Now, known: !r.unknown}
	if a.now == nil {
		a.now = time.Now
	}
	a.operation = v.operation(a.settings["operation"])
	a.encoding = v.encoding(a.settings["encoding"])
	a.fields = v.fieldsOf(a.operation.Name)
	var err error
	if a.url, err = a.address(a.operation.Path); err != nil {
		return nil, err
	}
	a.scrub = newScrubber(a.secrets)
	a.prepareHeader()
	a.id = a.makeID(b.Nonce)
	return a, nil
}

// ID names the account: vendor, base URL in its canonical form and tenant settings, never the key: "distinct https://api.distinct.so experienceValue=…". A tenant
// setting that is secret counts by the first 32 bits of its SHA-256.
func (a *Account) ID() string { return a.id }

// Known reports whether the settings say which account it is. Where one that decides that has no value (see [Binding].Missing), no run was ever made with
// the ID.
func (a *Account) Known() bool { return a.known }

// String returns the ID.
func (a *Account) String() string { return a.id }

// Format prints the ID for every verb: the inside holds secrets.
func (a *Account) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, a.id) }

// Vendor returns the description.
func (a *Account) Vendor() *Vendor { return a.vendor }

// BaseURL returns everything before the vendor's own path.
func (a *Account) BaseURL() string { return a.base.String() }

// URL returns the address of the chosen operation. It holds no secret.
func (a *Account) URL() string { return a.url.String() }

// Operation returns the chosen operation.
func (a *Account) Operation() Operation { return a.operation }

// Setting returns a plain setting's value; secrets are not given.
func (a *Account) Setting(name string) string { return a.settings[name] }

// Uses reports whether the chosen operation can send a standard field.
func (a *Account) Uses(f mapping.Field) bool {
	return f != mapping.NoField && slices.ContainsFunc(a.fields, func(w WireField) bool { return w.From == f })
}

// Requires reports whether the chosen operation always needs a standard field.
func (a *Account) Requires(f mapping.Field) bool {
	return f != mapping.NoField && slices.ContainsFunc(a.fields, func(w WireField) bool {
		return w.From == f && w.Need.Always && w.write(a.emptyInput()).Kind == NoValue
	})
}

func (a *Account) emptyInput() *Input {
	return &Input{Customer: &mapping.Customer{}, Operation: a.operation.Name, settings: a.settings}
}

// address appends a path template to the base URL. Values are escaped for a query.
func (a *Account) address(path string) (*url.URL, error) {
	text, without := expand(path, func(name string) string { return url.QueryEscape(a.settings[name]) })
	if len(without) > 0 {
		return nil, fmt.Errorf("setting %s is not set", strings.Join(without, ", "))
	}
	return url.Parse(a.base.String() + text)
}

// prepareHeader expands the described headers once.
func (a *Account) prepareHeader() {
	a.header = http.Header{"Accept": {"application/json"}, "Accept-Encoding": {"identity"}, "User-Agent": {"importer"}}
	if a.encoding != Multipart {
		_, a.contentType = encodeBody(a.encoding, "", nil)
		a.header["Content-Type"] = []string{a.contentType}
	}
	for _, h := range a.vendor.Headers {
		if strings.Contains(h.Value, "{now}") {
			a.dated = append(a.dated, h)
		}
	}
	expandInto(a.header, a.vendor.Headers, a.reveal) // without the dated ones: here "now" has no value
}

// expandInto adds the described headers whose settings all have a value.
func expandInto(header http.Header, described []Header, get func(setting string) string) {
	for _, h := range described {
		if value, without := expand(h.Value, get); len(without) == 0 {
			header[http.CanonicalHeaderKey(h.Name)] = []string{value}
		}
	}
}

// reveal gives a setting's value, secret or not.
func (a *Account) reveal(name string) string {
	if s, ok := a.secrets[name]; ok {
		return s.Reveal()
	}
	return a.settings[name]
}

func (a *Account) makeID(nonce string) string {
	parts := []string{a.vendor.Name, canonicalURL(a.base)}
	for _, s := range a.vendor.Settings {
		if !s.Tenant {
			continue
		}
		if secret, ok := a.secrets[s.Name]; ok {
			sum := sha256.Sum256([]byte(secret.Reveal()))
			parts = append(parts, s.Name+"=#"+hex.EncodeToString(sum[:4]))
			continue
		}
		if value := a.settings[s.Name]; value != "" {
			parts = append(parts, s.Name+"="+url.QueryEscape(value))
		}
	}
	if !a.known {
		parts = append(parts, "unknown")
	}
	if nonce != "" {
		parts = append(parts, "nonce="+url.QueryEscape(nonce))
	}
	return strings.Join(parts, " ")
}

func (v *Vendor) operation(name string) Operation {
	return v.Operations[max(0, slices.IndexFunc(v.Operations, func(o Operation) bool { return o.Name == name }))]
}

func (v *Vendor) encoding(name string) Encoding {
	return v.Encodings[max(0, slices.Index(v.Encodings, Encoding(name)))]
}

func (v *Vendor) fieldsOf(operation string) []WireField {
	var fields []WireField
	for _, f := range v.Fields {
		if len(f.Operations) == 0 || slices.Contains(f.Operations, operation) {
			f.Checks = f.checks()
			fields = append(fields, f)
		}
	}
	return fields
}

// Fields returns the wire fields of the chosen operation, in order. The slice is the caller's own.
func (a *Account) Fields() []WireField { return slices.Clone(a.fields) }
