package epixel

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"importer/mapping"
	"importer/vendors"
)

// probes ask for sponsors before members are sent: once for the list of sponsors, then for each sponsor that is not in it. Neither registers
// anything. The shapes of both answers are not documented; what cannot be read says nothing about the row.
func probes() []vendors.Probe {
	return []vendors.Probe{
		{
			Name: "sponsors", Doc: "GET /user/get/sponsors/: the list of sponsors, once a run",
			When: func(a *vendors.Account) bool {
				return slices.Contains([]string{"list", "both"}, a.Setting("sponsor_check"))
			},
			Key: func(c *mapping.Customer) string {
				if c.Has(mapping.Sponsor) {
					return "all"
				}
				return ""
			},
			Ask: learnSponsors,
		},
		{
			Name: "sponsor", Doc: "POST /user/validate-sponsor/: whether a sponsor exists and is active, once for each",
			When: func(a *vendors.Account) bool {
				return slices.Contains([]string{"validate", "both"}, a.Setting("sponsor_check"))
			},
			Key: func(c *mapping.Customer) string { return c.Text(mapping.Sponsor) },
			Ask: validateSponsor,
		},
	}
}

// learnSponsors reads the list of sponsors. A sponsor that is not in it may stand on another page of it, so the list alone refuses nobody.
func learnSponsors(ctx context.Context, a *vendors.Account, rt http.RoundTripper, _ string) (*mapping.Fault, *vendors.Verdict) {
	reply, failed := a.Ask(ctx, rt, vendors.Question{Method: http.MethodGet, Path: listPath})
	if failed != nil {
		return nil, failed
	}
	if reply.Status >= http.StatusInternalServerError { // the vendor fails: ask again, when it says
		v := a.Classify(reply, nil)
		v.Class = vendors.Unknown
		return nil, &v
	}
	if reply.Status == http.StatusOK {
		a.Learn(SponsorsIn(reply.Body))
	}
	return nil, nil
}

// SponsorsIn finds usernames in a list of sponsors of unknown shape: texts in lists, and the members username, user_name and name of
// objects in lists, at the top or below data or results. In lower case.
func SponsorsIn(body []byte) []string {
	doc, ok := vendors.ParseJSON(body)
	if !ok {
		return nil
	}
	data := doc.Member("data")
	for _, list := range []vendors.Node{doc, data, doc.Member("results"), data.Member("results"), data.Member("sponsors"), doc.Member("sponsors")} {
		if list.IsArray() {
			return usernames(list)
		}
	}
	return nil
}

func usernames(list vendors.Node) []string {
	var names []string
	for _, item := range list.Items() {
		for _, n := range []vendors.Node{item, item.Member("username"), item.Member("user_name"), item.Member("name")} {
			if text, ok := n.Text(); ok && text != "" {
				names = append(names, strings.ToLower(text))
				break
			}
		}
	}
	return names
}

// validateSponsor asks for one sponsor, unless the list named it.
func validateSponsor(ctx context.Context, a *vendors.Account, rt http.RoundTripper, sponsor string) (*mapping.Fault, *vendors.Verdict) {
	if a.Knows(strings.ToLower(sponsor)) {
		return nil, nil
	}
	reply, failed := a.Ask(ctx, rt, vendors.Question{
		Method: http.MethodPost, Path: "/user/validate-sponsor/",
		Members: []mapping.Pair{{Name: a.Setting("sponsor_field"), Text: sponsor}},
	})
	if failed != nil {
		return nil, failed
	}
	verdict := a.Classify(reply, []string{sponsor})
	switch {
	case confirmed(reply):
		return nil, nil
	case verdict.Class == vendors.Rejected && strings.HasPrefix(verdict.Code, "sponsor_"):
		return fault(sponsor, verdict.Code, "the vendor says of the sponsor: "+verdict.Message, verdict.Hint), nil
	case a.Setting("sponsor_unclear") == "refuse":
		return fault(sponsor, "sponsor_unclear", "the vendor's answer about the sponsor could not be read",
			"look up the sponsor at the vendor, or set sponsor_unclear: send"), nil
	}
	verdict.Class = vendors.Unknown
	return nil, &verdict
}

// confirmed reports whether the answer says yes: a 200 whose body, if it has a status and errors, has status 200 and none.
func confirmed(r vendors.Reply) bool {
	answer := Read(r.Status, r.Header, r.Body)
	return r.Problem == "" && r.Status == http.StatusOK && answer.Recognized && answer.BodyStatus == http.StatusOK && len(answer.Errors) == 0
}

// fault is a fault of the row's sponsor.
func fault(sponsor, code, message, hint string) *mapping.Fault {
	return &mapping.Fault{Code: code, Field: mapping.Sponsor.String(), Shown: mapping.Mask(mapping.Sponsor, sponsor), Message: message, Hint: hint}
}
