package standin

import (
	"net/http"
	"net/url"
	"strings"

	"importer/vendors/sandbox"
)

const (
	apiKey      = "epixel-demo-key"
	accessToken = sandbox.TokenMark + "-epixel-demo-access"
	loginName   = "demo"
	loginSecret = "demo-password"
)

// New is the stand-in.
func New() sandbox.Standin {
	return sandbox.Standin{
		Name:     "epixel",
		Page:     "https://api.epixelsoftware.help/user-registration",
		Settings: func() map[string]string { return map[string]string{} },
		Credentials: func() map[string]string {
			return map[string]string{"EPIXEL_API_KEY": apiKey, "EPIXEL_ACCESS_TOKEN": accessToken}
		},
		Shapes:   []string{"object", "array", "list", "string"},
		Examples: examples(),
		Answer:   answer,
		Refusals: refusals,
	}
}

func examples() []sandbox.Example {
	keys := [][2]string{{"apikey", apiKey}, {"Authorization", "Bearer " + accessToken}}
	form := append([][2]string{{"Content-Type", "application/x-www-form-urlencoded"}}, keys...)
	return []sandbox.Example{{
		Title: "sign up a member", Method: "POST", Path: "/user/signup/", Header: form, Status: http.StatusOK,
		Body: "country_code=IE&first_name=Jane&last_name=Smith&username=jane.smith&password=Pa55word!&agree_terms=1&user_type=member" +
			"&email=jane.smith%40example.com&phone_number=%2B353861234567&sponsor=anna.sponsor&subdomain=janesmith",
	}, {
		Title: "ask whether a sponsor is active", Method: "POST", Path: "/user/validate-sponsor/", Header: form, Status: http.StatusBadRequest,
		Body: "sponsor=old.sponsor",
	}, {
		Title: "list sponsors", Method: "GET", Path: "/user/get/sponsors/", Header: keys, Status: http.StatusOK,
	}, {
		Title: "log in", Method: "POST", Path: "/user/login/", Header: form[:2], Status: http.StatusOK,
		Body: url.Values{"username": {loginName}, "password": {loginSecret}}.Encode(),
	}}
}

// endpoint is one path of the API. A public one needs no access token.
type endpoint struct {
	path   string
	method string
	public bool
	serve  func(*sandbox.Call) sandbox.Answer
}

var endpoints = []endpoint{
	{"/user/signup/", http.MethodPost, false, signup},
	{"/user/signup-package/", http.MethodPost, false, signupPackage},
	{"/user/validate-sponsor/", http.MethodPost, false, validateSponsor},
	{"/user/get/sponsors/", http.MethodGet, false, listSponsors},
	{"/user/login/", http.MethodPost, true, login},
}

func answer(c *sandbox.Call) sandbox.Answer {
	for i := range endpoints {
		e := &endpoints[i]
		if e.path != c.Path {
			continue
		}
		if e.method != c.Method {
			return failText(http.StatusMethodNotAllowed, "The method is not allowed; this is a "+e.method+".")
		}
		if c.RawQuery != "" && c.Method != http.MethodGet {
			return failText(http.StatusBadRequest, "This endpoint takes no query.")
		}
		if refused := wrongCredentials(c, e.public); refused != "" {
			return failText(http.StatusUnauthorized, refused)
		}
		return e.serve(c)
	}
	return failText(http.StatusNotFound, "Nothing is at this path; paths end in a slash, such as /user/signup/.")
}

func wrongCredentials(c *sandbox.Call, public bool) string {
	if key, ok := c.Only("apikey"); !ok || key != apiKey {
		return "The supplied authentication credentials are invalid: the apikey header is missing or wrong."
	}
	if public {
		return ""
	}
	bearer, _ := c.Only("Authorization")
	if token, ok := strings.CutPrefix(bearer, "Bearer "); !ok || token != accessToken {
		return "The supplied authentication credentials are invalid: the Authorization header is missing or wrong."
	}
	return ""
}

// form reads the body as fields; false comes with the refusal.
func form(c *sandbox.Call) (*sandbox.Object, sandbox.Answer, bool) {
	kind, ok := c.Only("Content-Type")
	if !ok {
		return nil, failText(http.StatusBadRequest, "The Content-Type header is missing."), false
	}
	fields, err := sandbox.ParseForm(kind, c.Body)
	if err != nil {
		return nil, failText(http.StatusBadRequest, err.Error()), false
	}
	return fields, sandbox.Answer{}, true
}
