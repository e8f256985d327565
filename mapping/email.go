package mapping

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Longest parts of an address, in bytes (RFC 5321, section 4.5.3.1, and erratum 1690 of RFC 3696).
const (
	maxLocalPart = 64
	maxAddress   = 254
	maxLabel     = 63
)

// readEmail takes one plain address: a dot-atom local part in ASCII (RFC 5321, section 4.1.2, without quoted strings) and
// a domain name of at least two labels. The domain comes out in lower case, an internationalized one in its ASCII form.
// The local part stays as written: only the receiving host may say whether its case counts.
func readEmail(s string) (value, *flaw) {
	v, bad := readAddress(s)
	if bad == nil || bad.code != CodeEmailInvalid && bad.code != CodeControlCharacter {
		return v, bad
	}
	found := otherThanAddress(s)
	switch {
	case found != nil && found.hint == takeHint:
		return v, found
	case found != nil:
		bad = found
	case bad.code == CodeControlCharacter:
		return v, bad
	}
	if meant := likelyProvider(s[strings.LastIndexByte(s, '@')+1:]); meant != "" {
		return v, bad.withHint("did you mean " + meant + " after the @? fix the address in the list")
	}
	return v, bad
}

func readAddress(s string) (value, *flaw) {
	if len(s) > 4*maxAddress {
		return value{}, emailTooLong
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return value{}, newFlaw(CodeEmailInvalid, "has no @")
	}
	local, domain := s[:at], s[at+1:]
	if bad := checkLocalPart(local); bad != nil {
		return value{}, bad
	}
	ascii, bad := readDomain(domain)
	if bad != nil {
		return value{}, bad
	}
	if ascii != domain {
		s = local + "@" + ascii
	}
	if len(s) > maxAddress {
		return value{}, emailTooLong
	}
	return value{text: s}, nil
}

func checkLocalPart(local string) *flaw {
	switch {
	case local == "":
		return newFlaw(CodeEmailInvalid, "has nothing before the @")
	case len(local) > maxLocalPart:
		return newFlaw(CodeTooLong, "has more than 64 characters before the @")
	case local[0] == '"':
		return newFlaw(CodeEmailInvalid, "has a quoted name before the @, which vendors refuse")
	case local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, ".."):
		return newFlaw(CodeEmailInvalid, "has an extra dot before the @")
	}
	for i := range len(local) {
		if c := local[i]; !isAtomText(c) && c != '.' {
			return badLocalByte(c)
		}
	}
	return nil
}

func badLocalByte(c byte) *flaw {
	switch {
	case c == '@':
		return newFlaw(CodeEmailInvalid, "has more than one @")
	case c == '<' || c == ',' || c == ';':
		return emailSeveral
	case c == ' ':
		return emailSpace
	case c < ' ' || c == 0x7F:
		return controlFlaw(rune(c))
	case c >= utf8.RuneSelf:
		return newFlaw(CodeEmailInvalid, "has a letter before the @ that is not ASCII, which vendors refuse")
	}
	return newFlaw(CodeEmailInvalid, "has a character before the @ that addresses don't have")
}

// isAtomText reports atext of RFC 5322, section 3.2.3.
func isAtomText(c byte) bool {
	return isLetter(c) || '0' <= c && c <= '9' || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

// readDomain returns the domain in lower-case ASCII; the same string when it is that already.
func readDomain(domain string) (string, *flaw) {
	plain := true
	for i := range len(domain) {
		switch c := domain[i]; {
		case c == ' ':
			return "", emailSpace
		case c < ' ' || c == 0x7F:
			return "", controlFlaw(rune(c))
		case c == '>' || c == ',' || c == ';':
			return "", emailSeveral
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	if domain != "" && domain[len(domain)-1] == '.' {
		return "", emailDomain
	}
	low := domain
	if plain {
		low = strings.ToLower(domain)
	}
	if !plain || strings.HasPrefix(low, "xn--") || strings.Contains(low, ".xn--") {
		if low = asciiDomain(low); low == "" {
			return "", emailDomain
		}
	}
	return low, checkDomain(low)
}

// asciiDomain returns an internationalized domain in ASCII (UTS 46, as browsers look names up); empty when it can't be
// looked up, or when the ASCII form would not mean the same to the next reader.
func asciiDomain(domain string) string {
	if !utf8.ValidString(domain) {
		return ""
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return ""
	}
	if again, err := idna.Lookup.ToASCII(ascii); err != nil || again != ascii {
		return ""
	}
	return ascii
}

// checkDomain checks letters, digits and hyphens (RFC 1123, section 2.1) and that the last label is no number.
func checkDomain(domain string) *flaw {
	if len(domain) > maxAddress-2 {
		return emailTooLong
	}
	labels, last := 0, ""
	for last = range strings.SplitSeq(domain, ".") {
		if !isLabel(last) {
			return emailDomain
		}
		labels++
	}
	if labels < 2 {
		return newFlaw(CodeEmailInvalid, "has no full domain after the @")
	}
	if '0' <= last[0] && last[0] <= '9' || len(last) < 2 {
		return emailDomain // an address of digits, or no top-level domain there is
	}
	return nil
}

func isLabel(label string) bool {
	for i := range len(label) {
		if c := label[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return label != "" && len(label) <= maxLabel && label[0] != '-' && label[len(label)-1] != '-'
}

var (
	emailDomain  = newFlaw(CodeEmailInvalid, "has a domain that cannot exist")
	emailSpace   = newFlaw(CodeEmailInvalid, "has a space in it")
	emailSeveral = newFlaw(CodeEmailInvalid, "is more than one plain address")
	emailTooLong = newFlaw(CodeTooLong, "has more than 254 characters")
)
