package standin

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"importer/vendors/sandbox"
	"importer/vendors/sandbox/standintest"
)

const (
	sameUsername = "country_code=IE&first_name=A&last_name=B&username=Jane.Smith&password=Pa55word!&agree_terms=1&user_type=customer" +
		"&email=a%40example.com&phone_number=353860000002"
	samePhone = "country_code=IE&first_name=A&last_name=B&username=other&password=Pa55word!&agree_terms=1&user_type=customer" +
		"&email=a%40example.com&phone_number=353861234567"
	sameEmail = "country_code=IE&first_name=A&last_name=B&username=other&password=Pa55word!&agree_terms=1&user_type=customer" +
		"&email=jane.smith%40example.com&phone_number=353860000002"
	sponsorToBe = "country_code=IE&first_name=A&last_name=B&username=new.sponsor&password=Pa55word!&agree_terms=1&user_type=member" +
		"&email=n%40example.com&phone_number=353860000003&sponsor=ben.sponsor&subdomain=new"
	packageForm = "country_code=US&sponsor=anna.sponsor&first_name=Jane&last_name=Smith&username=jane.smith&password=Pa55word!" +
		"&confirm_password=Pa55word!&agree_terms=1&user_type=member&email=jane%40example.com&phone_number=14155550123&product_id=101" +
		"&address_first_name=Jane&address_last_name=Smith&address_mail_id=jane%40example.com&address_phone_number=14155550123" +
		"&address_name_line=12&address_premise=Main+Street&address_locality=Springfield&address_postal_code=12345&address_country_code=US" +
		"&address_state_code=CA&subdomain=janesmith"
)

func TestSignup(t *testing.T) {
	edit := func(old, new string) [][2]string { return [][2]string{{old, new}} }
	standintest.Run(t, New(), []standintest.Case{
		{Name: "created", Status: 200, Text: `{"status_code":200,"errors":{},"data":{"uid":"1001"}}`},
		{Name: "JSON", Header: [2]string{"Content-Type", "application/json"}, Status: 200, Text: `"uid"`, Body: `{"country_code": "IE",
			"first_name": "Ann", "last_name": "Lee", "username": "annlee", "password": "Pa55word!", "agree_terms": "1", "user_type": "customer",
			"email": "ann@example.com", "phone_number": "353861111111"}`},
		{Name: "JSON flag as number", Header: [2]string{"Content-Type", "application/json"}, Body: `{"agree_terms": 1}`, Status: 400,
			Text: `"agree_terms":"must be a string, not a number"`},
		{Name: "country", Replace: edit("=IE", "=XQ"), Status: 400, Text: `"country_code":"Invalid country code"`},
		{Name: "sponsor name", Replace: edit("anna.sponsor", "a!"), Status: 400, Text: `"sponsor":"Invalid sponsor name"`},
		{Name: "sponsor unknown", Replace: edit("anna.sponsor", "nobody"), Status: 400,
			Text: `"sponsor":"The selected sponsor is not found or is in the inactive state."`},
		{Name: "sponsor inactive", Replace: edit("anna.sponsor", "old.sponsor"), Status: 400, Text: "not found or is in the inactive state"},
		{Name: "sponsor registered before", Before: []string{sponsorToBe}, Replace: edit("anna.sponsor", "new.sponsor"), Status: 200},
		{Name: "first name", Replace: edit("=Jane", "=Jan3"), Status: 400, Text: `"first_name":"The first name should be an alphabet."`},
		{Name: "last name", Replace: edit("=Smith", "=O'Brien"), Status: 400, Text: `"last_name":"The last name should be an alphabet."`},
		{Name: "accents", Replace: edit("=Jane", "="+url.QueryEscape("Zoë")), Status: 200},
		{Name: "username taken", Before: []string{sameUsername}, Status: 400,
			Text: `"username":"Username is already taken. Please try another one."`},
		{Name: "phone taken", Before: []string{samePhone}, Status: 400,
			Text: `"phone_number":"Phone number already taken. Please try another one."`},
		{Name: "e-mail taken", Before: []string{sameEmail}, Status: 400,
			Text: `"email":"There is a user registered with the specified E-Mail address."`},
		{Name: "username dots", Replace: edit("=jane.smith&", "=jane_.smith&"), Status: 400, Text: "Invalid username. Only contains"},
		{Name: "username repeated dots", Replace: edit("=jane.smith&", "=jane..smith&"), Status: 400, Text: "Invalid username."},
		{Name: "username short", Replace: edit("=jane.smith&", "=jane&"), Status: 400, Text: "Invalid username."},
		{Name: "username long", Replace: edit("=jane.smith&", "="+strings.Repeat("j", 251)+"&"), Status: 400, Text: "Invalid username."},
		{Name: "username of 250", Replace: edit("=jane.smith&", "="+strings.Repeat("j", 250)+"&"), Status: 200},
		{Name: "password", Replace: edit("Pa55word!", "Pa55"), Status: 400, Text: `"password":"This password is too short.`},
		{Name: "terms as true", Replace: edit("agree_terms=1", "agree_terms=true"), Status: 400, Text: `"agree_terms":"must be one of: 1, 0"`},
		{Name: "member without sponsor", Replace: edit("&sponsor=anna.sponsor", ""), Status: 400, Text: `"sponsor":"This field is required`},
		{Name: "member without subdomain", Replace: edit("&subdomain=janesmith", ""), Status: 400, Text: `"subdomain":"This field is required`},
		{Name: "customer without both", Replace: [][2]string{{"&sponsor=anna.sponsor&subdomain=janesmith", ""}, {"=member", "=customer"}}, Status: 200},
		{Name: "subdomain long", Replace: edit("=janesmith", "=janesmithjanesmi"), Status: 400,
			Text: `"subdomain":"Ensure this field has no more than 15 characters."`},
		{Name: "subdomain short", Replace: edit("=janesmith", "=js"), Status: 400,
			Text: `"subdomain":"Ensure this field has at least 3 characters."`},
		{Name: "position", Replace: edit("=1&", "=1&place_genealogy=1&position=LEFT&"), Status: 200},
		{Name: "position unknown", Replace: edit("=1&", "=1&place_genealogy=1&position=TOP&"), Status: 400,
			Text: `"position":"Your chosen position is invalid. The default will be the spilling preference of`},
		{Name: "position without place", Replace: edit("=1&", "=1&position=LEFT&"), Status: 400, Text: `"position"`},
		{Name: "place without position", Replace: edit("=1&", "=1&place_genealogy=1&"), Status: 400, Text: `"position"`},
		{Name: "field twice", Replace: edit("=IE", "=IE&country_code=IE"), Status: 400, Text: "a field twice"},
		{Name: "empty field", Replace: edit("=IE", "="), Status: 400, Text: "must not be empty"},
		{Name: "unknown field", Replace: edit("=IE", "=IE&zip=1"), Status: 400, Text: `"zip":"unknown field"`},
		{Name: "errors as array", Shape: "array", Before: []string{sameEmail}, Status: 400, Text: `"errors":{"email":["There is a user`},
		{Name: "errors as list", Shape: "list", Before: []string{sameEmail}, Status: 400, Text: `"errors":["There is a user`},
		{Name: "errors as string", Shape: "string", Before: []string{sameEmail}, Status: 400, Text: `"errors":"There is a user`},
		{Name: "no slash", Path: "/user/signup", Status: 404},
		{Name: "wrong token", Header: [2]string{"Authorization", "Bearer x"}, Status: 401, Text: "credentials are invalid"},
	})
}

func TestSignupPackage(t *testing.T) {
	cases := []standintest.Case{
		{Name: "created", Status: 200, Text: `"uid":"1001"`},
		{Name: "confirmation", Replace: [][2]string{{"confirm_password=Pa55word!", "confirm_password=other"}}, Status: 400,
			Text: `"confirm_password":"Confirmed password doesn't match."`},
		{Name: "postcode", Replace: [][2]string{{"=12345&", "=%23&"}}, Status: 400, Text: `"address_postal_code":"Invalid postcode"`},
		{Name: "state", Replace: [][2]string{{"=CA", "=California"}}, Status: 400, Text: `"address_state_code":"Invalid address_state_code"`},
		{Name: "state with country", Replace: [][2]string{{"=CA", "=US-CA"}}, Status: 200},
		{Name: "address first name", Replace: [][2]string{{"address_first_name=Jane", "address_first_name=J4"}}, Status: 400,
			Text: `"address_first_name":"Invalid address_first_name"`},
		{Name: "address last name", Replace: [][2]string{{"address_last_name=Smith", "address_last_name=5"}}, Status: 400,
			Text: `"address_last_name":"Invalid address_last_name"`},
		{Name: "address country", Replace: [][2]string{{"address_country_code=US", "address_country_code=USA"}}, Status: 400,
			Text: `"address_country_code":"Invalid address_country_code"`},
		{Name: "product", Replace: [][2]string{{"=101", "=discontinued"}}, Status: 400, Text: `"product_id":"Invalid product_id"`},
		{Name: "no product", Replace: [][2]string{{"&product_id=101", ""}}, Status: 400, Text: `"product_id":"this field is required"`},
	}
	standin := New()
	standin.Examples[0].Path, standin.Examples[0].Body = "/user/signup-package/", packageForm
	standintest.Run(t, standin, cases)
}

func TestSponsorsAndLogin(t *testing.T) {
	standintest.Run(t, New(), []standintest.Case{
		{Name: "active", Example: 1, Body: "sponsor=anna.sponsor", Status: 200, Text: `"data":{"sponsor":"anna.sponsor"}`},
		{Name: "inactive", Example: 1, Status: 400, Text: `"sponsor":"Sponsor is blocked or inactive."`},
		{Name: "unknown", Example: 1, Body: "sponsor=nobody", Status: 400, Text: "The selected sponsor is not found"},
		{Name: "malformed", Example: 1, Body: "sponsor=a", Status: 400, Text: `"sponsor":"Invalid sponsor username."`},
		{Name: "list", Example: 2, Status: 200, Text: `"data":[{"username":"anna.sponsor"},{"username":"ben.sponsor"}]`},
		{Name: "login", Example: 3, Status: 200, Text: `"access":"` + sandbox.TokenMark},
		{Name: "wrong login", Example: 3, Replace: [][2]string{{loginSecret, "other"}}, Status: 401, Text: "No active account found"},
		{Name: "login without key", Example: 3, Header: [2]string{"apikey", ""}, Status: 401, Text: "authentication credentials are invalid"},
	})
}

// TestMultipart sends the documented form as the page's own sample does.
func TestMultipart(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	values, err := url.ParseQuery(New().Examples[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	for name := range values {
		if err := w.WriteField(name, values.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	kind := [2]string{"Content-Type", w.FormDataContentType()}
	whole := body.String()
	standintest.Run(t, New(), []standintest.Case{
		{Name: "whole", Header: kind, Body: whole, Status: 200, Text: `"uid"`},
		{Name: "cut", Header: kind, Body: whole[:len(whole)-40], Status: 400, Text: "multipart"},
		{Name: "goes on", Header: kind, Body: whole + "x", Status: 400, Text: "does not end with its boundary"},
		{Name: "a file", Header: kind, Body: strings.Replace(whole, `name="email"`, `name="email"; filename="x"`, 1), Status: 400, Text: "no field"},
	})
}
