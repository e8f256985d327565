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

// unmapped lists the header cells that are neither used nor ignored, or have one name. missing are the columns that the Spec names and the
// header lacks.
func (h *header) unmapped(spec Spec, missing []string) []error {
	ignored := map[string]bool{}
	for _, name := range spec.Ignore {
		ignored[Trim(name)] = true
	}
	var problems []error
	for i, name := range h.names {
		switch {
		case strings.HasPrefix(name, ImportPrefix):
		case h.at[name][0] != i:
			// Reported with its first place below.
		case len(h.at[name]) > 1 && (h.used[i] || !ignored[name]):
			problems = append(problems, h.duplicate(name))
		case h.used[i] || ignored[name]:
		case name == "":
			problems = append(problems, problem.New(problem.Input, fmt.Sprintf("header cell %d is empty", i+1), `name the column, or add "" to ignore`))
		default:
			message := fmt.Sprintf("column %q (header cell %d) is neither mapped nor ignored", Escape(name, maxShown), i+1)
			problems = append(problems, problem.New(problem.Input, message, unmappedHint(name, spec, missing)))
		}
	}
	return problems
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

func (h *header) duplicate(name string) error {
	var cells []string
	for _, at := range h.at[name] {
		cells = append(cells, strconv.Itoa(at+1))
	}
	places := strings.Join(cells, " and ")
	if name == "" {
		return problem.New(problem.Input, fmt.Sprintf("header cells %s are empty", places), `name the columns, or add "" to ignore`)
	}
	what := fmt.Sprintf("column %q is in the header more than once (cells %s)", Escape(name, maxShown), places)
	return problem.New(problem.Input, what, "give each column a name of its own")
}

// unmappedHint offers what the name is near to: a column that the job file names and the header lacks, or else a free standard field.
func unmappedHint(name string, spec Spec, missing []string) string {
	shown := Escape(name, maxShown)
	if near, ok := Nearest(name, missing); ok {
		return fmt.Sprintf("the job file names %q, which the header lacks: is it this one?", near)
	}
	free := FieldNames()
	for _, s := range spec.Fields {
		free = slices.DeleteFunc(free, func(f string) bool { return f == s.Name })
	}
	if near, ok := Nearest(name, free); ok {
		return fmt.Sprintf("did you mean the field %s? (%s: %s)", near, near, shown)
	}
	if near, ok := Nearest(name, spec.Ignore); ok {
		return fmt.Sprintf("did you mean %q, which is ignored? add this one to ignore too, or map it under fields", near)
	}
	return fmt.Sprintf("map it under fields, or add it to ignore: [%s]", shown)
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
