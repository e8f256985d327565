package standin

import "importer/vendors/sandbox"

var rules = []sandbox.Rule{
	{Name: "password", Kind: sandbox.String, Required: true},
	{Name: "firstName", Kind: sandbox.String, Nullable: true},
	{Name: "lastName", Kind: sandbox.String, Nullable: true},
	{Name: "nickName", Kind: sandbox.String, Nullable: true},
	{Name: "referralCode", Kind: sandbox.String, Nullable: true},
	{Name: "username", Kind: sandbox.String, Nullable: true, Check: username},
	{Name: "phoneNumber", Kind: sandbox.String, Nullable: true, Check: sandbox.E164},
	{Name: "emailAddress", Kind: sandbox.String, Required: true, Check: sandbox.Email},
}

// username accepts an e-mail address, or "[a-zA-Z0-9._-]{5}+" read as five characters or more.
var username = sandbox.Valid(func(s string) bool {
	return sandbox.IsEmail(s) || len(s) >= 5 && sandbox.Only(s, sandbox.Alphanumeric+"._-")
}, "must be an e-mail address, or 5 or more of letters, digits, dot, underscore and dash")
