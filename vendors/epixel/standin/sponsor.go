package standin

import (
	"net/http"
	"strings"

	"importer/vendors/sandbox"
)

var sponsorRules = []sandbox.Rule{text("sponsor", true, nil)}

// wrongSponsor is what a sign-up says of a sponsor, "" for an active one or none.
func wrongSponsor(g *sandbox.Register, sponsor string) string {
	switch {
	case sponsor == "" || g.Has(sandbox.MemberKey, sponsor):
		return ""
	case username(sponsor) != "":
		return "Invalid sponsor name"
	}
	return "The selected sponsor is not found or is in the inactive state."
}

// validateSponsor answers for one sponsor; it changes nothing.
func validateSponsor(c *sandbox.Call) sandbox.Answer {
	fields, refused, ok := form(c)
	if !ok {
		return refused
	}
	if faults := fields.Check(sponsorRules); len(faults) > 0 {
		return failFields(c.Shape, faults)
	}
	sponsor := fields.Text("sponsor")
	message := wrongSponsor(c.Register, sponsor)
	switch {
	case message == "":
		return succeed(map[string]string{"sponsor": sponsor})
	case username(sponsor) != "":
		message = "Invalid sponsor username."
	case strings.EqualFold(sponsor, "old.sponsor"):
		message = "Sponsor is blocked or inactive."
	}
	return failFields(c.Shape, []sandbox.Wrong{{Field: "sponsor", Text: message}})
}

// listSponsors lists every active sponsor by username.
func listSponsors(c *sandbox.Call) sandbox.Answer {
	type sponsor struct {
		Username string `json:"username"`
	}
	list := []sponsor{}
	for _, name := range append([]string{"anna.sponsor", "ben.sponsor"}, c.Register.Members()...) {
		if c.Register.Has(sandbox.MemberKey, name) {
			list = append(list, sponsor{name})
		}
	}
	return succeed(list)
}

var loginRules = []sandbox.Rule{text("username", true, nil), text("password", true, nil)}

// login gives the demo access token, without the usual envelope.
func login(c *sandbox.Call) sandbox.Answer {
	fields, refused, ok := form(c)
	if !ok {
		return refused
	}
	if faults := fields.Check(loginRules); len(faults) > 0 {
		return failFields(c.Shape, faults)
	}
	if fields.Text("username") != loginName || fields.Text("password") != loginSecret {
		return failText(http.StatusUnauthorized, "No active account found with the given credentials")
	}
	return sandbox.JSON(http.StatusOK, map[string]string{"refresh": sandbox.TokenMark + "-epixel-demo-refresh", "access": accessToken})
}
