package mapping

import (
	"fmt"
	"slices"
	"strings"
)

// place is which part of a customer a step fills.
type place uint8

const (
	fieldPlace place = iota
	metadataPlace
	wirePlace
)

// step makes one field of a customer. It is not changed after Compile.
type step struct {
	name     string // for messages: "phone", "metadata.plan", the wire field's name
	key      string // of a pair: its name without prefix
	place    place
	field    Field
	kind     Kind
	pairKind PairKind
	privacy  Privacy
	read     func(string) (value, *flaw)

	columns  []int
	expr     *expression
	constant *value
	values   map[string]value // by trimmed cell text
	listed   []string         // the keys of values, sorted, for hints
	fallback *value
}

// run reads the row and sets the field. It returns the fault that kept it from doing so.
func (st *step) run(c *Customer, cells []string) *Fault {
	if st.constant != nil {
		st.set(c, st.constant)
		return nil
	}
	text, bad := st.source(cells)
	if bad != nil {
		return st.fault(bad, text)
	}
	if st.values != nil {
		if v, ok := st.values[text]; ok {
			st.set(c, &v)
			return nil
		}
		if text != "" {
			return st.fault(st.notListed(text), text)
		}
	}
	if text == "" {
		if st.fallback != nil {
			st.set(c, st.fallback)
		}
		return nil
	}
	v, bad := st.read(text)
	if bad != nil {
		return st.fault(bad, text)
	}
	st.set(c, &v)
	return nil
}

// source returns the trimmed text the row gives, empty when it gives none.
func (st *step) source(cells []string) (string, *flaw) {
	if st.expr != nil {
		text, bad := st.expr.run(cells)
		if st.field == Password {
			return text, bad // an expression says exactly what it means, blanks included
		}
		return Trim(text), bad
	}
	for _, i := range st.columns {
		text := Trim(cells[i])
		if text == "" {
			continue
		}
		if st.field == Password && len(text) != len(cells[i]) {
			return text, flawPasswordSpace
		}
		return text, nil
	}
	return "", nil
}

var flawPasswordSpace = newFlaw(CodePasswordSpace, "begins or ends with blanks, and nobody can tell whether they belong to it")

// set puts a value into its place. The absent value sets nothing.
func (st *step) set(c *Customer, v *value) {
	if v.text == "" {
		return
	}
	switch st.place {
	case metadataPlace:
		c.AddMetadata(Pair{Name: st.key, Text: v.text, Kind: st.pairKind})
	case wirePlace:
		c.AddWire(Pair{Name: st.key, Text: v.text, Kind: st.pairKind})
	default:
		switch st.kind {
		case Phone:
			c.SetPhone(st.field, v.phone)
		case CalendarDate:
			c.birth = v.date
			c.text[st.field] = v.text
		default:
			c.text[st.field] = v.text
		}
	}
}

func (st *step) fault(bad *flaw, text string) *Fault {
	return &Fault{
		Code:    bad.code,
		Field:   st.name,
		Shown:   mask(st.kind, st.privacy, text),
		Message: bad.message,
		Hint:    bad.hint,
	}
}

// notListed says what the job file does list.
func (st *step) notListed(text string) *flaw {
	bad := newFlaw(CodeValueNotListed, "is none of the listed values")
	shown := slices.DeleteFunc(slices.Clone(st.listed), func(word string) bool { return word == "" })
	if len(shown) > 10 {
		shown = append(shown[:10:10], "…")
	}
	hint := fmt.Sprintf("the job file lists: %s; %s", Escape(strings.Join(shown, ", "), 200), bad.hint)
	for _, word := range st.listed {
		if strings.EqualFold(word, text) {
			hint = fmt.Sprintf("the job file lists %q, and upper and lower case count; %s", Escape(word, maxShown), bad.hint)
		}
	}
	return bad.withHint(hint)
}

// draws returns the header positions the step looks at.
func (st *step) draws() []int {
	if st.expr != nil {
		return append([]int(nil), st.expr.columns...)
	}
	return append([]int(nil), st.columns...)
}
