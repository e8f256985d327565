package mapping

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"importer/mapping/problem"
)

// ImportPrefix begins the columns that a failed.csv carries about the import it comes from. They are never mapped.
const ImportPrefix = "_import_"

// header is a header being fitted.
type header struct {
	names []string         // trimmed
	used  []bool           // by a field or a condition
	at    map[string][]int // the places of each name
}

func newHeader(cells []string) *header {
	h := &header{used: make([]bool, len(cells)), at: make(map[string][]int, len(cells))}
	for i, cell := range cells {
		name := Trim(cell)
		h.names = append(h.names, name)
		h.at[name] = append(h.at[name], i)
	}
	return h
}

// use finds a column by its name and notes that it is used.
func (h *header) use(name string) (int, bool) {
	places := h.at[Trim(name)]
	if len(places) == 0 {
		return 0, false
	}
	h.used[places[0]] = true
	return places[0], true
}

// standardFields makes the Spec of a header whose columns are already called by standard names.
func (h *header) standardFields() []FieldSpec {
	var specs []FieldSpec
	for i, name := range h.names {
		if h.at[name][0] != i {
			continue
		}
		_, standard := ParseField(name)
		key, metadata := strings.CutPrefix(name, MetadataPrefix)
		if standard || metadata && key != "" {
			specs = append(specs, FieldSpec{Name: name, Columns: []string{name}})
		}
	}
	return specs
}

// leftover is a column, or several of one name, that the Spec says nothing about.
type leftover struct {
	name     string
	err      *problem.Error
	harmless bool // nothing draws on it: it could as well be ignored
	meant    bool // the Spec names it in another spelling, it seems
}

// unmapped lists the header cells that are neither used nor ignored, or have one name. missing are the columns that the Spec names and the
// header lacks.
func (h *header) unmapped(spec Spec, missing []string) (list []leftover) {
	ignored := newIgnores(spec.Ignore)
	for i, name := range h.names {
		switch {
		case strings.HasPrefix(name, ImportPrefix):
		case h.at[name][0] != i:
			// Reported with its first place below.
		case len(h.at[name]) > 1 && (h.used[i] || !ignored.has(name)):
			list = append(list, leftover{name: name, err: h.duplicate(name), harmless: !h.used[i]})
		case h.used[i] || ignored.has(name):
		case name == "":
			list = append(list, leftover{name: name, err: problem.New(problem.Input, fmt.Sprintf("header cell %d is empty", i+1), "name the column"), harmless: true})
		default:
			message := fmt.Sprintf("column %q (header cell %d) is neither mapped nor ignored", Escape(name, maxShown), i+1)
			_, meant := Nearest(name, missing)
			list = append(list, leftover{name, problem.New(problem.Input, message, unmappedHint(name, spec, missing)), true, meant})
		}
	}
	hintIgnore(list, spec.Ignore)
	return list
}

// hintIgnore adds to the last column that could be ignored how all of them are; but not those that the job file seems to mean.
func hintIgnore(list []leftover, ignored []string) {
	var names []string
	last := -1
	for i, l := range list {
		if l.harmless && !l.meant {
			names, last = append(names, l.name), i
		}
	}
	if last >= 0 {
		list[last].err.Fix += "; " + ignoreHint(ignored, names)
	}
}

// secretsUnused lists the columns that no field draws on and whose name says that they hold a secret: a password is one though it is ignored.
func (h *header) secretsUnused() (columns []int) {
	for i, name := range h.names {
		if !h.used[i] && privacyOf(name) == Hidden {
			columns = append(columns, i)
		}
	}
	return columns
}

func (h *header) duplicate(name string) *problem.Error {
	var cells []string
	for _, at := range h.at[name] {
		cells = append(cells, strconv.Itoa(at+1))
	}
	places := strings.Join(cells, " and ")
	if name == "" {
		return problem.New(problem.Input, fmt.Sprintf("header cells %s are empty", places), "name the columns")
	}
	what := fmt.Sprintf("column %q is in the header more than once (cells %s)", Escape(name, maxShown), places)
	return problem.New(problem.Input, what, "give each column a name of its own")
}

// unmappedHint offers what the name is near to: a column that the job file names and the header lacks, or else a free standard field.
func unmappedHint(name string, spec Spec, missing []string) string {
	if near, ok := Nearest(name, missing); ok {
		return fmt.Sprintf("the job file names %q, which the header lacks: is it this one?", near)
	}
	free := FieldNames()
	for _, s := range spec.Fields {
		free = slices.DeleteFunc(free, func(f string) bool { return f == s.Name })
	}
	if near, ok := Nearest(name, free); ok {
		return fmt.Sprintf("did you mean the field %s? (%s: %s)", near, near, Scalar(name))
	}
	if near, ok := Nearest(name, spec.Ignore); ok {
		return fmt.Sprintf("did you mean %q, which is ignored? add this one to ignore too, or map it under fields", near)
	}
	return "map it under fields"
}

// listed names the header's columns for a hint, as far as they fit.
func (h *header) listed() string {
	if len(h.names) == 0 {
		return "the header is empty"
	}
	var shown []string
	for _, name := range h.names[:min(len(h.names), 12)] {
		shown = append(shown, Escape(name, maxShown))
	}
	if len(h.names) > 12 {
		shown = append(shown, "…")
	}
	return "the header has: " + strings.Join(shown, ", ")
}
