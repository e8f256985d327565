package standin

import (
	"testing"

	"importer/vendors/sandbox/standintest"
)

const (
	sameEmail = `{"emailAddress": "Steve.Bang@example.com", "password": "password"}`
	sameName  = `{"emailAddress": "b@example.com", "password": "password", "username": "UserName"}`
	samePhone = `{"emailAddress": "c@example.com", "password": "password", "phoneNumber": "+12345678900"}`
)

func TestStandin(t *testing.T) {
	standintest.Run(t, New(), []standintest.Case{
		{Name: "created", Status: 201, Text: `"success":true,"statusCode":201,"message":"The request was successful.","data":{"id":"sApKpllz00000001"`},
		{Name: "bare id", Shape: "id", Status: 201, Text: `"data":"sApKpllz00000001","errors":[]`},
		{Name: "e-mail taken", Before: []string{sameEmail}, Status: 400, Text: `"success":false,"statusCode":723`},
		{Name: "username taken", Before: []string{sameName}, Status: 400, Text: `"statusCode":724`},
		{Name: "phone taken", Before: []string{samePhone}, Status: 400, Text: `"statusCode":727`},
		{Name: "password format", Replace: [][2]string{{`"password": "password"`, `"password": "short"`}}, Status: 400, Text: `"statusCode":607`},
		{Name: "in the status line", Shape: "status", Before: []string{sameEmail}, Status: 723, Text: `"statusCode":723`},
		{Name: "in the status line, phone", Shape: "status", Before: []string{samePhone}, Status: 727, Text: `"statusCode":727`},
		{Name: "code as text", Shape: "code", Before: []string{sameName}, Status: 400, Text: `"errors":[{"code":"724","correlationId":"corr-UsernameAlreadyExists","message":`},
		{Name: "code as number", Shape: "number", Before: []string{sameName}, Status: 400, Text: `"errors":[{"code":724,"details":"The username already exists.","errorCode":"UsernameAlreadyExists","subcode":0`},
		{Name: "null where nullable", Replace: [][2]string{{`"stevebang"`, "null"}}, Status: 201, Text: `"nickName":null`},
		{Name: "null password", Replace: [][2]string{{`"password": "password"`, `"password": null`}}, Status: 400, Text: "password: must not be null"},
		{Name: "no password", Replace: [][2]string{{`"password": "password", `, ""}}, Status: 400, Text: "password: this field is required"},
		{Name: "no e-mail", Replace: [][2]string{{`"emailAddress": "steve.bang@example.com", `, ""}}, Status: 400, Text: "emailAddress: this field"},
		{Name: "e-mail", Replace: [][2]string{{"steve.bang@example.com", "steve.bang"}}, Status: 400, Text: "emailAddress: must be a valid"},
		{Name: "national phone", Replace: [][2]string{{"+12345678900", "2345678900"}}, Status: 400, Text: "phoneNumber: must be a phone number"},
		{Name: "short username", Replace: [][2]string{{`"username": "username"`, `"username": "user"`}}, Status: 400, Text: "username: must be"},
		{Name: "username with a space", Replace: [][2]string{{`"username": "username"`, `"username": "user name"`}}, Status: 400, Text: "username: must be"},
		{Name: "e-mail as username", Replace: [][2]string{{`"username": "username"`, `"username": "s@example.com"`}}, Status: 201},
		{Name: "empty", Replace: [][2]string{{`"Steve"`, `""`}}, Status: 400, Text: "firstName: must not be empty"},
		{Name: "number", Replace: [][2]string{{`"REF2025XYZ"`, `2025`}}, Status: 400, Text: "referralCode: must be a string, not a number"},
		{Name: "any accept", Header: [2]string{"Accept", "*/*"}, Status: 201},
		{Name: "wrong brand", Header: [2]string{"Brand-URL", "https://other.example"}, Status: 401, Text: `"code":"BrandNotFound"`},
	})
}
