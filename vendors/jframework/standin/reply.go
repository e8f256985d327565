package standin

import (
	"fmt"
	"net/http"
	"time"

	"importer/vendors/sandbox"
)

// envelope is the body of every answer.
type envelope struct {
	Success    bool   `json:"success"`
	StatusCode int    `json:"statusCode"`
	Message    string `json:"message"`
	Data       any    `json:"data"`
	Errors     []any  `json:"errors"`
}

// fault is one of errors[] as the page of errors has it.
func fault(code, text string) map[string]any {
	return map[string]any{"code": code, "details": text, "correlationId": "corr-" + code}
}

// user is the part of the user object that tells people apart.
type user struct {
	ID           string  `json:"id"`
	BrandID      string  `json:"brandId"`
	Username     *string `json:"username"`
	FirstName    *string `json:"firstName"`
	LastName     *string `json:"lastName"`
	NickName     *string `json:"nickName"`
	EmailAddress string  `json:"emailAddress"`
	PhoneNumber  *string `json:"phoneNumber"`
	Type         string  `json:"type"`
	TestMode     bool    `json:"testMode"`
	Status       string  `json:"status"`
	CreatedDate  string  `json:"createdDate"`
}

func fail(status int, code, text string) sandbox.Answer {
	return sandbox.JSON(status, envelope{StatusCode: status, Message: text, Errors: []any{fault(code, text)}})
}

// numbered is a refusal by one of the page's numbers, standing where the shape has it.
func numbered(shape string, number int) sandbox.Answer {
	words := map[int][2]string{
		passwordFormat: {"InvalidPasswordFormat", "The password is not in the correct format."},
		emailTaken:     {"EmailAddressAlreadyExists", "The user email address already exists."},
		usernameTaken:  {"UsernameAlreadyExists", "The username already exists."},
		phoneTaken:     {"PhoneNumberAlreadyExists", "The phone number already exists."},
	}[number]
	code, text := words[0], words[1]
	e := envelope{StatusCode: number, Message: text, Errors: []any{fault(code, text)}}
	status := http.StatusBadRequest
	switch shape {
	case "status":
		status = number
	case "code": // the number as a text, and message where the page's prose says message
		e.StatusCode, e.Errors = status, []any{map[string]any{"code": fmt.Sprint(number), "message": text, "correlationId": "corr-" + code}}
	case "number": // the older form
		e.StatusCode, e.Errors = status, []any{map[string]any{"code": number, "subcode": 0, "errorCode": code, "details": text}}
	}
	return sandbox.JSON(status, e)
}

func created(c *sandbox.Call, person *sandbox.Object, number int) sandbox.Answer {
	e := envelope{Success: true, StatusCode: http.StatusCreated, Message: "The request was successful.", Errors: []any{}}
	id := fmt.Sprintf("sApKpllz%08d", number)
	if e.Data = id; c.Shape != "id" {
		e.Data = user{
			ID: id, BrandID: "xZrwkBM58VN", Username: text(person, "username"), FirstName: text(person, "firstName"),
			LastName: text(person, "lastName"), NickName: text(person, "nickName"), EmailAddress: person.Text("emailAddress"),
			PhoneNumber: text(person, "phoneNumber"), Type: "EndUser", Status: "Active", CreatedDate: c.Now.UTC().Format(time.RFC3339Nano),
		}
	}
	return sandbox.JSON(http.StatusCreated, e)
}

func text(person *sandbox.Object, name string) *string {
	if v, ok := person.Get(name); ok && v.Kind == sandbox.String {
		return &v.Text
	}
	return nil
}
