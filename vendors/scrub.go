package vendors

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"maps"
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
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
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

// clean makes a vendor's text safe to show: secrets and the row's own values masked, and with looks what looks like a token or an e-mail
// address too (not for ids, many of which do); control characters escaped; cut to most runes.
func (s *scrubber) clean(text string, personal []string, most int, looks bool) string {
	if text == "" {
		return ""
	}
	text = strings.ToValidUTF8(text[:min(len(text), 8<<10)], "\ufffd") // far more than is shown, and bounds the work
	text = s.known(text, personal)
	if looks {
		for _, look := range s.looks {
			text = look.ReplaceAllString(text, masked)
		}
	}
	return mapping.Escape(text, most)
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
// plus sign. What is shorter than three runes is left alone: masking it would make every text unreadable.
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
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.Compact(values)
}

// replaceFold replaces old in text in any case. A short value made of letters and digits is left alone inside a longer word: "Ann" is
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

// insideWord reports whether a letter or digit is right before or right after text[from:to].
func insideWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return isWordRune(before) || isWordRune(after)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// escapeLines escapes control characters but keeps line feeds, for bodies of several lines.
func escapeLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = mapping.Escape(lines[i], 64<<10)
	}
	return strings.Join(lines, "\n")
}
