package vendors

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
)

// Request is one customer's registration, ready to send. It is plain data: it may be kept, copied and sent by any goroutine. Printing it
// shows no body.
type Request struct {
	Identity string // normalised identity text (an e-mail in lower case); what makes two rows one person; "" = none
	Key      string // masked identity for people: "j***@example.com"
	Repeat   Repeat // what the vendor does with a repeat of this request

	RepeatByIdentity bool // any request of the same Identity is a repeat of this one to the vendor; else only the same Content is

	made *made // behind a pointer, so that no fmt verb walks into it
}

// made is the inside of a request; it is never changed.
type made struct {
	account     *Account
	members     []member
	body        []byte // nil when the row has faults
	contentType string
	personal    []string // the row's own values, masked in what the vendor says
}

// String shows the request without its body.
func (r Request) String() string { return "request for " + r.Key }

// Format prints String for every verb.
func (r Request) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// MarshalText returns String; encoding/json uses it.
func (r Request) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// LogValue returns String.
func (r Request) LogValue() slog.Value { return slog.StringValue(r.String()) }

// Size returns the body's length in bytes.
func (r Request) Size() int { return len(r.Content()) }

// Content returns what decides whether two requests ask for the same registration: the body, byte for byte. It holds personal data and
// secrets: use it for keyed digests only. Empty when Prepare found faults.
func (r Request) Content() string {
	if r.made == nil {
		return ""
	}
	return string(r.made.body)
}

// ContentWithout is Content as if a standard field were not sent, under any of its names: what is left that tells two requests apart.
func (r Request) ContentWithout(f mapping.Field) string {
	if r.Content() == "" {
		return ""
	}
	a, of := r.made.account, func(m member) bool { return m.from == f }
	body, _ := encodeBody(a.encoding, a.vendor.Envelope, slices.DeleteFunc(slices.Clone(r.made.members), of))
	return string(body)
}

// Show writes the request as it would be sent, with secrets and passwords masked. A request that was not prepared shows nothing.
func (r Request) Show(w io.Writer) {
	if r.made == nil || r.made.body == nil {
		return
	}
	a := r.made.account
	fmt.Fprintf(w, "POST %s HTTP/1.1\nHost: %s\n", a.url.RequestURI(), a.url.Host)
	header := maps.Clone(a.header)
	expandInto(header, a.vendor.Headers, a.shownSetting)
	header.Set("Content-Type", r.made.contentType)
	for _, name := range slices.Sorted(maps.Keys(header)) {
		fmt.Fprintf(w, "%s: %s\n", name, strings.Join(header[name], ", "))
	}
	fmt.Fprintf(w, "\n%s\n", a.hidePasswords(r.made.members))
}

func (a *Account) shownSetting(name string) string {
	if _, secret := a.secrets[name]; secret {
		return secretShown
	}
	if name == "now" {
		return "<HTTP date of the attempt>"
	}
	return a.settings[name]
}

// hidePasswords is the body as text with passwords masked and control characters escaped.
func (a *Account) hidePasswords(sent []member) string {
	members := slices.Clone(sent)
	for i := range members {
		if members[i].from == mapping.Password {
			members[i].value = Value{TextValue, secretShown}
		}
	}
	body, _ := encodeBody(a.encoding, a.vendor.Envelope, members)
	return escapeLines(string(body))
}
