package source

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"importer/mapping/problem"
)

// sheet is the worksheet that an input's rows are in.
type sheet struct {
	name       string
	hidden     bool
	part       string // its path in the package
	number     int    // among the visible ones, 1-based; 0 for a hidden one
	visible    int    // how many are visible
	others     string // which sheets there are besides; "" for none
	named      bool   // it was asked for
	skipHidden bool   // rows and columns that are not shown are left out
	book       *book  // without its archive
	facts      *sheetFacts
}

func (s sheet) describe() string {
	text := fmt.Sprintf("sheet %q", s.name)
	switch {
	case s.number == 0:
		text = "hidden " + text
	case s.visible > 1:
		text += fmt.Sprintf(" (%d of %d)", s.number, s.visible)
	}
	if s.others != "" && !s.named {
		text += "; " + s.others
	}
	return text
}

// Whether rows and columns of a sheet that are not shown are read, as Options.Hidden has it. A row that a filter leaves out is not shown.
const (
	HiddenRead = "read"
	HiddenSkip = "skip"
)

// form tells apart ways to read the sheet that give other rows or cells, among them that of versions before there were dates and flaws.
func (s sheet) form(hidesRows bool) string {
	text := ""
	if len(s.facts.dates) > 0 {
		text += " dates"
	}
	if len(s.facts.cells) > 0 {
		text += " flaws"
	}
	if s.skipHidden && (hidesRows || len(s.facts.columns) > 0) {
		text += " without hidden"
	}
	return text
}

// isHidden reports whether a column, 1-based, is not shown.
func (s sheet) isHidden(column int) bool {
	return slices.ContainsFunc(s.facts.columns, func(c span) bool { return int(c.first) <= column && column <= int(c.last) })
}

// dropped lists the columns that are left out, 0-based.
func (s sheet) dropped(l Limits) (columns []int) {
	for at := 1; s.skipHidden && at <= l.Columns; at++ {
		if s.isHidden(at) {
			columns = append(columns, at-1)
		}
	}
	return columns
}

// beside names the other sheets in the hints of an error about a sheet that nobody asked for: the list may be on one of them.
func (s sheet) beside(err error) error {
	if err == nil || s.named || s.others == "" {
		return err
	}
	var all []error
	for _, err := range problem.All(err) {
		var e *problem.Error
		if errors.As(err, &e) {
			more := *e
			more.Fix = strings.TrimPrefix(more.Fix+"; ", "; ") + fmt.Sprintf("this is sheet %q, %s: name one with sheet under input: in the job file", s.name, s.others)
			err = &more
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// choose finds the sheet that is wanted: by name; else by number among the visible ones; the first visible one where nothing is set.
func (b *book) choose(wanted string) (sheet, error) {
	var visible []sheet
	var names []string
	for _, s := range b.sheets {
		if names = append(names, s.name); !s.hidden {
			visible = append(visible, s)
		}
	}
	there := "there are " + quotedList(names)
	number, err := strconv.Atoi(cmp.Or(wanted, "1"))
	byName := slices.IndexFunc(b.sheets, func(s sheet) bool { return wanted != "" && s.name == wanted })
	var s sheet
	switch {
	case byName >= 0:
		s = b.sheets[byName]
	case err == nil && number >= 1 && number <= len(visible):
		s = visible[number-1]
	case wanted == "":
		return s, unusable("name one with sheet under input: in the job file; "+there, "all sheets of the workbook are hidden")
	default:
		return s, unusable(there, "the workbook has no sheet %q", wanted)
	}
	s.number, s.visible = slices.IndexFunc(visible, func(v sheet) bool { return v.name == s.name })+1, len(visible)
	s.others = b.besides(s.name)
	return s, nil
}

// besides says which sheets there are but for one.
func (b *book) besides(name string) string {
	var shown, hidden []string
	for _, s := range b.sheets {
		switch {
		case s.name == name:
		case s.hidden:
			hidden = append(hidden, s.name)
		default:
			shown = append(shown, s.name)
		}
	}
	var parts []string
	if shown != nil {
		parts = append(parts, "there are also "+quotedList(shown))
	}
	if hidden != nil {
		parts = append(parts, "hidden are "+quotedList(hidden))
	}
	return strings.Join(parts, "; ")
}

// AllSheets is the Options.Sheet that means all visible sheets that hold something.
const AllSheets = "*"

// eachSheet makes one input of each sheet where several are wanted; any other input stays one.
func eachSheet(ctx context.Context, in Input, o Options, l Limits) ([]Input, error) {
	same := []Input{in}
	if in.Sheet != "" || o.Sheet != AllSheets && !strings.ContainsAny(o.Sheet, `,"`) {
		return same, nil
	}
	b, _, err := bookOf(ctx, &File{Input: in}, l)
	if err != nil || b == nil {
		return same, err
	}
	names, err := b.wanted(ctx, o.Sheet)
	if err != nil || len(names) < 2 {
		in.Sheet = strings.Join(names, "")
		return []Input{in}, err
	}
	var each []Input
	for _, name := range names {
		one := in
		one.Sheet, one.Title = name, fmt.Sprintf("%s, sheet %q", in.Title, name)
		each = append(each, one)
	}
	return each, nil
}

// bookOf reads the workbook that a file is, and returns it with the file's bytes; nil for any other file.
func bookOf(ctx context.Context, f *File, l Limits) (b *book, packed []byte, err error) {
	raw, err := openRaw(f, nil)
	if err != nil {
		return nil, nil, err
	}
	t := newText(raw)
	defer t.Close()
	if !isWorkbook(raw) {
		return nil, nil, nil
	}
	if packed, err = readPacked(t); err != nil {
		return nil, nil, err
	}
	b, err = readBook(ctx, packed, l)
	return b, packed, err
}

// wanted lists the sheets that a text names: AllSheets, one name, or several with commas between them, as in a line of CSV.
func (b *book) wanted(ctx context.Context, text string) (names []string, err error) {
	if text == AllSheets {
		return b.filled(ctx)
	}
	if slices.ContainsFunc(b.sheets, func(s sheet) bool { return s.name == text }) {
		return []string{text}, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	parts, err := r.Read()
	if err != nil {
		return nil, unusable("write the names with commas between them, and those with commas in quotes", "the sheets %q cannot be told apart", text)
	}
	var problems []error
	for _, part := range parts {
		s, err := b.choose(strings.TrimSpace(part))
		problems = append(problems, err)
		names = append(names, s.name)
	}
	return names, errors.Join(problems...)
}

// filled lists the visible sheets that hold something.
func (b *book) filled(ctx context.Context) (names []string, err error) {
	for _, s := range b.sheets {
		if s.hidden {
			continue
		}
		holds, err := b.holds(ctx, s)
		if err != nil {
			return nil, err
		}
		if holds {
			names = append(names, s.name)
		}
	}
	if names == nil {
		return nil, unusable("name one with sheet under input: in the job file; there are "+quotedList(sheetNames(b.sheets)), "no visible sheet holds anything")
	}
	return names, nil
}

func sheetNames(sheets []sheet) (names []string) {
	for _, s := range sheets {
		names = append(names, s.name)
	}
	return names
}

// holds reports whether some cell of a sheet has a value or a formula.
func (b *book) holds(ctx context.Context, s sheet) (bool, error) {
	found := false
	err := b.walk(ctx, s.part, func(_ *xml.Decoder, start xml.StartElement, _ string) error {
		if slices.Contains([]string{"v", "is", "f"}, start.Name.Local) {
			found = true
			return errEnough
		}
		return nil
	})
	return found, err
}
