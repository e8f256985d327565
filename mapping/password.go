package mapping

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The lengths of generated passwords. Vendors have limits of their own besides.
const (
	LeastGenerated = 12 // shorter ones can be guessed
	MostGenerated  = 128
)

// IsHash reports what passwords are kept as: modular crypt formats ($2y$…, $P$…, $argon2…, {SSHA}…), Django's, bare hexadecimal digests of the usual
// lengths, also with a salt behind a colon or as MySQL (*2470C0…) and SQL Server (0x0100…) write them, and digests in base64.
func IsHash(text string) bool {
	kept := func(prefix string) bool { return strings.HasPrefix(text, prefix) }
	if len(text) >= 20 && slices.ContainsFunc(passwordWords().Items("hash prefixes"), kept) {
		return true
	}
	if binary, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok && len(binary) >= 32 && len(binary)%2 == 0 {
		return isHexadecimal(binary)
	}
	if digest, ok := strings.CutPrefix(text, "*"); ok && len(digest) == 40 {
		return isHexadecimal(digest)
	}
	digest, _, _ := strings.Cut(text, ":") // digest:salt
	switch len(digest) {
	case 32, 40, 56, 64, 96, 128:
		return isHexadecimal(digest)
	}
	return isBase64Digest(text)
}

// isHexadecimal reports whether a text is of hexadecimal digits: of letters alone it may be words.
func isHexadecimal(text string) bool {
	return strings.Trim(strings.ToLower(text), "0123456789abcdef") == "" && strings.ContainsAny(text, "0123456789")
}

// isBase64Digest reports whether a text is an MD5, SHA-1 or SHA-256 in base64. Real passwords of this length rarely end with = and decode to exactly that;
// those of letters alone are taken for words.
func isBase64Digest(text string) bool {
	if !strings.HasSuffix(text, "=") || strings.ToLower(text) == text || strings.ToUpper(text) == text || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	digest, err := base64.StdEncoding.Strict().DecodeString(text)
	return err == nil && (len(digest) == 16 || len(digest) == 20 || len(digest) == 32)
}

// IsMask reports what is shown in place of a password: four or more stars or dots and at most one character on either side of them, five or more of
// the letter x alone, or a word such as [redacted] or NULL.
func IsMask(text string) bool {
	words := passwordWords()
	if words.Has("mask words", strings.ToLower(text)) {
		return true
	}
	first, size := utf8.DecodeRuneInString(text)
	if n := utf8.RuneCountInString(text); n >= 5 && words.Has("mask letters", string(first)) {
		return strings.Trim(text, string(first)) == ""
	}
	masked := func(s string) bool {
		mark, _ := utf8.DecodeRuneInString(s)
		return utf8.RuneCountInString(s) >= 4 && words.Has("mask characters", string(mark)) && strings.Trim(s, string(mark)) == ""
	}
	_, last := utf8.DecodeLastRuneInString(text)
	return masked(text) || masked(text[size:]) || masked(text[:len(text)-last]) || len(text) > size+last && masked(text[size:len(text)-last])
}

// MayGenerate reports whether generated passwords may have n characters, whatever the vendor.
func MayGenerate(n int) bool { return n >= LeastGenerated && n <= MostGenerated }

// generate compiles FieldSpec.Generate.
func (c *compiler) generate(m *Mapper, st *step, s *FieldSpec) {
	if s.Generate == "" {
		return
	}
	pos := s.at("generate", "")
	n, err := strconv.Atoi(s.Generate)
	switch {
	case st.place != fieldPlace || st.field != Password:
		c.addf(pos, "generate makes passwords; other fields take value or expr", "%q is no password and takes no generate", s.Name)
	case err != nil || !MayGenerate(n):
		c.addf(pos, "it is how many characters a generated password has: "+strconv.Itoa(LeastGenerated)+" to "+strconv.Itoa(MostGenerated)+", such as 20",
			"generate of %q is %q", s.Name, Escape(s.Generate, maxShown))
	case s.Value != nil || s.Default != nil:
		c.addf(pos, "take one of them out", "%q is generated where the row has none: value and default would give everybody the same one", s.Name)
	default:
		m.generated = n
	}
}

// GeneratedPassword returns how many characters the password has that is made for a person whose row has none; 0: none is made. The mapper makes
// none itself: it has no secret.
func (m *Mapper) GeneratedPassword() int { return m.generated }
