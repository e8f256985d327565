package source

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// looked is a record near the beginning of an input, split and not judged.
type looked struct {
	line  int64
	cells []string
}

// lookRecords is how many records are looked at for the header of a list.
const lookRecords = 60

// beginning returns the first records of a CSV, split by its delimiter; those that cannot be split are left out.
func (f *File) beginning(head []byte, l Limits) (rows []looked) {
	g := *f
	g.Header = nil
	g.dialect.trailing, g.dialect.surplus = false, 0
	r := newCSVRows(&g, bytes.NewReader(head), l)
	for len(rows) < lookRecords {
		cells, err := r.Read()
		if _, isBroken := err.(*Broken); isBroken {
			continue
		}
		if err != nil {
			return rows
		}
		if len(cells) == 1 && isRule(cells[0]) {
			continue
		}
		rows = append(rows, looked{r.line, cells})
	}
	return rows
}

// headerAmong returns the first record that looks like the names of the columns, but for that on the line which was taken for it, and how many of those
// after it fit it; nil for none. Its cells are filled, differ and are texts; half of them and two, or four, are known names, and more than known; and most records
// after it are as wide.
func headerAmong(rows []looked, but int64, known int, fits func(row, header []string) bool) (*looked, int) {
	for i := range rows {
		n := knownNames(rows[i].cells)
		if rows[i].line == but || !namesColumns(rows[i].cells) || n <= known || n < 2 || n < 4 && n*2 < len(rows[i].cells) {
			continue
		}
		fit, after := 0, rows[i+1:]
		for _, row := range after {
			if fits(row.cells, rows[i].cells) {
				fit++
			}
		}
		if slices.ContainsFunc(rows[min(i, 1):i], func(row looked) bool { return slices.ContainsFunc(row.cells, isMail) && !hasLabel(row.cells) }) {
			return nil, 0 // a person would be left out
		}
		if fit*2 > len(after) {
			return &rows[i], fit
		}
	}
	return nil, 0
}

func isMail(cell string) bool { return kindOf(cell) == emailKind }

// asWide is how the rows of a CSV fit its header.
func asWide(row, header []string) bool { return len(row) == len(header) }

// namesColumns reports whether cells look like the names of columns.
func namesColumns(cells []string) bool {
	names := withoutBlankEnd(headerNames(cells))
	for len(names) > 0 && names[0] == "" { // the border of a table that was printed
		names = names[1:]
	}
	if len(names) < 2 {
		return false
	}
	for i, name := range names {
		if kindOf(name) != textKind || len(name) > 100 || !strings.ContainsFunc(name, unicode.IsLetter) || slices.Contains(names[:i], name) {
			return false
		}
	}
	return knownNames(names) > 0
}

// knownNames is how many cells have a word that lists have in the names of their columns.
func knownNames(cells []string) (n int) {
	for _, cell := range cells {
		if isColumnName(cell) {
			n++
		}
	}
	return n
}

// withoutBlankEnd returns names without the empty ones at their end.
func withoutBlankEnd(names []string) []string {
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	return names
}

// advise keeps the options with which the input can be read (Advised), and returns an error that names them as a person can paste them. why is added to
// the hint.
func (f *File) advise(o, better Options, line int64, why, format string, args ...any) error {
	f.better = &better
	var keys, flags []string
	add := func(key, flag, value, typed string) {
		keys = append(keys, key+": "+value)
		flags = append(flags, "--"+flag+" "+typed)
	}
	if better.HeaderRow != o.HeaderRow {
		n := strconv.Itoa(better.HeaderRow)
		add("header_row", "header-row", n, n)
	}
	if better.Delimiter != o.Delimiter {
		add("delimiter", "delimiter", strings.ReplaceAll(delimiterName(better.Delimiter), `"tab"`, "tab"), "'"+strings.Trim(delimiterName(better.Delimiter), `"`)+"'")
	}
	if better.Quotes != o.Quotes {
		add("quotes", "quotes", better.Quotes, better.Quotes)
	}
	if !slices.Equal(better.Columns, o.Columns) {
		add("columns", "columns", "["+strings.Join(flowNames(better.Columns), ", ")+"]", "'"+strings.Join(flagNames(better.Columns), ",")+"'")
	}
	hint := fmt.Sprintf("write input: {%s} in the job file, or %s", strings.Join(keys, ", "), strings.Join(flags, " "))
	if why != "" {
		hint += "; " + why
	}
	return unusableAt(line, hint, format, args...)
}

// flowNames writes names for a list of YAML. Those that are made here stay plain.
func flowNames(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		if out[i] = name; !plainName.MatchString(name) {
			out[i] = strconv.Quote(name)
		}
	}
	return out
}

// flagNames writes names for --columns, within the quotes of a shell.
func flagNames(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		if out[i] = name; strings.ContainsAny(name, "\",\r\n") || name != strings.TrimSpace(name) {
			out[i] = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
		out[i] = strings.ReplaceAll(out[i], "'", `'\''`)
	}
	return out
}

// plainName is a name that is made here, and that YAML reads as it stands.
var plainName = regexp.MustCompile(`^(?:email|phone|date|column)(?: \d+)?$`)
