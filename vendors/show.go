package vendors

import (
	"maps"
	"net/http"
	"slices"

	"importer/mapping"
)

// shownHeader is the request's header with every secret masked.
func (a *Account) shownHeader() http.Header {
	header := maps.Clone(a.header)
	expandInto(header, a.vendor.Headers, a.shownSetting)
	return header
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
