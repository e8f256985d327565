package pipeline

import (
	"cmp"
	"slices"

	"importer/mapping"
	"importer/vendors"
)

// givePassword gives the customer a password where the job asks for one and the row has none. It is false when one was to be given and none can be
// made, because the row says of nobody who it is.
func (e *Engine) givePassword(t *task) bool {
	length := e.plan.Mapper.GeneratedPassword()
	password := mapping.Password.String()
	if length == 0 || t.customer.Has(mapping.Password) || !e.plan.Account.Uses(mapping.Password) ||
		slices.ContainsFunc(t.faults, func(f mapping.Fault) bool { return f.Field == password }) {
		return true
	}
	who, _ := e.plan.Account.Identity(&t.customer)
	if who == "" {
		return false
	}
	rule := e.plan.Account.PasswordRule()
	t.newPass = true
	t.customer.SetText(mapping.Password, e.plan.Key.Password(rule.Alphabet(), length, rule.Fits, e.plan.Account.ID(), who))
	return true
}

// hintAtMade changes the hints of faults that read otherwise where the job makes passwords.
func (e *Engine) hintAtMade(faults []mapping.Fault) {
	if e.plan.Mapper.GeneratedPassword() == 0 {
		return
	}
	for i, f := range faults {
		faults[i].Hint = cmp.Or(vendors.HintWhereMade(f.Code), f.Hint)
	}
}

// nobodysPassword says why a row got no password: by the fault of the field that makes it a person where there is one, else by one of its own.
func (e *Engine) nobodysPassword(faults []mapping.Fault) []mapping.Fault {
	password := mapping.Password.String()
	faults = slices.DeleteFunc(faults, func(f mapping.Fault) bool { return f.Field == password })
	identifies := func(f mapping.Fault) bool {
		field, ok := mapping.ParseField(f.Field)
		return ok && slices.Contains(e.plan.Account.Vendor().Identity, field)
	}
	if slices.ContainsFunc(faults, identifies) {
		return faults
	}
	return append(faults, mapping.Fault{
		Code: CodePasswordNoIdentity, Field: password, Message: "no password can be made: nothing in the row says who the person is",
		Hint: "fill in what the vendor knows people by, such as the e-mail address, or give the row a password of its own",
	})
}
