package mapping

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Options are what mapping needs to know besides the job file.
type Options struct {
	Today Date // birth dates after it are faults; the zero Date checks nothing
}

// MetadataPrefix begins the names of free-form members: "metadata.<key>".
const MetadataPrefix = "metadata."

// Compile fits a Spec to a header. Header cells are trimmed before they are compared; the comparison itself is exact.
// The error, if any, joins a [problem.Error] for everything that is wrong with the Spec or its fit: a cell that is neither mapped
// nor ignored, a mapped column that is missing, a duplicate header cell, an expression that does not compile, a constant
// that its field does not take. Columns whose name begins with "_import_" are always ignored: they come from a failed.csv.
//
// Where all that is wrong is that columns are neither mapped nor ignored, there is a Mapper beside the error. It ignores them, and
// [Mapper.Unmapped] names them: a caller that cannot ask anybody may go on with it.
func Compile(spec Spec, header []string, opts Options) (*Mapper, error) {
	c := &compiler{header: newHeader(header), opts: opts}
	if len(spec.Fields) == 0 {
		spec.Fields = c.header.standardFields()
	}
	m := c.compile(spec)
	wrong := len(c.problems) > 0
	for _, l := range c.header.unmapped(spec, c.missing) {
		c.problems = append(c.problems, l.err)
		m.unmapped = append(m.unmapped, l.name)
		wrong = wrong || !l.harmless
	}
	if wrong {
		m = nil
	}
	return m, errors.Join(c.problems...)
}

// Check finds what is wrong with a Spec whatever the header: unknown fields, formats, countries, types, constants, expressions.
// Its error is as that of [Compile].
func Check(spec Spec) error {
	c := &compiler{}
	c.compile(spec)
	return errors.Join(c.problems...)
}

// compiler turns a Spec into a Mapper, gathering problems. Without a header, columns are taken on trust.
type compiler struct {
	header   *header
	opts     Options
	problems []error  // each a *problem.Error
	missing  []string // columns that the Spec names and the header lacks
	empty    []string // Spec.Empty
	repair   bool     // Spec.Repair
}

func (c *compiler) addf(pos Pos, hint, format string, args ...any) {
	c.problems = append(c.problems, pos.Problem(fmt.Sprintf(format, args...), hint))
}

func (c *compiler) compile(spec Spec) *Mapper {
	m := &Mapper{}
	c.empty, c.repair = spec.Empty, spec.Repair
	c.each(spec.Fields, "field", func(s *FieldSpec) { c.field(m, s) })
	c.each(spec.Wire, "wire field", func(s *FieldSpec) {
		if s.Name == "" {
			c.addf(s.Where, "", "a wire field needs a name")
			return
		}
		c.pair(m, s, s.Name, wirePlace)
	})
	c.condition(m, &spec)
	if c.header != nil {
		m.width = len(c.header.names)
		m.used, m.unused = c.header.used, c.header.secretsUnused()
	}
	return m
}

// each compiles the members of `fields` or `wire`, in which each name is set once.
func (c *compiler) each(specs []FieldSpec, what string, compile func(*FieldSpec)) {
	seen := map[string]bool{}
	for i := range specs {
		if s := &specs[i]; seen[s.Name] {
			c.addf(s.Where, "keep one of them", "%s %q is set twice", what, s.Name)
		} else {
			seen[s.Name] = true
			compile(s)
		}
	}
}

// field compiles one member of `fields`: a standard field or a metadata member.
func (c *compiler) field(m *Mapper, s *FieldSpec) {
	if key, ok := strings.CutPrefix(s.Name, MetadataPrefix); ok {
		if key == "" {
			c.addf(s.Where, `name it, as in "metadata.registered_at"`, "a metadata member needs a name")
			return
		}
		c.pair(m, s, key, metadataPlace)
		return
	}
	f, ok := ParseField(s.Name)
	if !ok {
		c.addf(s.Where, didYouMean(s.Name, FieldNames(), "the standard fields are listed by `importer vendors NAME`; a vendor's own fields go under `wire`"), "unknown field %q", s.Name)
		return
	}
	if s.Type != "" {
		c.addf(s.at("type", ""), "only metadata and wire members take a type", "field %q has a type of its own", s.Name)
	}
	st := &step{name: s.Name, place: fieldPlace, field: f, kind: f.Kind(), privacy: f.Privacy(), texture: textureOf(f)}
	st.read = c.reader(st, s)
	st.plain = st.read
	c.derived(st, s)
	c.source(m, st, s)
}

// pair compiles a metadata or wire member.
func (c *compiler) pair(m *Mapper, s *FieldSpec, key string, p place) {
	st := &step{name: s.Name, key: key, place: p, privacy: privacyOf(s.Name)}
	switch s.Type {
	case "", "text":
		if st.read = readText; st.privacy != Hidden {
			st.texture = freeText
		}
	case "number":
		st.pairKind, st.read = PairNumber, readNumber
	case "bool":
		st.pairKind, st.read, st.kind = PairBool, readBool, Bool
	default:
		c.addf(s.at("type", ""), didYouMean(s.Type, pairTypes, "use text, number or bool"), "unknown type %q", s.Type)
		st.read = readText
	}
	c.onlyFor(s, Text)
	st.plain = st.read
	c.derived(st, s)
	c.source(m, st, s)
}

var pairTypes = []string{"text", "number", "bool"}

// onlyFor complains about `format`, `century`, `time_zone`, `country`, `without_plus` and `take` on fields whose kind has no use for them.
func (c *compiler) onlyFor(s *FieldSpec, kind Kind) {
	if kind != CalendarDate {
		for _, key := range []struct {
			name, is string
			set      bool
		}{{"format", "how dates are written", len(s.Formats) > 0}, {"century", "which years two digits stand for", s.Century != ""},
			{"time_zone", "where the midnights of dates are meant", s.TimeZone != ""}} {
			if key.set {
				c.addf(s.at(key.name, ""), key.name+" says "+key.is, "%q is no date and takes no %s", s.Name, key.name)
			}
		}
	}
	if kind != Phone && s.Country != "" {
		c.addf(s.at("country", ""), "country says whose national telephone numbers these are", "%q is no telephone number and takes no country", s.Name)
	}
	if kind != Phone && s.Plus != "" {
		c.addf(s.at("without_plus", ""), "without_plus says what telephone numbers without + are", "%q is no telephone number and takes no without_plus", s.Name)
	}
	if kind != EmailAddress && s.Take != "" {
		c.addf(s.at("take", ""), "take: first reads the first e-mail address of a cell", "%q is no e-mail address and takes no take", s.Name)
	}
}

// source compiles where the value comes from, and adds the step to the mapper when all is well.
func (c *compiler) source(m *Mapper, st *step, s *FieldSpec) {
	before := len(c.problems)
	columns, expr, value := len(s.Columns) > 0, s.Expr != "", s.Value != nil
	switch {
	case !columns && !expr && !value && s.Generate == "":
		c.addf(s.Where, "give it a column, columns, value or expr", "%q has no source", s.Name)
	case columns && expr || columns && value || expr && value:
		c.addf(s.Where, "keep one of column, columns, value and expr", "%q has more than one source", s.Name)
	}
	for _, name := range s.Columns {
		if at, ok := c.column(name, s.at("columns", name)); ok {
			st.columns = append(st.columns, at)
		}
	}
	if expr {
		c.expression(st, s)
	}
	c.constants(st, s)
	c.empties(st, s)
	c.repairs(st, s)
	c.generate(m, st, s)
	c.onInvalid(m, st, s)
	if len(c.problems) == before && c.header != nil {
		m.steps = append(m.steps, st)
	}
}

// column finds a column of the header and claims it.
func (c *compiler) column(name string, pos Pos) (int, bool) {
	if strings.HasPrefix(Trim(name), ImportPrefix) {
		c.addf(pos, "map the list's own columns", "columns that begin with %s are about an earlier import and can't be mapped", ImportPrefix)
		return 0, false
	}
	if c.header == nil {
		return 0, true
	}
	at, ok := c.header.use(name)
	if !ok {
		c.missing = append(c.missing, name)
		c.addf(pos, didYouMean(name, c.header.names, c.header.listed()), "the header has no column %q", name)
	}
	return at, ok
}

// privacyOf guesses from a free-form name whether its values may be shown masked or not at all.
func privacyOf(name string) Privacy {
	normalized := normalName(name)
	secrets := []string{"password", "passwd", "passwort", "kennwort", "motdepasse", "contraseña", "wachtwoord", "secret", "token", "apikey", "credential"}
	if slices.ContainsFunc(secrets, func(word string) bool { return strings.Contains(normalized, word) }) {
		return Hidden
	}
	return Personal
}
