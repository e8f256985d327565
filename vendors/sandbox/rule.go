package sandbox

import "slices"

// Rule is what a vendor's page says of one field. A field without a rule is refused.
type Rule struct {
	Name     string
	Kind     Kind
	Required bool
	Nullable bool  // the page says that null may be sent
	Check    Check // of the text; nil accepts any
}

// Wrong is one fault of a request: the field and what is wrong with it.
type Wrong struct {
	Field string
	Text  string
}

// Check holds an object to the rules and returns every fault: those of known fields in the order of the rules, then unknown fields in the
// order sent. Null, the empty string and a wrong type are faults.
func (o *Object) Check(rules []Rule) []Wrong {
	var wrong []Wrong
	for i := range rules {
		if text := rules[i].check(o); text != "" {
			wrong = append(wrong, Wrong{rules[i].Name, text})
		}
	}
	for _, name := range o.names {
		if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Name == name }) {
			wrong = append(wrong, Wrong{name, "unknown field"})
		}
	}
	return wrong
}

func (r *Rule) check(o *Object) string {
	v, ok := o.Get(r.Name)
	switch {
	case !ok && r.Required:
		return "this field is required"
	case !ok:
		return ""
	case v.Kind == Null && r.Nullable:
		return ""
	case v.Kind == Null:
		return "must not be null; leave the field out"
	case v.Kind != r.Kind:
		return "must be " + r.Kind.String() + ", not " + v.Kind.String()
	case v.Kind == String && v.Text == "":
		return "must not be empty; leave the field out"
	case r.Check != nil:
		return r.Check(v.Text)
	}
	return ""
}
