package vendors

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

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

// newScrubber knows an account's secrets.
func newScrubber(secrets map[string]Secret) scrubber {
	var s scrubber
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		s.secrets = append(s.secrets, secrets[name].Reveal())
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
// address too (not for ids, many of which do), also where they are escaped for JSON, HTML or a URL, several times over; control characters escaped; cut
// to most runes.
func (s *scrubber) clean(text string, personal []string, most int, looks bool) string {
	if text == "" {
		return ""
	}
	text = strings.ToValidUTF8(text[:min(len(text), 8<<10)], "\ufffd") // far more than is shown, and bounds the work
	var spans []span
	views := viewsOf(text)
	secrets, values := writings(s.secrets), writings(spellings(personal))
	for _, v := range views {
		spans = append(v.find(spans, secrets, secretShown), v.find(nil, values, masked)...)
		if looks {
			spans = append(spans, v.look(s.looks)...)
		}
	}
	return mapping.Escape(mask(text, spans), most)
}

// find adds where the view has one of the values, in any case, as it is or in hex or base64, which may be broken into lines.
func (v view) find(spans []span, values []string, with string) []span {
	for _, value := range values {
		spans = v.findOne(spans, value, with)
	}
	dense := v.squeezed()
	for _, value := range encodings(values, len(dense.text)) {
		spans = dense.findOne(spans, value, with)
	}
	return spans
}

// findOne adds where the view has a value. A short one made of letters and digits is left alone inside a longer word: "Ann" is not to be found in
// "cannot".
func (v view) findOne(spans []span, value, with string) []span {
	for i := 0; value != "" && i+len(value) <= len(v.text); {
		if !sameText(v.text[i:i+len(value)], value) || len(value) < 6 && insideWord(v.text, i, i+len(value)) {
			i++
			continue
		}
		spans = append(spans, v.span(i, i+len(value), with))
		i += len(value)
	}
	return spans
}

// sameText compares in any case; bytes that are no UTF-8 as they are. A form writes a space as a plus sign.
func sameText(text, value string) bool {
	if !utf8.ValidString(value) {
		return text == value
	}
	return strings.EqualFold(text, value) || strings.Contains(value, " ") && strings.EqualFold(strings.ReplaceAll(text, "+", " "), value)
}

// look finds what looks like a secret or an address.
func (v view) look(looks []*regexp.Regexp) (spans []span) {
	for _, look := range looks {
		for _, at := range look.FindAllStringIndex(v.text, -1) {
			spans = append(spans, v.span(at[0], at[1], masked))
		}
	}
	return spans
}

// mask puts what they say in the place of the spans; those that overlap are one, and a secret's word goes before any other.
func mask(text string, spans []span) string {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var b strings.Builder
	last := 0
	for i := 0; i < len(spans); {
		whole := spans[i]
		for i++; i < len(spans) && spans[i].from < whole.to; i++ {
			whole.to = max(whole.to, spans[i].to)
			if spans[i].with == secretShown {
				whole.with = secretShown
			}
		}
		b.WriteString(text[last:whole.from])
		b.WriteString(whole.with)
		last = whole.to
	}
	b.WriteString(text[last:])
	return b.String()
}

// writings are values as they are, and as they read when what looks like an escape in them is undone: a text is decoded until nothing changes. Besides, in
// the bytes of windows-1252, and as UTF-8 reads like where it is taken for one of the Western encodings.
func writings(values []string) (all []string) {
	for _, value := range values {
		all = append(all, value)
		for _, v := range viewsOf(value)[1:] {
			all = append(all, v.text)
		}
		if latin, err := charmap.Windows1252.NewEncoder().String(value); err == nil {
			all = append(all, latin)
		}
		for _, wrong := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1} {
			if double, err := wrong.NewDecoder().String(value); err == nil {
				all = append(all, double)
			}
		}
	}
	return longestFirst(all)
}

// encodings are the writings of values, as they are and escaped for JSON, HTML and URLs, in hex and in base64 that fit into a text of size bytes. In base64 a value looks different at each of three
// places in its surroundings; what touches its neighbours is left out. What is shorter than six bytes is left alone.
func encodings(values []string, size int) (all []string) {
	for _, v := range escaped(values) {
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

// escaped are values as they are, and as they are in JSON, HTML and URLs.
func escaped(values []string) (all []string) {
	for _, v := range values {
		all = append(all, v, html.EscapeString(v), url.QueryEscape(v), url.PathEscape(v))
		for _, escapeHTML := range []bool{false, true} {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(escapeHTML)
			if e.Encode(v) == nil {
				all = append(all, strings.TrimSuffix(strings.TrimPrefix(b.String(), `"`), "\"\n"))
			}
		}
	}
	return longestFirst(all)
}

// spellings are a row's values as they may come back: as they are, and telephone numbers without their plus sign. What is shorter than three runes is
// left alone: masking it would make every text unreadable.
func spellings(values []string) []string {
	var all []string
	for _, v := range values {
		if utf8.RuneCountInString(v) < 3 || v == "true" || v == "false" {
			continue
		}
		all = append(all, v)
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
