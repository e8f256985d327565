package reports

import (
	"fmt"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// LinkPrefix begins the names of the columns that link a failed row to its row in the earlier run. Inputs may have them; they are no data.
const LinkPrefix = "_import_"

// SecretMarker is in failed files for a cell of a secret column. The cell's text is taken from the original row when the file is imported.
const SecretMarker = "[secret]"

const (
	runColumn     = LinkPrefix + "run"
	rowColumn     = LinkPrefix + "row"
	statusColumn  = LinkPrefix + "status"
	codeColumn    = LinkPrefix + "code"
	fieldColumn   = LinkPrefix + "field"
	messageColumn = LinkPrefix + "message"
	rawMember     = LinkPrefix + "raw" // in failed.jsonl only: the text of a line that could not be read
)

// LinkColumns are the columns that failed.csv has behind the original ones.
func LinkColumns() []string {
	return []string{runColumn, rowColumn, statusColumn, codeColumn, fieldColumn, messageColumn}
}

// Link is where a failed row comes from.
type Link struct {
	Run    string // the run's name
	Row    int64  // its number in that run
	Status journal.Status
	Code   string
}

// Links are the positions of the link columns in a header.
type Links struct {
	run, row, status, code int
	field, message         int // -1 where the column is gone
}

const takeCell = "take the cell from the original failed.csv"

// FindLinks reports whether a header has link columns, and where. It is an error when some are there, but not all that are needed.
func FindLinks(header []string) (Links, bool, error) {
	at := map[string]int{}
	for i, name := range header {
		if !strings.HasPrefix(name, LinkPrefix) {
			continue
		}
		if _, twice := at[name]; twice {
			return Links{}, false, problem.New(problem.Input, fmt.Sprintf("column %s is twice in the header", Shown(name)), "remove one of them")
		}
		at[name] = i
	}
	if len(at) == 0 {
		return Links{}, false, nil
	}
	for _, name := range []string{runColumn, rowColumn, statusColumn, codeColumn} {
		if _, found := at[name]; !found {
			return Links{}, false, problem.New(problem.Input,
				fmt.Sprintf("column %s is missing, but other %s columns are there", name, LinkPrefix), "take the column from the original failed.csv")
		}
	}
	optional := func(name string) int {
		if i, found := at[name]; found {
			return i
		}
		return -1
	}
	return Links{at[runColumn], at[rowColumn], at[statusColumn], at[codeColumn], optional(fieldColumn), optional(messageColumn)}, true, nil
}

// Of returns the link of a row. A row without one (a person added it) is found = false. Errors say which cell is wrong, and what to do.
func (l Links) Of(cells []string) (link Link, found bool, err error) {
	if len(cells) <= max(l.run, l.row, l.status, l.code) {
		return Link{}, false, problem.New(problem.Input, "the row ends before its "+LinkPrefix+" columns", takeCell)
	}
	if cells[l.run] == "" && cells[l.row] == "" {
		return Link{}, false, nil
	}
	var row Int
	if err := row.UnmarshalCSV(cells[l.row]); err != nil {
		return Link{}, false, &problem.Error{Kind: problem.Input, Message: rowColumn, Err: err, Fix: takeCell}
	}
	if row < 1 || cells[l.run] == "" {
		return Link{}, false, problem.New(problem.Input, runColumn+" and "+rowColumn+" name no row", "leave both as they were, or empty both")
	}
	status, err := ParseStatus(cells[l.status])
	if err != nil {
		return Link{}, false, &problem.Error{Kind: problem.Input, Message: statusColumn, Err: err, Fix: takeCell}
	}
	return Link{Run: Unguard(cells[l.run]), Row: int64(row), Status: status, Code: Unguard(cells[l.code])}, true, nil
}

// Fault returns what was wrong with a row that has a link: the field, and the message in words. Both are empty where nothing is said, or the columns are gone.
func (l Links) Fault(cells []string) (field, message string) {
	text := func(at int) string {
		if at < 0 || at >= len(cells) {
			return ""
		}
		return Unguard(cells[at])
	}
	return text(l.field), text(l.message)
}
