package reports

import (
	"errors"
	"fmt"
	"strings"
)

// LinkPrefix begins the names of the columns that link a failed row to its first life. Inputs may have them; they are no data.
const LinkPrefix = "_import_"

// SecretMarker stands in failed files for a cell of a secret column. The cell's text is taken from the original row when the file is
// imported.
const SecretMarker = "[secret]"

// LinkColumns are the columns that failed.csv has behind the original ones.
func LinkColumns() []string {
	return []string{"_import_run", "_import_row", "_import_status", "_import_code", "_import_field", "_import_message"}
}

// rawMember holds, in failed.jsonl only, the text of a line that could not be read.
const rawMember = "_import_raw"

// Link is where a failed row comes from.
type Link struct {
	Run    string // the run's name
	Row    int64  // its number in that run
	Status Status
	Code   string
}

// Links knows the link columns of a header.
type Links struct{ run, row, status, code int }

// FindLinks tells whether a header has link columns. An error says that it has some of them, but not those that are needed.
func FindLinks(header []string) (Links, bool, error) {
	at := map[string]int{}
	for i, name := range header {
		if !strings.HasPrefix(name, LinkPrefix) {
			continue
		}
		if _, twice := at[name]; twice {
			return Links{}, false, fmt.Errorf("column %s stands twice in the header (hint: remove one)", Shown(name))
		}
		at[name] = i
	}
	if len(at) == 0 {
		return Links{}, false, nil
	}
	var links Links
	for name, to := range map[string]*int{"_import_run": &links.run, "_import_row": &links.row, "_import_status": &links.status, "_import_code": &links.code} {
		i, found := at[name]
		if !found {
			return Links{}, false, fmt.Errorf("column %s is missing, though other %s columns are there (hint: take it from the original failed.csv)", name, LinkPrefix)
		}
		*to = i
	}
	return links, true, nil
}

// Of returns the link of a row. A row without one (a person added it) is found = false. Errors say which cell is wrong.
func (l Links) Of(cells []string) (link Link, found bool, err error) {
	if len(cells) <= max(l.run, l.row, l.status, l.code) {
		return Link{}, false, errors.New("the row ends before its " + LinkPrefix + " columns")
	}
	if cells[l.run] == "" && cells[l.row] == "" {
		return Link{}, false, nil
	}
	var row Int
	if err := row.UnmarshalCSV(cells[l.row]); err != nil {
		return Link{}, false, fmt.Errorf("_import_row: %w", err)
	}
	if row < 1 || cells[l.run] == "" {
		return Link{}, false, errors.New("_import_run and _import_row name no row (hint: leave both as they were, or empty both)")
	}
	status, err := ParseStatus(cells[l.status])
	if err != nil {
		return Link{}, false, fmt.Errorf("_import_status: %w", err)
	}
	return Link{Run: Unguard(cells[l.run]), Row: int64(row), Status: status, Code: Unguard(cells[l.code])}, true, nil
}
