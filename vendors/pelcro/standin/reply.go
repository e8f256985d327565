package standin

import (
	"fmt"
	"net/http"
	"strings"

	"importer/vendors/sandbox"
)

// customer is the resource of a success; its token is live.
type customer struct {
	ID          int    `json:"id"`
	Object      string `json:"object"`
	Email       string `json:"email"`
	Username    string `json:"username,omitempty"`
	DisplayName string `json:"display_name,omitempty"`
	FirstName   string `json:"first_name,omitempty"`
	LastName    string `json:"last_name,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Language    string `json:"language"`
	AuthToken   string `json:"auth_token"`
}

func fail(status int, message string) sandbox.Answer {
	return sandbox.JSON(status, map[string]any{"error": map[string]string{"message": message}})
}

// failFields is a validation answer: each field with its messages.
func failFields(shape string, faults []sandbox.Wrong) sandbox.Answer {
	fields := map[string]any{}
	for _, f := range faults {
		list, _ := fields[f.Field].([]string)
		fields[f.Field] = append(list, f.Text)
	}
	if shape == "elsewhere" {
		fields["registered_on_other_sites"] = true
	}
	return sandbox.JSON(http.StatusBadRequest, map[string]any{"errors": fields})
}

func created(c *sandbox.Call, sent *sandbox.Object, number int) sandbox.Answer {
	status := http.StatusCreated
	if c.Shape == "ok" {
		status = http.StatusOK
	}
	return sandbox.JSON(status, map[string]customer{"data": {
		ID: 100000 + number, Object: "customer", Email: sent.Text("email"), Username: sent.Text("username"), DisplayName: sent.Text("display_name"),
		FirstName: sent.Text("first_name"), LastName: sent.Text("last_name"), Phone: digits(sent.Text("phone")), Language: spoken(c, sent),
		AuthToken: fmt.Sprintf("%s.%020d.sig", sandbox.TokenMark, number),
	}})
}

// spoken is the language sent, else that of the Accept-Language header, else English.
func spoken(c *sandbox.Call, sent *sandbox.Object) string {
	if s := sent.Text("language"); s != "" {
		return s
	}
	if s := c.Header.Get("Accept-Language"); len(s) >= 2 && sandbox.Only(s[:2], sandbox.Lower) {
		return s[:2]
	}
	return "en"
}

func digits(s string) string {
	other := func(r rune) bool { return r < '0' || r > '9' }
	return strings.Join(strings.FieldsFunc(s, other), "")
}
