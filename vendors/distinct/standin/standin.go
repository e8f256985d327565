package standin

import (
	_ "embed"
	"net/http"

	"importer/vendors/sandbox"
)

// external is the registration page of those who have an external id.
const external = "external-vendor-registration"

//go:embed standin.json
var data []byte

var (
	demo     = sandbox.ParseStandin(data)
	apiKey   = demo.Keys["DISTINCT_API_KEY"]
	event    = demo.Tenant["experienceValue"]
	campaign = demo.Tenant["externalVendorId"]
)

// New is the stand-in.
func New() sandbox.Standin { return demo.Answering(answer) }

// envelope is the body of every answer.
type envelope struct {
	StatusCode int    `json:"statusCode"`
	Message    string `json:"message"`
	Data       any    `json:"data"`
}

func reply(status int, message string, data any) sandbox.Answer {
	return sandbox.JSON(status, envelope{status, message, data})
}

func fail(status int, message string) sandbox.Answer { return reply(status, message, struct{}{}) }

func answer(c *sandbox.Call) sandbox.Answer {
	switch {
	case c.Path != "/v2/registration" || c.RawQuery != "":
		return fail(http.StatusNotFound, "Cannot "+c.Method+" this path; registration is POST /v2/registration")
	case c.Method != http.MethodPost:
		return fail(http.StatusMethodNotAllowed, "Method not allowed; registration is a POST")
	}
	if key, ok := c.Only("x-distinct-api-key"); !ok || key != apiKey {
		return fail(http.StatusUnauthorized, "The x-distinct-api-key header is missing or wrong")
	}
	if kind, ok := c.Only("Content-Type"); !ok || !sandbox.IsJSON(kind) {
		return fail(http.StatusBadRequest, "The Content-Type header must be application/json")
	}
	person, err := sandbox.ParseObject(c.Body)
	if err != nil {
		return fail(http.StatusBadRequest, err.Error())
	}
	if message := wrong(person); message != "" {
		return fail(http.StatusBadRequest, message)
	}
	return register(c, person)
}

func register(c *sandbox.Call, person *sandbox.Object) sandbox.Answer {
	id := sandbox.Identity{Email: person.Text("email")}
	if number := person.Text("phoneNumber"); number != "" {
		id.Phone = person.Text("phoneCountryCode") + number
	}
	_, taken, err := c.Register.Add(id, sandbox.PhoneKey)
	switch {
	case err != nil:
		return demo.Refusals[sandbox.Broken]
	case len(taken) > 0:
		return fail(http.StatusBadRequest, "User phone number already registered")
	case c.Shape == "successful":
		return reply(http.StatusOK, "Registration successful.", struct{}{})
	}
	return reply(http.StatusOK, "User created successfully", true)
}
