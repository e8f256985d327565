package runs

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
	"importer/vendors"
)

// ForgetRequest asks to take a person out of the journal.
type ForgetRequest struct {
	Request
	Identity string // e-mail address, user name, phone number or legacy id, as it stood in the list
	Account  string // only in this account, as summary.json names it; "" for all
}

// ForgetResult says what was forgotten, and what the journal cannot reach.
type ForgetResult struct {
	Rows   int64      // of the journals in which something was forgotten
	Purged int64      // what the journals still knew of the person from deleted runs: one for each thing
	Lists  []string   // inputs that name the person in clear
	Files  []FileLeft // of the runs that knew the person
}

// FileLeft is a file in a run's folder.
type FileLeft struct{ Path, Holds string }

// Forget deletes what the journal knows of a person, and those of runs into sandboxes in process below --out. The rows keep their numbers, statuses
// and codes.
func (s *Service) Forget(ctx context.Context, r ForgetRequest) (result ForgetResult, err error) {
	c := s.call(r.Request)
	ws, err := c.findAll()
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	r.Account = vendors.CanonicalID(r.Account)
	known := r.Account == ""
	forget := func(ws *workspace) error {
		runs, err := ws.runsIn(ctx, r.Account)
		if err != nil || r.Account != "" && len(runs) == 0 {
			return err
		}
		known = true
		return c.forgetIn(ctx, ws, runs, r, &result)
	}
	if err := forget(ws); err != nil {
		return result, err
	}
	if err := s.eachBoxed(ws.place.out, forget); err != nil {
		return result, err
	}
	if !known {
		return result, unusable("the journal has no run in that account", "leave --account out, or copy it from a "+reports.SummaryName)
	}
	return result, nil
}

// runsIn are the runs of an account; of all where it is "".
func (ws *workspace) runsIn(ctx context.Context, account string) ([]journal.Run, error) {
	runs, err := ws.store.Runs(ctx)
	return slices.DeleteFunc(runs, func(run journal.Run) bool { return account != "" && run.Account != account }), err
}

// forgetIn forgets the person in one journal, whose accounts it locks, and adds to the result what that comes to.
func (c *call) forgetIn(ctx context.Context, ws *workspace, runs []journal.Run, r ForgetRequest, result *ForgetResult) (err error) {
	held, err := c.acquireAll(ctx, ws, runs, c.waits())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.release()) }()
	if runs, err = ws.runsIn(ctx, r.Account); err != nil { // with those that began while it waited
		return err
	}
	who := ws.digestsOf(r.Identity)
	touched, err := ws.holding(ctx, runs, r.Account, who)
	if err != nil {
		return err
	}
	naming := slices.DeleteFunc(slices.Clone(runs), func(run journal.Run) bool {
		return !ws.names(run, r.Identity) || slices.ContainsFunc(touched, func(t journal.Run) bool { return t.ID == run.ID })
	})
	for _, d := range who {
		gone, err := ws.store.Forget(ctx, r.Account, d)
		if err != nil {
			return err
		}
		result.Rows, result.Purged = result.Rows+gone.Rows, result.Purged+gone.Purged
	}
	lists, files := ws.filesOf(touched)
	for _, l := range lists {
		if !slices.Contains(result.Lists, l) {
			result.Lists = append(result.Lists, l)
		}
	}
	result.Files = append(result.Files, files...)
	for _, run := range naming {
		result.Files = append(result.Files, ws.filesNaming(run)...)
	}
	return nil
}

// digestsOf are the digests under which a person, or what the person claims, may be known: of the text as an e-mail address, a user name, a phone number and a
// number of another system, read as a list's cell is.
func (ws *workspace) digestsOf(text string) []journal.Digest {
	names := []string{strings.ToLower(strings.Join(strings.Fields(text), " "))}
	claims := []vendors.Claim{{Field: mapping.Username, Text: vendors.AsCompared(mapping.Username, text)}}
	for _, f := range []mapping.Field{mapping.Email, mapping.Username, mapping.PhoneNumber} {
		mapper, err := mapping.Compile(mapping.Spec{}, []string{f.String()}, mapping.Options{})
		if err != nil {
			continue
		}
		customer, _ := mapper.MapOnly([]string{text}, f)
		if read := strings.ToLower(customer.Text(f)); read != "" && !slices.Contains(names, read) {
			names = append(names, read)
		}
		if phone := customer.Phone(f); phone.E164 != "" { // vendors get it with the country's code or without
			claims = append(claims, vendors.Claim{Field: f, Text: vendors.AsCompared(f, phone.E164)}, vendors.Claim{Field: f, Text: phone.National})
		}
	}
	for _, f := range []mapping.Field{mapping.LegacyID, mapping.ReferralCode, mapping.ProductID} {
		var customer mapping.Customer
		customer.SetText(f, mapping.Trim(text))
		names = append(names, pipeline.Policy{Identity: []mapping.Field{f}}.IdentityOf(&customer, vendors.Request{}))
	}
	digests := make([]journal.Digest, 0, len(names)+len(claims))
	for _, name := range names {
		digests = append(digests, ws.key.Identity(name))
	}
	for _, c := range claims {
		digests = append(digests, pipeline.ClaimDigest(ws.key, c))
	}
	return digests
}

// holding finds those of the runs that know somebody.
func (ws *workspace) holding(ctx context.Context, runs []journal.Run, account string, who []journal.Digest) ([]journal.Run, error) {
	var all []int64
	for _, d := range who {
		known, err := ws.store.Holding(ctx, account, d)
		if err != nil {
			return nil, err
		}
		all = append(all, known...)
	}
	return slices.DeleteFunc(slices.Clone(runs), func(r journal.Run) bool { return !slices.Contains(all, r.ID) }), nil
}

// filesOf lists the inputs of runs, and the files in their folders.
func (ws *workspace) filesOf(runs []journal.Run) (lists []string, files []FileLeft) {
	for _, r := range runs {
		for _, in := range r.Inputs {
			if n := in.Path; n != "" && n != (input{Name: "-"}).title() && !slices.Contains(lists, n) {
				lists = append(lists, n)
			}
		}
		asked := ws.askedIn(r)
		for _, f := range runFiles() {
			path := filepath.Join(ws.folder(r), f.name)
			if _, err := os.Stat(path); err == nil {
				files = append(files, FileLeft{path, f.holding(asked)})
			}
		}
		exports, _ := reports.ExportFiles(ws.folder(r)) // its only error is one of the pattern
		for _, path := range exports {
			if _, err := os.Stat(path); err == nil {
				files = append(files, FileLeft{filepath.Join(ws.folder(r), filepath.Base(path)), "rows that failed, in clear"})
			}
		}
	}
	return lists, files
}

// filesNaming lists the files of a run that have what was given to its options, where none of its rows is the person's.
func (ws *workspace) filesNaming(r journal.Run) (files []FileLeft) {
	asked := ws.askedIn(r)
	for _, f := range runFiles() {
		path := filepath.Join(ws.folder(r), f.name)
		if _, err := os.Stat(path); err == nil && f.command {
			files = append(files, FileLeft{path, f.holding(asked)})
		}
	}
	return files
}

// Names of files in a run's folder that are not reports.
const (
	stdinName = "stdin"
	crashName = "crash.txt"
)

// runFile is a file that a run may leave in its folder.
type runFile struct {
	name, holds string
	command     bool // it has the command of the run too
}

// holding says what the file holds, where such texts were given to options of the run.
func (f runFile) holding(asked map[string]string) string {
	if !f.command || len(asked) == 0 || f.name == askedName {
		return f.holds
	}
	return f.holds + ", and in clear what was given to --" + strings.Join(slices.Sorted(maps.Keys(asked)), ", --")
}

// runFiles are all of them, with what they hold of people.
func runFiles() []runFile {
	return []runFile{
		{name: reports.ResultsName, holds: "masked, or in clear with --show-keys"},
		{name: reports.FailedName, holds: "the rows that failed, in clear"},
		{name: reports.FailedJSONLName, holds: "the rows that failed, in clear"},
		{name: reports.SummaryName, holds: "counts only", command: true},
		{name: reports.PageName, holds: "masked", command: true},
		{name: askedName, holds: "what was given to --where, in clear", command: true},
		{name: reports.PendingName, holds: "how the run ended"},
		{name: stdinName, holds: "a copy of the list, in clear"},
		{name: crashName, holds: "places in the program only"},
		{name: reports.ExportsName, holds: "names and digests of the exports"},
	}
}
