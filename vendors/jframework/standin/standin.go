package standin

import (
	_ "embed"
	"net/http"
	"strings"

	"importer/vendors/sandbox"
)

// The numbers of the page, by what they mean.
const (
	passwordFormat = 607
	emailTaken     = 723
	usernameTaken  = 724
	phoneTaken     = 727
)

//go:embed standin.json
var data []byte

var (
	demo  = sandbox.ParseStandin(data)
	brand = demo.Keys["JFRAMEWORK_BRAND_URL"]
)

// New is the stand-in.
func New() sandbox.Standin { return demo.Answering(answer) }

func answer(c *sandbox.Call) sandbox.Answer {
	switch {
	case c.Path != "/api/v1/users/register" || c.RawQuery != "":
		return fail(http.StatusNotFound, "NotFound", "No endpoint is at this path; registration is POST /api/v1/users/register.")
	case c.Method != http.MethodPost:
		return fail(http.StatusMethodNotAllowed, "MethodNotAllowed", "The method is not allowed; registration is a POST.")
	}
	if sent, ok := c.Only("Brand-URL"); !ok || sent != brand {
		return fail(http.StatusUnauthorized, "BrandNotFound", "The Brand-URL header is missing or names no brand.")
	}
	if kind, ok := c.Only("Content-Type"); !ok || !sandbox.IsJSON(kind) {
		return fail(http.StatusBadRequest, "InvalidHeader", "The Content-Type header must be application/json.")
	}
	if accept, ok := c.Only("Accept"); !ok || (!strings.Contains(accept, "application/json") && !strings.Contains(accept, "*/*")) {
		return fail(http.StatusBadRequest, "InvalidHeader", "The Accept header must allow application/json.")
	}
	person, err := sandbox.ParseObject(c.Body)
	if err != nil {
		return fail(http.StatusBadRequest, "InvalidBody", err.Error())
	}
	if faults := person.Check(rules); len(faults) > 0 {
		return fail(http.StatusBadRequest, "ValidationError", faults[0].Field+": "+faults[0].Text)
	}
	if len([]rune(person.Text("password"))) < 6 {
		return numbered(c.Shape, passwordFormat)
	}
	return register(c, person)
}

func register(c *sandbox.Call, person *sandbox.Object) sandbox.Answer {
	id := sandbox.Identity{Email: person.Text("emailAddress"), Phone: person.Text("phoneNumber"), Username: person.Text("username")}
	number, taken, err := c.Register.Add(id, sandbox.EmailKey, sandbox.UsernameKey, sandbox.PhoneKey)
	if err != nil {
		return demo.Refusals[sandbox.Broken]
	}
	if len(taken) == 0 {
		return created(c, person, number)
	}
	numbers := map[sandbox.Key]int{sandbox.EmailKey: emailTaken, sandbox.UsernameKey: usernameTaken, sandbox.PhoneKey: phoneTaken}
	return numbered(c.Shape, numbers[taken[0]])
}

var rules = []sandbox.Rule{
	{Name: "password", Kind: sandbox.String, Required: true},
	{Name: "firstName", Kind: sandbox.String, Nullable: true},
	{Name: "lastName", Kind: sandbox.String, Nullable: true},
	{Name: "nickName", Kind: sandbox.String, Nullable: true},
	{Name: "referralCode", Kind: sandbox.String, Nullable: true},
	{Name: "username", Kind: sandbox.String, Nullable: true, Check: username},
	{Name: "phoneNumber", Kind: sandbox.String, Nullable: true, Check: sandbox.E164},
	{Name: "emailAddress", Kind: sandbox.String, Required: true, Check: sandbox.Email},
}

// username accepts an e-mail address, or "[a-zA-Z0-9._-]{5}+" read as five characters or more.
var username = sandbox.Valid(func(s string) bool {
	return sandbox.IsEmail(s) || len(s) >= 5 && sandbox.Only(s, sandbox.Alphanumeric+"._-")
}, "must be an e-mail address, or 5 or more of letters, digits, dot, underscore and dash")
