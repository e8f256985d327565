package mapping

import (
	"strings"
	"sync"

	"importer/mapping/wordlist"
)

// provider is a mail provider so big that a name one typo away from its own is nearly always a typo.
type provider struct{ name, rest string } // "gmail", ".com"

// typos is what is known of typos in domains; words/providers.txt says what each list is for.
type typos struct {
	*wordlist.Section
	providers []provider
	initials  uint32 // a bit for the first letter of each provider's name
}

// domainTypos is made on first use and never changed.
var domainTypos = sync.OnceValue(func() *typos {
	known := &typos{Section: providerWords("slips")}
	providers := providerWords("providers")
	for _, name := range providers.Keys {
		known.initials |= 1 << (name[0] - 'a')
		for _, rest := range providers.Items(name) {
			known.providers = append(known.providers, provider{name, "." + rest})
		}
	}
	return known
})

// likelyDomain returns the domain that a well-formed one in lower case is probably a typo of, empty when it is probably right.
func likelyDomain(domain string) string {
	known := domainTypos()
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 {
		return ""
	}
	name, last := domain[:dot], domain[dot+1:]
	if len(last) <= 4 && last != "com" && (known.Has("no endings", last) || known.Has("endings of others", last) && known.Has("big", name)) {
		if meant := likelyDomain(name + ".com"); meant != "" {
			return meant // two typos: gmial.con
		}
		return name + ".com"
	}
	if c := domain[0] - 'a'; c > 'z'-'a' || known.initials>>c&1 == 0 {
		return "" // most domains
	}
	for _, p := range known.providers {
		if domain[0] != p.name[0] || len(domain) < len(p.name)+len(p.rest)-1 || len(domain) > len(p.name)+len(p.rest)+1 {
			continue // hardly anybody typos in the first letter: mail.com, email.com and ymail.com are no gmail.com
		}
		written, ok := strings.CutSuffix(domain, p.rest)
		if !ok {
			continue
		}
		if known.Has("big", written) {
			return ""
		}
		if editDistance(written, p.name) == 1 {
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
	domain = strings.ToLower(domain)
	for _, mark := range []string{",", "..", " ", ";"} {
		domain = strings.ReplaceAll(domain, mark, ".")
	}
	domain = strings.Trim(domain, ".")
	for _, p := range domainTypos().providers {
		whole := p.name + p.rest
		if domain == whole || domain == strings.ReplaceAll(whole, ".", "") || domain == p.name {
			return whole
		}
	}
	return ""
}
