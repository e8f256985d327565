package standin

import (
	"testing"

	"importer/vendors/sandbox"
	"importer/vendors/sandbox/standintest"
)

const (
	path      = "/api/v1/sdk/auth/register"
	sameEmail = `{"email": "Jane.Smith@example.com", "password": "Pa55word!"}`
	sameName  = `{"email": "b@example.com", "password": "Pa55word!", "username": "jane_smith"}`
	weak      = "must have 8 to 30 characters"
)

func TestStandin(t *testing.T) {
	standintest.Run(t, New(), []standintest.Case{
		{Name: "created", Status: 201, Text: `{"data":{"id":100001,"object":"customer","email":"jane.smith@example.com"`},
		{Name: "ok", Shape: "ok", Status: 200, Text: `"id":100001`},
		{Name: "token", Status: 201, Text: `"auth_token":"` + sandbox.TokenMark},
		{Name: "every field", Status: 201, Text: `"phone":"15551234"`, Body: `{"email": "a@example.com", "password": "Pa55word!", "language": "fr",
			"username": "a-1", "display_name": "A", "email_hardbounce": false, "first_name": "A", "last_name": "B", "metadata": {"a": "b", "c": 1, "d": true},
			"old_provider_id": "1", "organization": "O", "phone": "+1 (555) 1234", "salutation": "Ms", "title": "Dr", "security_token": "t"}`},
		{Name: "e-mail taken", Before: []string{sameEmail}, Status: 400, Text: `{"errors":{"email":["This email is already in use."]}}`},
		{Name: "username taken", Before: []string{sameName}, Status: 400, Text: `{"errors":{"username":["This username is already in use."]}}`},
		{Name: "single error", Shape: "single", Before: []string{sameEmail}, Status: 400, Text: `{"error":{"message":"This email is already in use."}}`},
		{Name: "elsewhere", Shape: "elsewhere", Before: []string{sameEmail}, Status: 400, Text: `"registered_on_other_sites":true`},
		{Name: "no symbol", Replace: [][2]string{{"Pa55word!", "Pa55word"}}, Status: 400, Text: weak},
		{Name: "no capital", Replace: [][2]string{{"Pa55word!", "pa55word!"}}, Status: 400, Text: weak},
		{Name: "no small letter", Replace: [][2]string{{"Pa55word!", "PA55WORD!"}}, Status: 400, Text: weak},
		{Name: "no number", Replace: [][2]string{{"Pa55word!", "Password!"}}, Status: 400, Text: weak},
		{Name: "7 characters", Replace: [][2]string{{"Pa55word!", "Pa55wo!"}}, Status: 400, Text: weak},
		{Name: "31 characters", Replace: [][2]string{{"Pa55word!", "Pa55word!Pa55word!Pa55word!Pa55"}}, Status: 400, Text: weak},
		{Name: "30 characters", Replace: [][2]string{{"Pa55word!", "Pa55word!Pa55word!Pa55word!Pa5"}}, Status: 201},
		{Name: "6 characters by rule", Shape: "short-password", Replace: [][2]string{{"Pa55word!", "abcdef"}}, Status: 201},
		{Name: "5 characters by rule", Shape: "short-password", Replace: [][2]string{{"Pa55word!", "abcde"}}, Status: 400, Text: "at least 6"},
		{Name: "no password", Replace: [][2]string{{`"password": "Pa55word!", `, ""}}, Status: 400, Text: `"password":["this field is required"]`},
		{Name: "language", Replace: [][2]string{{`"en"`, `"eng"`}}, Status: 400, Text: "two-letter"},
		{Name: "no such language", Replace: [][2]string{{`"en"`, `"xx"`}}, Status: 400, Text: "two-letter"},
		{Name: "username", Replace: [][2]string{{"jane_smith", "jane smith"}}, Status: 400, Text: "username may only contain"},
		{Name: "metadata list", Replace: [][2]string{{`{"registration_date": "12-11-2021"}`, `[{"a": "b"}]`}}, Status: 400, Text: "must be an object, not an array"},
		{Name: "metadata empty", Replace: [][2]string{{`{"registration_date": "12-11-2021"}`, `{}`}}, Status: 400, Text: "must not be empty"},
		{Name: "metadata null", Replace: [][2]string{{`"12-11-2021"`, `null`}}, Status: 400, Text: "metadata.registration_date"},
		{Name: "old name of a field", Replace: [][2]string{{`"old_provider_id": "4711"`, `"is_email_hardbounce": false`}}, Status: 400, Text: "unknown field"},
		{Name: "boolean as text", Replace: [][2]string{{`"old_provider_id": "4711"`, `"email_hardbounce": "false"`}}, Status: 400, Text: "must be a boolean"},
		{Name: "phone without digits", Replace: [][2]string{{`"old_provider_id": "4711"`, `"phone": "none"`}}, Status: 400, Text: "must hold digits"},
		{Name: "wrong site", Path: path + "?site_id=99", Status: 401, Text: "site_id"},
		{Name: "no site", Path: path, Status: 401, Text: "site_id"},
		{Name: "site twice", Path: path + "?site_id=1234&site_id=1234", Status: 401, Text: "site_id"},
	})
}
