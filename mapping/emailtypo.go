package mapping

import "strings"

// provider is a mail provider so big that a name one slip away from its own is nearly always a slip.
type provider struct{ name, rest string } // "gmail", ".com"

// providers holds names of five letters and more only: there is somebody's real domain beside every shorter one. Never changed.
var providers = []provider{
	{"gmail", ".com"}, {"googlemail", ".com"}, {"hotmail", ".com"}, {"hotmail", ".co.uk"}, {"hotmail", ".fr"}, {"hotmail", ".it"}, {"hotmail", ".es"}, {"hotmail", ".de"},
	{"outlook", ".com"}, {"yahoo", ".com"}, {"yahoo", ".co.uk"}, {"yahoo", ".fr"}, {"yahoo", ".de"}, {"yahoo", ".it"}, {"yahoo", ".es"}, {"yahoo", ".com.br"},
	{"icloud", ".com"}, {"protonmail", ".com"}, {"comcast", ".net"}, {"btinternet", ".com"}, {"wanadoo", ".fr"}, {"laposte", ".net"}, {"t-online", ".de"},
}

// initials has a bit for the first letter of each provider's name. Never changed.
var initials = func() (bits uint32) {
	for _, p := range providers {
		bits |= 1 << (p.name[0] - 'a')
	}
	return bits
}()

// bigNames are the names of providers by themselves, with short ones. Never changed.
var bigNames = words("gmail googlemail hotmail outlook yahoo icloud protonmail aol live msn ymail")

// slipsOfCom are endings that no domain has and that stand one slip beside com. Never changed.
var slipsOfCom = words("con cmo ocm vom xom cim comm coom ccom cpm clm cok comn conm dom coma")

// slipsOfBig are endings that exist, but not for the biggest providers. Never changed.
var slipsOfBig = words("co cm om")

// likelyDomain returns the domain that a well-formed one in lower case is probably a slip of, empty when it is probably right.
func likelyDomain(domain string) string {
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 {
		return ""
	}
	name, last := domain[:dot], domain[dot+1:]
	if len(last) <= 4 && last != "com" && (slipsOfCom[last] || slipsOfBig[last] && bigNames[name]) {
		if meant := likelyDomain(name + ".com"); meant != "" {
			return meant // two slips: gmial.con
		}
		return name + ".com"
	}
	if c := domain[0] - 'a'; c > 'z'-'a' || initials>>c&1 == 0 {
		return "" // most domains
	}
	for _, p := range providers {
		if domain[0] != p.name[0] || len(domain) < len(p.name)+len(p.rest)-1 || len(domain) > len(p.name)+len(p.rest)+1 {
			continue // hardly anybody slips in the first letter: mail.com, email.com and ymail.com are no gmail.com
		}
		written, ok := strings.CutSuffix(domain, p.rest)
		if !ok {
			continue
		}
		if bigNames[written] {
			return ""
		}
		if oneSlip(written, p.name) {
			return p.name + p.rest
		}
	}
	return ""
}

// likelyProvider is likelyDomain for what follows the @ of an address that can't be right: "gmail" and "gmailcom" are gmail.com.
func likelyProvider(domain string) string {
	if len(domain) > 40 {
		return ""
	}
	domain = lowerASCII(domain)
	for _, mark := range []string{",", "..", " ", ";"} {
		domain = strings.ReplaceAll(domain, mark, ".")
	}
	domain = strings.Trim(domain, ".")
	for _, p := range providers {
		whole := p.name + p.rest
		if domain == whole || domain == strings.ReplaceAll(whole, ".", "") || domain == p.name {
			return whole
		}
	}
	return ""
}

// oneSlip reports texts of ASCII that one letter missing, added, wrong or swapped with its neighbour makes of one another.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
