package vendors

import (
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// CanonicalID returns an account's ID in the one form that all writings of the same base URL have: see [Account.ID]. IDs of earlier versions had the URL
// as it was typed.
func CanonicalID(id string) string {
	parts := strings.SplitN(id, " ", 3) // vendor, base URL, settings
	if len(parts) < 2 {
		return id
	}
	if u, err := url.Parse(parts[1]); err == nil && u.Host != "" {
		parts[1] = canonicalURL(u)
	}
	return strings.Join(parts, " ")
}

// canonicalURL writes a base URL as RFC 3986, section 6.2, has it: scheme and host in lower case, the host in ASCII (RFC 5891) and without the dot at its
// end, no default port and no zeros before one, no needless escapes, no . and .. in the path, and no slash at its end.
func canonicalURL(u *url.URL) string {
	c := url.URL{Scheme: strings.ToLower(u.Scheme), Host: canonicalHost(u.Hostname())}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); err == nil && !isDefaultPort(c.Scheme, port) {
		c.Host += ":" + strconv.FormatUint(port, 10)
	}
	if p := path.Clean("/" + u.Path); p != "/" {
		c.Path = p // written anew: what needs no escape has none
	}
	return c.String()
}

func isDefaultPort(scheme string, port uint64) bool {
	return scheme == "https" && port == 443 || scheme == "http" && port == 80
}

func canonicalHost(host string) string {
	if ip, err := netip.ParseAddr(host); err == nil {
		if text := ip.String(); ip.Is6() {
			return "[" + text + "]"
		} else {
			return text
		}
	}
	host = strings.ToLower(strings.TrimRight(host, "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return host
}
