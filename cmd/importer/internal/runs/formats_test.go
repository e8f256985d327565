package runs

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"importer/mapping/job"
	"importer/pipeline/source"
)

// TestFormatsDocument reads every example of docs/formats.md as it stands there, and wants an example for every key under `input`.
func TestFormatsDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```text (\\S+)\n(.*?)```\n(?:```yaml\n(.*?)```\n)?```rows\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if all := strings.Count(string(text), "```rows"); len(blocks) != all || all == 0 {
		t.Fatalf("%d of %d examples can be read", len(blocks), all)
	}
	shown := ""
	for _, b := range blocks {
		got, err := readExample(t, b[1], strings.ReplaceAll(b[2], "␍", "\r"), b[3])
		if err != nil {
			t.Errorf("%s: %v", b[0], err)
		}
		if got != b[4] {
			t.Errorf("%s\nis read as\n%s", b[0], got)
		}
		shown += b[3]
	}
	for _, key := range job.Keys(jobOptions()) {
		name, ok := strings.CutPrefix(key.Name, "input.")
		if ok && (!strings.Contains(shown, name+":") || !strings.Contains(string(text), "### "+name+"\n")) {
			t.Errorf("%s has no example of its own", key.Name)
		}
	}
}

// readExample writes a list, reads it as the job file says, and returns what is said of it and its rows.
func readExample(t *testing.T, name, list, yaml string) (string, error) {
	path := filepath.Join(t.TempDir(), name)
	if err := writeExample(path, list); err != nil {
		return "", err
	}
	file, err := job.Parse("job.yaml", []byte(yaml), jobOptions(), nil)
	if err != nil {
		return "", err
	}
	values, _, faults := precedence{env: noEnvironment, job: file}.resolve()
	if len(faults) > 0 {
		return "", errors.Join(faults...)
	}
	set, err := source.Survey(context.Background(), []source.Input{{Path: path, Title: name}}, values.Input.of())
	if err != nil {
		return "", err
	}
	rows, err := set.Open()
	if err != nil {
		return "", err
	}
	defer rows.Close()
	out, said := set.Files[0].Summary()+"\n", 0
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		for ; said < row.Input; said++ {
			out += set.Files[said+1].Summary() + "\n"
		}
		what := strings.Join(row.Cells, " | ")
		if row.Broken != nil {
			what = "refused, " + row.Broken.Code + ": " + row.Broken.Message
		}
		out += "line " + strconv.FormatInt(row.Line, 10) + ": " + what + "\n"
	}
}

// writeExample writes the list; the sheets of a workbook each after a line with ==, and hidden rows after a ~.
func writeExample(path, list string) error {
	if filepath.Ext(path) != ".xlsx" {
		return os.WriteFile(path, []byte(list), 0o600)
	}
	book := excelize.NewFile()
	defer book.Close()
	sheet, row := "", 0
	for line := range strings.Lines(list) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "== "); ok {
			if _, err := book.NewSheet(name); err != nil {
				return err
			}
			sheet, row = name, 0
			continue
		}
		row++
		line, hidden := strings.CutPrefix(line, "~ ")
		if err := book.SetRowVisible(sheet, row, !hidden); err != nil {
			return err
		}
		for c, cell := range strings.Split(line, " | ") {
			at, err := excelize.CoordinatesToCellName(c+1, row)
			if err == nil {
				err = book.SetCellStr(sheet, at, cell)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return book.SaveAs(path)
}
