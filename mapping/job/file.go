package job

import (
	"strings"

	"importer/mapping"
)

// File is a job file as read, merged with what it extends. It is plain data: a caller may set members, say from flags.
type File struct {
	Name     string // as given to Load or Parse
	Vendor   Scalar
	BaseURL  Scalar
	Settings []Setting           // in file order, those of the base first
	Fields   []mapping.FieldSpec // likewise
	Wire     []mapping.FieldSpec // likewise
	Ignore   []Scalar            // columns
	Empty    []Scalar            // texts that stand for an empty cell
	Limits   Limits
	OK       []Scalar // codes that count as success
	Policy
	Input Input
	Run   Run

	extends Scalar
	sources map[string][]string // the lines of every file read, by name
}

// Scalar is one text of a job file, exactly as written there (quotes and escapes resolved), and its place.
type Scalar struct {
	Text string
	Pos  mapping.Pos
}

// Set reports whether the job file, or a caller, gave a text. An empty text in quotes counts as given.
func (s Scalar) Set() bool { return s.Text != "" || s.Pos.Line > 0 }

// Setting is one member of `settings`.
type Setting struct {
	Name  string
	Where mapping.Pos // of the name
	Value Scalar
}

// Policy says which rows are taken, in which order, and what becomes of those that are one person.
type Policy struct {
	Where       Scalar   // a condition over row["Column"]
	Identity    []Scalar // standard fields; two rows are one person when all of them are the same
	OnDuplicate Scalar   // first, last or reject
	Sort        Scalar   // sponsors_first
	Sample      Scalar   // how many rows to send before a person is asked
}

// Limits is the block `limits`.
type Limits struct {
	Rate      Scalar // "20/s", "20/s,2000/15m", "none": not checked here
	Workers   Scalar // a whole number from 1
	MaxErrors Scalar // N or N%
	Timeout   Scalar // of one attempt, as time.ParseDuration reads it, above zero
}

// Input is the block `input`: how the list is written. Numbers and words are checked, the rest is text.
type Input struct {
	Format, Delimiter, Encoding      Scalar
	Quote, Quotes, Comment, LineEnds Scalar
	Ragged, HeaderRow, Sheet         Scalar
	Columns                          []Scalar // names for a list without a header
}

// Run is the block `run`: what else the flags of the same names say. Numbers and booleans are checked, the rest is text.
type Run struct {
	Out, Journal, SkipRows, MaxRows, Progress, LogFormat Scalar
	Quiet, JSON, Fresh, DryRun, Sandbox, ShowKeys        Scalar
}

// Spec returns what mapping needs. Its slices are shared with f.
func (f *File) Spec() mapping.Spec {
	if f == nil {
		return mapping.Spec{}
	}
	return mapping.Spec{Fields: f.Fields, Wire: f.Wire, Ignore: textsOf(f.Ignore), Empty: textsOf(f.Empty), Where: f.Where.Text, WhereAt: f.Where.Pos}
}

func textsOf(all []Scalar) []string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = s.Text
	}
	return texts
}

// SettingMap returns the settings by name.
func (f *File) SettingMap() map[string]string {
	if f == nil {
		return map[string]string{}
	}
	m := make(map[string]string, len(f.Settings))
	for _, s := range f.Settings {
		m[s.Name] = s.Value.Text
	}
	return m
}

// SettingPos returns where a setting is named, the zero Pos when it is not.
func (f *File) SettingPos(name string) mapping.Pos {
	if f != nil {
		for _, s := range f.Settings {
			if s.Name == name {
				return s.Where
			}
		}
	}
	return mapping.Pos{}
}

// Flag returns what the job file says for a flag of `run`, by the flag's name without dashes in front ("max-errors").
// It is false when the file does not say, or when there is no such key. `ok` comes joined with commas.
func (f *File) Flag(name string) (Scalar, bool) {
	if f == nil {
		return Scalar{}, false
	}
	switch name {
	case "ok":
		return f.okList()
	case "identity":
		return f.identityList()
	case "columns":
		return f.columnList()
	}
	for _, k := range scalarKeys {
		if k.flag() == name {
			s := *k.of(f)
			return s, s.Set()
		}
	}
	return Scalar{}, false
}

// Flags lists the names that [File.Flag] knows, in the order of the documentation.
func Flags() []string {
	names := []string{"ok", "identity", "columns"}
	for _, k := range scalarKeys {
		names = append(names, k.flag())
	}
	return names
}

func (f *File) okList() (Scalar, bool) {
	if len(f.OK) == 0 {
		return Scalar{}, false
	}
	texts := make([]string, len(f.OK))
	for i, s := range f.OK {
		texts[i] = s.Text
	}
	return Scalar{Text: strings.Join(texts, ","), Pos: f.OK[0].Pos}, true
}
