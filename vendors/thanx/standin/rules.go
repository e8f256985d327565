package standin

import (
	"strconv"
	"time"

	"importer/vendors/sandbox"
)

var envelopeRules = []sandbox.Rule{{Name: "user", Kind: sandbox.Members, Required: true}}

var userRules = []sandbox.Rule{
	{Name: "email", Kind: sandbox.String, Required: true, Check: sandbox.Email},
	{Name: "phone", Kind: sandbox.String, Check: sandbox.E164},
	{Name: "first_name", Kind: sandbox.String},
	{Name: "last_name", Kind: sandbox.String},
	{Name: "birth_date", Kind: sandbox.Members},
	{Name: "gender", Kind: sandbox.String, Check: sandbox.OneOf("male", "female", "other", "unknown")},
	{Name: "zip_code", Kind: sandbox.String},
}

var dateRules = []sandbox.Rule{
	{Name: "year", Kind: sandbox.Number, Required: true, Check: sandbox.WholeNumber(1, 9999)},
	{Name: "month", Kind: sandbox.Number, Required: true, Check: sandbox.WholeNumber(1, 9999)},
	{Name: "day", Kind: sandbox.Number, Required: true, Check: sandbox.WholeNumber(1, 9999)},
}

// wrong is the code and the message for the first fault of a user, both empty when there is none.
func wrong(user *sandbox.Object) (code, message string) {
	faults := user.Check(userRules)
	if date, ok := user.Get("birth_date"); ok && date.Kind == sandbox.Members {
		for _, f := range date.Object.Check(dateRules) {
			faults = append(faults, sandbox.Wrong{Field: "birth_date." + f.Field, Text: f.Text})
		}
		if len(faults) == 0 && !exists(date.Object) {
			faults = append(faults, sandbox.Wrong{Field: "birth_date", Text: "must be a date that exists"})
		}
	}
	if len(faults) == 0 {
		return "", ""
	}
	message = faults[0].Field + ": " + faults[0].Text
	switch faults[0].Field {
	case "email":
		return "USER_EMAIL_INVALID", message
	case "phone":
		return "USER_PHONE_INVALID", message
	}
	return badRequest, message
}

func exists(date *sandbox.Object) bool {
	y, _ := strconv.Atoi(date.Text("year"))
	m, _ := strconv.Atoi(date.Text("month"))
	d, _ := strconv.Atoi(date.Text("day"))
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return y >= 1900 && y <= 2100 && t.Year() == y && int(t.Month()) == m && t.Day() == d
}
