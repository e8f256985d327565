package standin

import (
	"slices"
	"strings"

	"importer/vendors/sandbox"
)

func signup(c *sandbox.Call) sandbox.Answer { return register(c, signupRules(false)) }

func signupPackage(c *sandbox.Call) sandbox.Answer { return register(c, signupRules(true)) }

// register registers a person by the rules of one of the two sign-ups. Every fault is reported, those of the register last.
func register(c *sandbox.Call, rules []sandbox.Rule) sandbox.Answer {
	person, refused, ok := form(c)
	if !ok {
		return refused
	}
	faults := person.Check(rules)
	faults = append(faults, wrongTogether(person, faults)...)
	if message := wrongSponsor(c.Register, person.Text("sponsor")); message != "" && !about(faults, "sponsor") {
		faults = append(faults, sandbox.Wrong{Field: "sponsor", Text: message})
	}
	if len(faults) > 0 {
		return failFields(c.Shape, faults)
	}
	number, taken, err := c.Register.Add(identity(person), sandbox.UsernameKey, sandbox.PhoneKey, sandbox.EmailKey)
	if err != nil {
		return demo.Refusals[sandbox.Broken]
	}
	if len(taken) > 0 {
		return failFields(c.Shape, wrongTaken(taken))
	}
	return created(number)
}

func identity(person *sandbox.Object) sandbox.Identity {
	return sandbox.Identity{
		Email: person.Text("email"), Phone: "+" + strings.TrimPrefix(person.Text("phone_number"), "+"),
		Username: person.Text("username"), Member: person.Text("user_type") == "member",
	}
}

func wrongTaken(taken []sandbox.Key) []sandbox.Wrong {
	texts := map[sandbox.Key]sandbox.Wrong{
		sandbox.UsernameKey: {Field: "username", Text: "Username is already taken. Please try another one."},
		sandbox.PhoneKey:    {Field: "phone_number", Text: "Phone number already taken. Please try another one."},
		sandbox.EmailKey:    {Field: "email", Text: "There is a user registered with the specified E-Mail address."},
	}
	var faults []sandbox.Wrong
	for _, k := range taken {
		faults = append(faults, texts[k])
	}
	return faults
}

// wrongTogether compares fields with one another.
func wrongTogether(person *sandbox.Object, single []sandbox.Wrong) (faults []sandbox.Wrong) {
	add := func(field, text string) {
		if !about(single, field) {
			faults = append(faults, sandbox.Wrong{Field: field, Text: text})
		}
	}
	if person.Text("user_type") == "member" {
		for _, field := range []string{"sponsor", "subdomain"} {
			if person.Text(field) == "" {
				add(field, "This field is required when user_type is member.")
			}
		}
	}
	if confirmed, ok := person.Get("confirm_password"); ok && confirmed.Text != person.Text("password") {
		add("confirm_password", "Confirmed password doesn't match.")
	}
	if position := person.Text("position"); (position != "") != (person.Text("place_genealogy") == "1") {
		add("position", invalidPosition)
	}
	return faults
}

func about(faults []sandbox.Wrong, field string) bool {
	return slices.ContainsFunc(faults, func(f sandbox.Wrong) bool { return f.Field == field })
}
