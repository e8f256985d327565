package standin

import (
	"net/http"
	"testing"
	"time"

	"importer/vendors/sandbox"
	"importer/vendors/sandbox/standintest"
)

const jane = `{"user": {"email": "Jane.Smith@example.com", "first_name": "Jane", "last_name": "Smith"}}`

func TestStandin(t *testing.T) {
	at := func(d time.Duration) [2]string {
		return [2]string{"Date", time.Now().Add(d).UTC().Format(http.TimeFormat)}
	}
	standintest.Run(t, New(), []standintest.Case{
		{Name: "created", Status: 201, Text: `{"user":{"id":"wroeiu00000001","email":"jane.smith@example.com","phone":"+14158672345",` +
			`"first_name":"Jane","last_name":"Smith","birth_date":{"year":1987,"month":8,"day":14},"gender":"other","zip_code":"12345"},` +
			`"authorization":{"token_type":"Bearer","scope":"passwordless","created_at":`},
		{Name: "tokens", Status: 201, Text: `"access_token":"` + sandbox.TokenMark},
		{Name: "exists", Before: []string{jane}, Status: 400, Text: `{"error":{"code":"BAD_REQUEST","message":"User account exists"}}`},
		{Name: "exists, e-mail alone", Before: []string{jane}, Body: `{"user": {"email": "jane.smith@example.com"}}`, Status: 400,
			Text: "User account exists"},
		{Name: "new, e-mail alone", Body: `{"user": {"email": "jane.smith@example.com"}}`, Status: 400, Text: `"code":"USER_NAME_REQUIRED"`},
		{Name: "no last name", Replace: [][2]string{{`"last_name": "Smith", `, ""}}, Status: 400, Text: `"code":"USER_NAME_REQUIRED"`},
		{Name: "e-mail", Replace: [][2]string{{"jane.smith@example.com", "jane"}}, Status: 400, Text: `"code":"USER_EMAIL_INVALID"`},
		{Name: "no e-mail", Replace: [][2]string{{`"email": "jane.smith@example.com", `, ""}}, Status: 400, Text: "USER_EMAIL_INVALID"},
		{Name: "national phone", Replace: [][2]string{{"+14158672345", "4158672345"}}, Status: 400, Text: `"code":"USER_PHONE_INVALID"`},
		{Name: "gender", Replace: [][2]string{{"other", "Other"}}, Status: 400, Text: "gender: must be one of: male"},
		{Name: "month as text", Replace: [][2]string{{"8,", `"8",`}}, Status: 400, Text: "birth_date.month: must be a number, not a string"},
		{Name: "no day", Replace: [][2]string{{`, "day": 14`, ""}}, Status: 400, Text: "birth_date.day: this field is required"},
		{Name: "no such date", Replace: [][2]string{{`"day": 14`, `"day": 32`}}, Status: 400, Text: "birth_date: must be a date that exists"},
		{Name: "hour", Replace: [][2]string{{`"day": 14`, `"day": 14, "hour": 1`}}, Status: 400, Text: "birth_date.hour: unknown field"},
		{Name: "zip code as number", Replace: [][2]string{{`"12345"`, "12345"}}, Status: 400, Text: "zip_code: must be a string"},
		{Name: "program", Replace: [][2]string{{`"12345"`, `"12345", "signup_program_id": "x"`}}, Status: 400, Text: "signup_program_id: unknown"},
		{Name: "no envelope", Body: `{"email": "a@example.com", "first_name": "A", "last_name": "B"}`, Status: 400, Text: "user: this field is required"},
		{Name: "no slash", Path: "/users", Status: 201},
		{Name: "wrong client", Header: [2]string{"X-ClientId", "other"}, Status: 401, Text: `"code":"AUTHENTICATION_GENERIC"`},
		{Name: "wrong version", Header: [2]string{"Accept-Version", "v4"}, Status: 400, Text: "Accept-Version"},
		{Name: "loyalty accept", Header: [2]string{"Accept", "application/vnd.thanx-v1+json"}, Status: 400, Text: "Accept header"},
		{Name: "clock 4 minutes late", Header: at(-4 * time.Minute), Status: 201},
		{Name: "clock 6 minutes late", Header: at(-6 * time.Minute), Status: 400, Text: "Date header"},
		{Name: "clock 6 minutes early", Header: at(6 * time.Minute), Status: 400, Text: "Date header"},
		{Name: "bearer", Header: [2]string{"Authorization", "Bearer " + AccessToken}, Status: 201},
		{Name: "wrong bearer", Header: [2]string{"Authorization", "Bearer other"}, Status: 401, Text: "AUTHENTICATION_GENERIC"},
	})
}
