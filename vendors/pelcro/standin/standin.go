package standin

import (
	_ "embed"
	"net/http"
	"net/url"

	"importer/vendors/sandbox"
)

//go:embed standin.json
var data []byte

var (
	demo = sandbox.ParseStandin(data)
	site = demo.Keys["PELCRO_SITE_ID"]
)

// New is the stand-in.
func New() sandbox.Standin { return demo.Answering(answer) }

func answer(c *sandbox.Call) sandbox.Answer {
	switch {
	case c.Path != "/api/v1/sdk/auth/register":
		return fail(http.StatusNotFound, "Nothing is at this path; registration is POST /api/v1/sdk/auth/register.")
	case c.Method != http.MethodPost:
		return fail(http.StatusMethodNotAllowed, "The method is not allowed; registration is a POST.")
	}
	if message := wrongSite(c.RawQuery); message != "" {
		return fail(http.StatusUnauthorized, message)
	}
	if kind, ok := c.Only("Content-Type"); !ok || !sandbox.IsJSON(kind) {
		return fail(http.StatusBadRequest, "The Content-Type header must be application/json.")
	}
	if accept, ok := c.Only("Accept"); !ok || (accept != "application/json" && accept != "*/*") {
		return fail(http.StatusBadRequest, "The Accept header must be application/json.")
	}
	customer, err := sandbox.ParseObject(c.Body)
	if err != nil {
		return fail(http.StatusBadRequest, err.Error())
	}
	if faults := wrong(customer, c.Shape); len(faults) > 0 {
		return failFields(c.Shape, faults)
	}
	return register(c, customer)
}

// wrongSite says what is wrong with the query: it must be exactly site_id, a whole number.
func wrongSite(rawQuery string) string {
	query, err := url.ParseQuery(rawQuery)
	if err != nil || len(query) != 1 || len(query["site_id"]) != 1 {
		return "The query must be site_id, once, and nothing else."
	}
	if query.Get("site_id") != site {
		return "The site_id names no site."
	}
	return ""
}

func register(c *sandbox.Call, customer *sandbox.Object) sandbox.Answer {
	id := sandbox.Identity{Email: customer.Text("email"), Username: customer.Text("username")}
	number, taken, err := c.Register.Add(id, sandbox.EmailKey, sandbox.UsernameKey)
	switch {
	case err != nil:
		return demo.Refusals[sandbox.Broken]
	case len(taken) == 0:
		return created(c, customer, number)
	}
	var faults []sandbox.Wrong
	for _, k := range taken {
		field := map[sandbox.Key]string{sandbox.EmailKey: "email", sandbox.UsernameKey: "username"}[k]
		faults = append(faults, sandbox.Wrong{Field: field, Text: "This " + field + " is already in use."})
	}
	if c.Shape == "single" {
		return fail(http.StatusBadRequest, faults[0].Text)
	}
	return failFields(c.Shape, faults)
}
