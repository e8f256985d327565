package standin

import (
	"net/http"

	"importer/vendors/sandbox"
)

const (
	apiKey   = "distinct-demo-key"
	event    = "wc-trophy-tour-2026"
	campaign = "mkod0a8imkod0a"
	external = "external-vendor-registration"
)

// New is the stand-in.
func New() sandbox.Standin {
	return sandbox.Standin{
		Name: "distinct",
		Page: "https://docs.distinct.so/docs/register-user-api",
		Settings: func() map[string]string {
			return map[string]string{"experienceValue": event, "externalVendorId": campaign}
		},
		Credentials: func() map[string]string { return map[string]string{"DISTINCT_API_KEY": apiKey} },
		Shapes:      []string{"created", "successful"},
		Examples:    examples(),
		Answer:      answer,
		Refusals:    refusals,
	}
}

func examples() []sandbox.Example {
	header := [][2]string{{"Content-Type", "application/json"}, {"x-distinct-api-key", apiKey}}
	return []sandbox.Example{{
		Title: "register a person", Method: "POST", Path: "/v2/registration", Header: header, Status: http.StatusOK,
		Body: `{"firstName": "John", "lastName": "Doe", "email": "john.doe@example.com", "isTermsAndConditionsChecked": true, ` +
			`"subscribeNewsletter": false, "phoneNumber": "5555555555", "phoneCountryCode": "+1", "phoneCountryName": "us", ` +
			`"dob": "1990-05-15T00:00:00Z", "experienceValue": "wc-trophy-tour-2026", ` +
			`"registrationPageValue": "external-vendor-registration", "language": "en-IE", "externalVendorId": "mkod0a8imkod0a"}`,
	}, {
		Title: "a phone number that is taken", Method: "POST", Path: "/v2/registration", Header: header, Status: http.StatusBadRequest,
		Body: `{"firstName": "Ann", "email": "ann@example.com", "isTermsAndConditionsChecked": true, "subscribeNewsletter": false, ` +
			`"phoneNumber": "860000001", "phoneCountryCode": "+353", "phoneCountryName": "ie", "birthYear": 1990, "birthMonth": 5, ` +
			`"birthDate": 15, "dob": "1990-05-15T00:00:00Z", "experienceValue": "wc-trophy-tour-2026", ` +
			`"registrationPageValue": "external-vendor-registration", "language": "en-IE", "externalVendorId": "mkod0a8imkod0a"}`,
	}}
}

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

// refusals are the answers for reasons outside the row.
var refusals = map[sandbox.Refusal]sandbox.Answer{
	sandbox.Unauthorized: fail(http.StatusUnauthorized, "Unauthorized"),
	sandbox.Forbidden:    fail(http.StatusForbidden, "Forbidden: the IP address is not allowed"),
	sandbox.Throttled:    fail(http.StatusTooManyRequests, "Too many requests"),
	sandbox.TooLarge:     fail(http.StatusRequestEntityTooLarge, "The request body is too large"),
	sandbox.Inactive:     fail(http.StatusInternalServerError, "Event is not active, Please report this issue to the support team."),
	sandbox.Broken:       fail(http.StatusInternalServerError, "Internal server error"),
}

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
		return refusals[sandbox.Broken]
	case len(taken) > 0:
		return fail(http.StatusBadRequest, "User phone number already registered")
	case c.Shape == "successful":
		return reply(http.StatusOK, "Registration successful.", struct{}{})
	}
	return reply(http.StatusOK, "User created successfully", true)
}
