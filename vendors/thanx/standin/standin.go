package standin

import (
	_ "embed"
	"net/http"
	"time"

	"importer/vendors/sandbox"
)

// AccessToken is the one bearer token that is accepted where a client sends one.
const AccessToken = "thanx-demo-access-token"

// skew is how far the Date header may be from the vendor's clock.
const skew = 5 * time.Minute

//go:embed standin.json
var data []byte

var (
	demo     = sandbox.ParseStandin(data)
	clientID = demo.Keys["THANX_CLIENT_ID"]
)

// New is the stand-in.
func New() sandbox.Standin { return demo.Answering(answer) }

func answer(c *sandbox.Call) sandbox.Answer {
	if (c.Path != "/users" && c.Path != "/users/") || c.RawQuery != "" {
		return fail(http.StatusNotFound, "RESOURCE_NOT_FOUND", "Nothing is at this path; users are created with POST /users")
	}
	if c.Method != http.MethodPost {
		return fail(http.StatusMethodNotAllowed, badRequest, "The method is not allowed; users are created with a POST")
	}
	if refused, ok := wrongHeader(c); ok {
		return refused
	}
	body, err := sandbox.ParseObject(c.Body)
	if err != nil {
		return fail(http.StatusBadRequest, badRequest, err.Error())
	}
	if faults := body.Check(envelopeRules); len(faults) > 0 {
		return fail(http.StatusBadRequest, badRequest, faults[0].Field+": "+faults[0].Text)
	}
	envelope, _ := body.Get("user")
	user := envelope.Object
	if code, message := wrong(user); code != "" {
		return fail(http.StatusBadRequest, code, message)
	}
	return create(c, user)
}

// wrongHeader refuses a request whose standard headers are not as the headers page has them.
func wrongHeader(c *sandbox.Call) (sandbox.Answer, bool) {
	if id, ok := c.Only("X-ClientId"); !ok || id != clientID {
		return fail(http.StatusUnauthorized, "AUTHENTICATION_GENERIC", "The X-ClientId header is missing or wrong"), true
	}
	if len(c.Header.Values("Authorization")) > 0 {
		if bearer, ok := c.Only("Authorization"); !ok || bearer != "Bearer "+AccessToken {
			return fail(http.StatusUnauthorized, "AUTHENTICATION_GENERIC", "The bearer token is wrong"), true
		}
	}
	message := ""
	if kind, ok := c.Only("Content-Type"); !ok || !sandbox.IsJSON(kind) {
		message = "The Content-Type header must be application/json"
	} else if version, ok := c.Only("Accept-Version"); !ok || version != "v4.0" {
		message = "The Accept-Version header must be v4.0"
	} else if accept, ok := c.Only("Accept"); !ok || accept != "application/json" {
		message = "The Accept header must be application/json"
	} else if date, ok := c.Only("Date"); !ok || !near(date, c.Now) {
		message = "The Date header must be an HTTP date within 5 minutes of the server's time"
	}
	return fail(http.StatusBadRequest, badRequest, message), message != ""
}

func near(date string, now time.Time) bool {
	t, err := time.Parse(http.TimeFormat, date)
	return err == nil && now.Sub(t).Abs() <= skew
}

// create signs up a known user with the brand, or registers a new one.
func create(c *sandbox.Call, user *sandbox.Object) sandbox.Answer {
	id := sandbox.Identity{Email: user.Text("email"), Phone: user.Text("phone")}
	if !c.Register.Has(sandbox.EmailKey, id.Email) {
		if user.Text("first_name") == "" || user.Text("last_name") == "" {
			return fail(http.StatusBadRequest, "USER_NAME_REQUIRED", "First name and last name are required")
		}
		number, taken, err := c.Register.Add(id, sandbox.EmailKey)
		if err != nil {
			return demo.Refusals[sandbox.Broken]
		}
		if len(taken) == 0 {
			return created(user, number, c.Now)
		}
	}
	if err := c.Register.Enroll(id); err != nil {
		return demo.Refusals[sandbox.Broken]
	}
	return fail(http.StatusBadRequest, badRequest, "User account exists")
}
