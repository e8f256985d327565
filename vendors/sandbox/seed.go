package sandbox

import (
	"slices"
	"strings"
)

// Seeded says whether a person is registered before the first request, so that a sample list shows failures worth seeing:
//
//   - e-mail addresses whose local part is taken, or taken+anything, at example.com, example.org or example.net;
//   - phone numbers that end in 0000001 (+353860000001) or 5550100 (+14155550100);
//   - usernames that are taken, or begin with taken. or taken_ or taken-;
//   - the sponsors anna.sponsor and ben.sponsor, which are members and active, and old.sponsor, which is not active.
func Seeded(k Key, value string) bool {
	switch k {
	case EmailKey:
		return seededEmail(strings.ToLower(value))
	case PhoneKey:
		return strings.HasSuffix(value, "0000001") || strings.HasSuffix(value, "5550100")
	case UsernameKey:
		return seededUsername(strings.ToLower(value))
	}
	return seededSponsors(k, value)
}

// seededSponsors knows the active sponsors and nobody else.
func seededSponsors(k Key, value string) bool {
	return k == MemberKey && (strings.EqualFold(value, "anna.sponsor") || strings.EqualFold(value, "ben.sponsor"))
}

func seededEmail(s string) bool {
	local, domain, _ := strings.Cut(s, "@")
	return (local == "taken" || strings.HasPrefix(local, "taken+")) && slices.Contains([]string{"example.com", "example.org", "example.net"}, domain)
}

func seededUsername(s string) bool {
	rest, ok := strings.CutPrefix(s, "taken")
	return ok && (rest == "" || strings.Contains("._-", rest[:1])) || slices.Contains([]string{"anna.sponsor", "ben.sponsor", "old.sponsor"}, s)
}
