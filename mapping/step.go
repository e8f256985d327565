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
	read     func(string) (value, *flaw) // cells
	plain    func(string) (value, *flaw) // constants of the job file
	texture  texture                     // how freely cells may be written; unchecked: they are not looked at for damage
	repair   bool                        // damage is repaired where that is certain

	columns  []int // what it looks at: header positions
	expr     *expression
	constant *value
	values   map[string]value // by trimmed cell text
	listed   []string         // the keys of values, sorted, for hints
	fallback *value

	phone      phoneReader     // of a telephone number
	exceptions bool            // values lists exceptions: other cells are read
	empties    map[string]bool // trimmed texts that stand for an empty cell
	noted      noted
}

// run reads the row and sets the field. It returns the fault that kept it from doing so. What is to be reported without being
// a fault is counted in notes; nil counts nothing.
func (st *step) run(c *Customer, cells []string, notes *noted) *Fault {
	if st.constant != nil {
		st.set(c, st.constant)
		return nil
	}
	text, raw, bad := st.source(cells, notes)
	if bad != nil {
		return st.fault(bad, text)
	}
	if st.values != nil {
		if v, ok := st.values[text]; ok {
			st.set(c, &v)
			return nil
		}
		if text != "" && !st.exceptions {
			return st.fault(st.notListed(text), text)
		}
	}
	if text == "" {
		if st.fallback != nil {
			st.set(c, st.fallback)
		}
		return nil
	}
	if bad := st.damage(raw, notes); bad != nil {
		return st.fault(bad, text)
	}
	v, bad := st.read(text)
	if bad != nil {
		return st.fault(bad, text)
	}
	st.set(c, &v)
	notes.count(v.noted)
	if st.kind == CalendarDate && notes != nil {
		notes.days.count(&v, text)
	}
	if st.kind == EmailAddress {
		noteAddress(v.text, notes)
	}
	return nil
}

// damage looks for damage in a cell as it was before it was cleaned, since cleaning takes parts of it away. What a vendor's own fields and metadata
// hold may be anything, and is noted.
func (st *step) damage(raw string, notes *noted) *flaw {
	found := findDamage(raw, st.texture)
	if found == nil {
		return nil
	}
	if st.place != fieldPlace {
		notes.count(damagedText)
		return nil
	}
	if st.repair && found.repair != nil {
		return found.bad.withHint("it cannot be repaired for certain: fix the export, or the value in the list")
	}
	return found.bad
}

// repaired returns a cell without damage that can be repaired for certain, where the job asks for that.
func (st *step) repaired(cell string, notes *noted) string {
	if !st.repair {
		return cell
	}
	whole, did := repaired(cell, st.texture)
	if did {
		notes.count(repairedText)
	}
	return whole
}

// source returns the cleaned text the row gives, empty when it gives none, and that text before it was cleaned.
func (st *step) source(cells []string, notes *noted) (text, raw string, bad *flaw) {
	if st.expr != nil {
		if st.field == Password {
			text, bad = st.expr.run(cells) // an expression says exactly what it means, blanks included
			return text, text, bad
		}
		cells, did, bad := st.expr.bare(cells)
		if bad != nil {
			return "", "", bad
		}
		notes.count(did)
		if text, bad = st.expr.run(cells); bad != nil {
			return text, text, bad
		}
		raw = st.repaired(text, notes)
		text, bad = st.cell(raw, notes)
		return text, raw, bad
	}
	if st.field == Password {
		text, bad = st.password(cells, notes)
		return text, text, bad
	}
	for _, i := range st.columns {
		cell := st.repaired(cells[i], notes)
		if text, bad := st.cell(cell, notes); text != "" || bad != nil {
			return text, cell, bad
		}
	}
	return "", "", nil
}

// cell returns a cell as it is read, empty when it stands for nothing; or why it cannot be read, whatever the field.
func (st *step) cell(cell string, notes *noted) (string, *flaw) {
	if cell == "" {
		return "", nil
	}
	text, did := clean(cell)
	if did != 0 && text != "" {
		notes.count(did)
	}
	text, did, bad := st.bare(text)
	notes.count(did)
	if st.empties[text] {
		notes.count(placeholderCell)
		return "", nil
	}
	return text, bad
}

// password takes a cell as it is, since every character of it counts.
func (st *step) password(cells []string, notes *noted) (string, *flaw) {
	for _, i := range st.columns {
		text := Trim(cells[i])
		switch {
		case text == "":
		case st.empties[text]:
			notes.count(placeholderCell)
		case len(text) != len(cells[i]):
			return text, newFlaw(CodePasswordSpace, "begins or ends with blanks, and nobody can tell whether they belong to it")
		default:
			did, bad := barePassword(text)
			notes.count(did)
			return text, bad
		}
	}
	return "", nil
}

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
		c.text[st.field] = v.text
		switch st.kind {
		case Phone:
			c.SetPhone(st.field, v.phone)
		case CalendarDate:
			c.birth = v.date
		}
	}
}

func (st *step) fault(bad *flaw, text string) *Fault {
	return &Fault{Code: bad.code, Field: st.name, Shown: mask(st.kind, st.privacy, text), Message: bad.message, Hint: bad.hint}
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
