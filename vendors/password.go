package vendors

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"importer/mapping"
)

// PasswordRule is what a vendor takes as a password, as far as its pages say. Passwords that the importer makes keep it; those of a list are held
// only to the Checks of their field. The zero rule is that of a vendor who publishes none: generated passwords then have something of everything.
type PasswordRule struct {
	Least, Most int      // characters; 0: not published
	Classes     []string // the characters of which it is made, in groups of which each gives at least one; none: the usual four
}

// passwordClasses are the groups of characters of generated passwords where the vendor says nothing else. Marks that mean something in HTML, in
// hashes or to a spreadsheet are left out.
func passwordClasses() []string {
	return []string{"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "!#%?@_"}
}

func (r PasswordRule) classes() []string {
	if len(r.Classes) == 0 {
		return passwordClasses()
	}
	return r.Classes
}

// Alphabet returns the characters that a generated password is made of, each once; all are ASCII.
func (r PasswordRule) Alphabet() string { return strings.Join(r.classes(), "") }

// Fits reports whether a generated text keeps the rule.
func (r PasswordRule) Fits(text string) bool {
	n := utf8.RuneCountInString(text)
	lacks := func(class string) bool { return !strings.ContainsAny(text, class) }
	return r.TakesLength(n) && strings.Trim(text, r.Alphabet()) == "" && !slices.ContainsFunc(r.classes(), lacks)
}

// TakesLength reports whether a password may have n characters.
func (r PasswordRule) TakesLength(n int) bool { return n >= r.Least && (r.Most == 0 || n <= r.Most) }

// Lengths says how long generated passwords can be: "12 to 30".
func (r PasswordRule) Lengths() string {
	return fmt.Sprintf("%d to %d", max(r.Least, mapping.LeastGenerated), cmp.Or(r.Most, mapping.MostGenerated))
}

// String is the rule for generated passwords in words.
func (r PasswordRule) String() string {
	return r.Lengths() + " characters, at least one of each of: " + strings.Join(r.classes(), " ")
}

// PasswordRule returns the vendor's rule for passwords under the account's settings.
func (a *Account) PasswordRule() PasswordRule { return a.vendor.passwordRuleFor(a.emptyInput()) }

func (v *Vendor) passwordRuleFor(in *Input) PasswordRule {
	if v.Passwords == nil {
		return PasswordRule{}
	}
	return v.Passwords(in)
}

// passwordRule is the rule under default settings.
func (v *Vendor) passwordRule() PasswordRule {
	return v.passwordRuleFor(&Input{Customer: &mapping.Customer{}, Operation: v.Operations[0].Name, settings: map[string]string{}})
}

const passwordIsHash, passwordIsMask = "password_is_hash", "password_is_mask"

// inClear are the checks of every field that carries a password: nobody could sign in with what only stands in its place.
func inClear() []Check {
	return []Check{
		{
			Code: passwordIsHash, Doc: "a password in clear, not a hash of one",
			Hint: "nobody can turn a hash back into the password; `password: {generate: 20}` makes new ones, and people set their own by \"forgot password\"",
			OK:   func(_ *Input, text string) bool { return !mapping.IsHash(text) }, Alone: true,
		},
		{
			Code: passwordIsMask, Doc: "a password, not what programs show in its place",
			Hint: "the list does not hold the password; `password: {generate: 20}` makes new ones, and people set their own by \"forgot password\"",
			OK:   func(_ *Input, text string) bool { return !mapping.IsMask(text) }, Alone: true,
		},
	}
}

// HintWhereMade says what to do about a code of [Vendor.LocalCodes] where the job makes passwords already; "" where that changes nothing.
func HintWhereMade(code string) string {
	switch code {
	case passwordIsHash, passwordIsMask:
		return "empty the cell, or take the column out of `password:`; then `generate` makes a new one, and people set their own by \"forgot password\""
	}
	return ""
}

// checks are all checks of the field: those that every vendor needs first.
func (f *WireField) checks() []Check {
	if f.From != mapping.Password {
		return f.Checks
	}
	return append(inClear(), f.Checks...)
}
