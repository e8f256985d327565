package vendors

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"importer/mapping"
)

const (
	maxMessage = 300 // runes of a message
	maxName    = 100 // runes of a vendor's code, field or id
	masked     = "***"
)

// scrubber takes secrets and personal values out of texts of a vendor or of the wire.
type scrubber struct {
	secrets []string // longest first
	looks   []*regexp.Regexp
}

// newScrubber knows an account's secrets: as they are, and as they stand in a URL.
func newScrubber(secrets map[string]Secret) scrubber {
	var s scrubber
	for _, name := range sortedSecretNames(secrets) {
		value := secrets[name].Reveal()
		s.secrets = append(s.secrets, value, url.QueryEscape(value), url.PathEscape(value))
	}
	s.secrets = longestFirst(s.secrets)
	s.looks = []*regexp.Regexp{
		regexp.MustCompile(`(?i)(bearer|basic|token|apikey|api[-_]key)[\s:="]+[a-z0-9._~+/=-]{8,}`),
		regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){0,2}`),
		regexp.MustCompile(`[0-9a-fA-F]{32,}`),
		regexp.MustCompile(`[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+`),
	}
	return s
}

// text makes a message safe: secrets, the row's own values and whatever looks like a token or an e-mail address masked, control characters
// escaped, cut to 300 runes.
func (s *scrubber) text(message string, personal []string) string {
	if message == "" {
		return ""
	}
	message = message[:min(len(message), 8<<10)] // far more than is shown, and bounds the work
	message = s.hide(strings.ToValidUTF8(message, "\ufffd"), personal)
	return mapping.Escape(message, maxMessage)
}

// name makes a vendor's code or field safe.
func (s *scrubber) name(name string, personal []string) string {
	if name == "" {
		return ""
	}
	name = name[:min(len(name), 8<<10)]
	return mapping.Escape(s.hide(strings.ToValidUTF8(name, "\ufffd"), personal), maxName)
}

// hide masks known values and what looks like a token or an e-mail address.
func (s *scrubber) hide(text string, personal []string) string {
	text = s.known(text, personal)
	for _, look := range s.looks {
		text = look.ReplaceAllString(text, masked)
	}
	return text
}

// known masks the account's secrets and the row's own values.
func (s *scrubber) known(text string, personal []string) string {
	for _, secret := range longestFirst(append(encodings(s.secrets, len(text)), s.secrets...)) {
		text = replaceFold(text, secret, secretShown)
	}
	values := spellings(personal)
	for _, value := range longestFirst(append(encodings(values, len(text)), values...)) {
		text = replaceFold(text, value, masked)
	}
	return text
}

// encodings are the writings of values in hex and in base64 that fit into a text of size bytes. In base64 a value looks different at each of three
// places in its surroundings; what touches its neighbours is left out. What is shorter than six bytes is left alone.
func encodings(values []string, size int) (all []string) {
	for _, v := range values {
		if len(v) < 6 || base64.RawStdEncoding.EncodedLen(len(v))-2 > size {
			continue
		}
		all = append(all, hex.EncodeToString([]byte(v)))
		for shift := range 3 {
			text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift, shift+len(v)), v...))
			text = text[(shift*8+5)/6 : (shift+len(v))*8/6]
			all = append(all, text)
			if other := strings.NewReplacer("+", "-", "/", "_").Replace(text); other != text {
				all = append(all, other)
			}
		}
	}
	return all
}

// spellings are the writings under which a row's values may come back: as they are, escaped for a URL, and telephone numbers without their
// plus sign. What is shorter than three runes is left alone: it would tear every text to pieces.
func spellings(values []string) []string {
	var all []string
	for _, v := range values {
		if utf8.RuneCountInString(v) < 3 || v == "true" || v == "false" {
			continue
		}
		all = append(all, v)
		if escaped := url.QueryEscape(v); escaped != v {
			all = append(all, escaped)
		}
		if digits := strings.TrimPrefix(v, "+"); digits != v && len(digits) > 5 {
			all = append(all, digits)
		}
	}
	return all
}

func longestFirst(values []string) []string {
	slices.SortFunc(values, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(values)
}

// replaceFold replaces old in text whatever its case. A short value made of letters and digits is left alone inside a longer word: "Ann" is
// not to be found in "cannot".
func replaceFold(text, old, with string) string {
	if old == "" || len(old) > len(text) {
		return text
	}
	var b strings.Builder
	last := 0
	for i := 0; i+len(old) <= len(text); {
		if !strings.EqualFold(text[i:i+len(old)], old) || len(old) < 6 && insideWord(text, i, i+len(old)) {
			i++
			continue
		}
		b.WriteString(text[last:i])
		b.WriteString(with)
		i += len(old)
		last = i
	}
	b.WriteString(text[last:])
	return b.String()
}

// insideWord reports whether a letter or digit stands right before or right after text[from:to].
func insideWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return isWordRune(before) || isWordRune(after)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func sortedSecretNames(secrets map[string]Secret) []string {
	names := make([]string, 0, len(secrets))
	for name := range secrets {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// id makes a user's id safe: secrets and the row's own values masked, control characters escaped, cut to 100 runes. What merely looks like a
// token stays: many ids do.
func (s *scrubber) id(id string, personal []string) string {
	if id == "" {
		return ""
	}
	id = id[:min(len(id), 8<<10)]
	return mapping.Escape(s.known(strings.ToValidUTF8(id, "\ufffd"), personal), maxName)
}

// escapeLines escapes control characters but keeps line feeds, for bodies of several lines.
func escapeLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = mapping.Escape(lines[i], 64<<10)
	}
	return strings.Join(lines, "\n")
}
