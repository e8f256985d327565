package reports

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"importer/mapping/problem"
	"importer/mapping/profile"
	"importer/pipeline/journal"
)

// SummaryVersion is the version of summary.json. It changes when a member is renamed, removed or changes its meaning.
const SummaryVersion = 1

// Summary is the run at a glance; summary.json holds it.
type Summary struct {
	Version   int             `json:"version"`
	Run       string          `json:"run"`
	RunID     int64           `json:"run_id"`
	Vendor    string          `json:"vendor"`
	Account   string          `json:"account"`
	State     string          `json:"state"`             // running, complete, stopped, interrupted, superseded
	Predicted bool            `json:"foreseen,omitzero"` // a check: nothing was sent
	Exit      ExitCode        `json:"exit_code"`
	Meaning   string          `json:"exit_meaning"`
	Started   string          `json:"started_at"`
	Ended     string          `json:"ended_at"` // empty while it runs or after a crash
	RowsRead  int64           `json:"rows_read"`
	Counts    journal.Counts  `json:"counts"`
	Failed    int64           `json:"failed"` // rows to fix: neither created nor skipped, and no code that counts as ok
	Known     int64           `json:"known"`  // of these, rows of which an earlier run of the account found the same: a row that was not fixed since
	Proof     Proof           `json:"proof"`
	Codes     []CodeCount     `json:"codes"`              // those that need a fix first, then by count
	Faults    []CodeCount     `json:"faults,omitempty"`   // of a check: every fault of every row by code and field; a row can have several
	LeftOut   []LeftOutCount  `json:"dropped,omitempty"`  // what rows were sent without, or in a check would be
	Optional  *OptionalFaults `json:"optional,omitempty"` // of a check
	Profile   []profile.Field `json:"profile,omitempty"`  // of a check: what was read of each mapped field, cells and values masked
	Rate      Rate            `json:"rate"`
	Inputs    []Input         `json:"inputs"`
	New       []string        `json:"new_columns,omitempty"` // columns that nothing maps and the job does not ignore: the first of them
	Files     Files           `json:"files"`
	Next      []Command       `json:"next"`
	Again     bool            `json:"-"` // RunData.Again
	Kept      string          `json:"-"` // where [Write] has put a failed file that a person had edited; empty when there was none
}

// Proof is the sum and what it was counted from.
type Proof struct {
	Text      string         `json:"text"`
	Holds     bool           `json:"holds"`
	Lines     int64          `json:"lines_written"`      // lines of results.csv
	Engine    int64          `json:"rows_engine"`        // rows the engine read; 0 when it did not reach the end
	Journaled int64          `json:"rows_journaled"`     // rows the journal knows
	Matched   int64          `json:"rows_matched"`       // of them, rows the input has
	StrayRow  int64          `json:"stray_row,omitzero"` // the first row the journal knows and the input does not have
	Settled   journal.Counts `json:"settled"`            // rows that the journal gave as settled, one by one
	Journal   journal.Counts `json:"journal"`            // rows settled, as the journal counts them by itself
}

// CodeCount is how many rows have one code with one status.
type CodeCount struct {
	Code    string         `json:"code"`
	Field   string         `json:"field,omitzero"` // of Faults
	Status  journal.Status `json:"status"`
	OK      bool           `json:"ok"` // nothing to fix
	Count   int64          `json:"count"`
	Known   int64          `json:"known,omitzero"` // of these, rows that Summary.Known counts
	Hint    string         `json:"hint"`
	Samples []Sample       `json:"samples"` // the first three

	// Messages are, in a check, what was wrong: in Codes by the first fault of each invalid row, in Faults by every fault. The most frequent first, at most
	// ten; what Count is more than their sum has other messages.
	Messages []MessageCount `json:"messages,omitempty"`

	first string // of invalid rows of a run, the message of the first; kept in no summary: it shows a masked value
}

// Sample says where a row is.
type Sample struct {
	Row  int64  `json:"row"`
	File string `json:"file"`
	Line int64  `json:"line"`
}

// Rate is how fast it went.
type Rate struct {
	Seconds           float64 `json:"seconds"`
	Rows              int64   `json:"rows"`
	Requests          int64   `json:"requests"`
	RowsPerSecond     float64 `json:"rows_per_second"`
	RequestsPerSecond float64 `json:"requests_per_second"`
	Limits            string  `json:"limits"`
}

// Input is one input of the run.
type Input struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Files are the paths of the reports.
type Files struct {
	Results string `json:"results"`
	Failed  string `json:"failed"`        // always there; only a header when no row failed
	Digest  string `json:"failed_sha256"` // of the failed file as written, in hex: another one has been edited
	Summary string `json:"summary"`
	Page    string `json:"report"`
}

// Folder is the folder of the reports.
func (f Files) Folder() string { return filepath.Dir(f.Summary) }

// ReadSummary reads the summary.json in a run's folder.
func ReadSummary(folder string) (s Summary, err error) {
	text, err := os.ReadFile(filepath.Join(folder, SummaryName))
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	return s, err
}

// Sum is the last line a person reads: "sum: 100 read = 80 created + 20 exists". Statuses that no row has are left out.
func (s Summary) Sum() string {
	sum := strings.Join(terms(s.Counts, func(n int64) string { return strconv.FormatInt(n, 10) }), " + ")
	sign := "="
	if s.RowsRead != s.Counts.Sum() {
		sign = "!="
	}
	return fmt.Sprintf("sum: %d read %s %s", s.RowsRead, sign, cmp.Or(sum, "0"))
}

// ErrSum is wrapped by every error of [Summary.Check].
var ErrSum = errors.New("the sum does not add up")

// Check proves the sum: what was read, written and journaled was counted apart, and must agree. An error wraps [ErrSum] and means exit 5.
func (s Summary) Check() error {
	var faults []error
	changed := ""
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	p := s.Proof
	if total := s.Counts.Sum(); total != s.RowsRead {
		add("%d rows read, but %d have a status", s.RowsRead, total)
	}
	if p.Lines != s.RowsRead {
		add("%d rows read, but results.csv has %d lines", s.RowsRead, p.Lines)
	}
	if p.Journaled != p.Matched {
		changed = "was the input changed?"
		add("the journal knows %d rows, but the input has only %d of them; the first it lacks is row %d", p.Journaled, p.Matched, p.StrayRow)
	}
	for _, status := range journal.Statuses() {
		if one, all := p.Settled[status], p.Journal[status]; one != all && p.Journaled == p.Matched {
			add("the journal counts %d rows %s, but gives %d", all, status, one)
		}
	}
	if p.Engine != 0 && p.Engine != s.RowsRead {
		changed = "was the input changed?"
		add("the run read %d rows, the report %d", p.Engine, s.RowsRead)
	}
	if err := errors.Join(faults...); err != nil {
		return &problem.Error{Kind: problem.Internal, Err: fmt.Errorf("%w: %w", ErrSum, err), Fix: changed}
	}
	return nil
}
