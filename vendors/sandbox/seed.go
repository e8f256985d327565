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
	switch value = strings.ToLower(value); k {
	case EmailKey:
		local, domain, _ := strings.Cut(value, "@")
		return (local == "taken" || strings.HasPrefix(local, "taken+")) && slices.Contains([]string{"example.com", "example.org", "example.net"}, domain)
	case PhoneKey:
		return strings.HasSuffix(value, "0000001") || strings.HasSuffix(value, "5550100")
	case UsernameKey:
		rest, ok := strings.CutPrefix(value, "taken")
		return ok && (rest == "" || strings.Contains("._-", rest[:1])) || slices.Contains([]string{"anna.sponsor", "ben.sponsor", "old.sponsor"}, value)
	}
	return seededSponsors(k, value)
}

// seededSponsors knows the active sponsors and nobody else.
func seededSponsors(k Key, value string) bool {
	return k == MemberKey && (strings.EqualFold(value, "anna.sponsor") || strings.EqualFold(value, "ben.sponsor"))
}
