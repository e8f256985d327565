package standin

import (
	_ "embed"
	"net/http"
	"strings"

	"importer/vendors/sandbox"
)

const (
	loginName   = "demo"
	loginSecret = "demo-password"
)

//go:embed standin.json
var data []byte

var (
	demo        = sandbox.ParseStandin(data)
	apiKey      = demo.Keys["EPIXEL_API_KEY"]
	accessToken = demo.Keys["EPIXEL_ACCESS_TOKEN"] // begins with sandbox.TokenMark
)

// New is the stand-in.
func New() sandbox.Standin { return demo.Answering(answer) }

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
