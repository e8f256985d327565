package reports

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

func maskedKey(column int) func([]string) string {
	return func(cells []string) string {
		name, domain, found := strings.Cut(cells[column], "@")
		if !found {
			return ""
		}
		return name[:1] + "***@" + domain
	}
}

func hints(code string) string {
	return map[string]string{
		"phone_already_registered": "The phone number belongs to an account already. Correct the number, or leave the row out.",
		"invalid_email":            "The vendor does not take this e-mail address. Correct it.",
		"not_reached":              "The run ended before these rows. Resume it to send them.",
		"outcome_unknown":          "These rows were sent, and no answer came back. Look them up at the vendor.",
		"already_imported":         "An earlier run created these customers; nothing to do.",
	}[code]
}

// listRun is a run over testdata/list.csv that was cut short, with every status and every state a journal knows.
func listRun(t testing.TB) RunData {
	set := survey(t, "testdata/list.csv")
	rejected := settle(2, journal.Rejected, "invalid_phone")
	rejected.HTTPStatus, rejected.VendorCode, rejected.Field = 422, "=HYPERLINK(\"x\")", "phone"
	rejected.Message = "+353 is \x1b[31mnot\x1b[0m\r\na <b>number</b>"
	created := settle(1, journal.Created, "")
	created.VendorID = "-42"
	throttled := journal.Record{Kind: journal.NotRegistered, Row: 10, Attempt: 1, At: at(2), Code: "throttled", HTTPStatus: 429}
	loose := journal.Record{Kind: journal.Uncertain, Row: 7, Attempt: 1, At: at(2), Code: "repeated_after_doubt", Message: "connection reset"}
	broken := settle(8, journal.Invalid, source.CodeRagged)
	broken.Message = "the row has 2 cells, the header 6"
	store, run := keep(t, journal.Run{
		Name: "20260304-050600-distinct-list", Vendor: "distinct", Account: "distinct https://api.distinct.so", Folder: "reports/20260304-050600-distinct-list",
		Inputs: []journal.InputFile{{Path: "samples/list.csv", Size: set.Files[0].Size, Digest: "a keyed one"}},
	}, journal.Interrupted,
		intent(1, 1), created, intent(2, 1), rejected, intent(3, 1), settle(3, journal.Exists, "phone_already_registered"),
		settle(4, journal.Invalid, "invalid_email"), settle(5, journal.Duplicate, "duplicate_in_input"), settle(6, journal.Skipped, "already_imported"),
		intent(7, 1), loose, broken, intent(9, 1), intent(10, 1), throttled)
	return RunData{
		Folder: t.TempDir(), Run: run, Sums: []string{set.Files[0].SHA256}, States: store, Open: opener(set),
		Format: Format{Header: set.Header, Comma: set.Files[0].Comma()},
		Key:    maskedKey(1), Hint: hints, Exit: ExitInterrupted, RowsRead: 11, Limits: "20/s",
		Next: func(int64) []Command {
			return []Command{
				{"Continue where it stopped:", "importer resume 20260304-050600-distinct-list"},
				{"Or fix failed.csv, and send those rows:", "importer retry reports/20260304-050600-distinct-list/failed.csv"},
			}
		},
	}
}

const listFolder = "reports/20260304-050600-distinct-list"

// moved puts another folder in place of the test's.
func moved(s Summary, from, to string) Summary {
	for _, path := range []*string{&s.Files.Results, &s.Files.Failed, &s.Files.Summary, &s.Files.Page} {
		*path = strings.Replace(*path, from, to, 1)
	}
	return s
}

func TestGoldenFiles(t *testing.T) {
	m := listRun(t)
	s := mustWrite(t, m)
	for _, name := range []string{ResultsName, FailedName, SummaryName, PageName} {
		got := strings.ReplaceAll(string(mustRead(t, filepath.Join(m.Folder, name))), m.Folder, listFolder)
		golden(t, name, []byte(got))
	}
	golden(t, "text", textOf(t, moved(s, m.Folder, listFolder)))
}

func TestGoldenSecrets(t *testing.T) {
	m := listRun(t)
	m.Format.Secret = []string{"Password"}
	mustWrite(t, m)
	for _, name := range []string{ResultsName, FailedName, SummaryName, PageName} {
		if got := string(mustRead(t, filepath.Join(m.Folder, name))); strings.Contains(got, "pw-") || strings.Contains(got, "hugo@") {
			t.Errorf("%s holds a secret, or a row that may hold one:\n%s", name, got)
		}
	}
	golden(t, "failed-secret.csv", mustRead(t, filepath.Join(m.Folder, FailedName)))
}

func TestGoldenJSONL(t *testing.T) {
	set := survey(t, "testdata/list.jsonl")
	store, run := keep(t, journal.Run{Name: "r"}, journal.Complete,
		settle(1, journal.Invalid, source.CodeJSON), intent(2, 1), settle(2, journal.Rejected, "invalid_phone"), settle(3, journal.Invalid, "invalid_email"))
	m := RunData{Folder: t.TempDir(), Run: run, States: store, Open: opener(set), Format: Format{Header: set.Header, JSONL: true}}
	s := mustWrite(t, m)
	golden(t, FailedJSONLName, mustRead(t, s.Files.Failed))

	m.Format.Secret = []string{"password"}
	golden(t, "failed-secret.jsonl", mustRead(t, mustWrite(t, m).Files.Failed))
}

func TestGoldenTextOfACleanRun(t *testing.T) {
	store, run := keep(t, journal.Run{Name: "r", Folder: "reports/r"}, journal.Complete, intent(1, 1), settle(1, journal.Created, ""), intent(2, 1), settle(2, journal.Created, "existing_user_enrolled"))
	m := plain(t, store, run, 2)
	s := mustWrite(t, m)
	if s.Exit != ExitOK {
		t.Errorf("exit %d, want 0", s.Exit)
	}
	golden(t, "text-clean", textOf(t, moved(s, m.Folder, "reports/r")))
}

func TestTextKeepsTheWidth(t *testing.T) {
	m := listRun(t)
	text := string(textOf(t, moved(mustWrite(t, m), m.Folder, listFolder)))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "sum: 11 read = ") {
		t.Errorf("the last line is %q, not the sum", last)
	}
	for _, line := range lines {
		free := []string{"    importer", "  results", "  to fix", "  summary", "  page", "sum: "} // paths, commands and the sum are never broken
		if len([]rune(line)) > 80 && !slices.ContainsFunc(free, func(p string) bool { return strings.HasPrefix(line, p) }) {
			t.Errorf("longer than 80 columns: %q", line)
		}
	}
	if strings.ContainsAny(text, "\x1b\r\t") {
		t.Error("a control character reaches the terminal")
	}
}
