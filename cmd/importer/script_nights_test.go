package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/rogpeppe/go-internal/testscript"
)

// cmdMetric looks up a metric in a file, as Prometheus reads it.
func cmdMetric(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("metric FILE NAME VALUE [LABEL=VALUE…]")
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	var found []string
	for _, one := range families[args[1]].GetMetric() {
		if hasLabels(one, args[3:]) {
			found = append(found, strconv.FormatFloat(one.GetGauge().GetValue(), 'f', -1, 64))
		}
	}
	switch {
	case args[2] == "none" && len(found) == 0:
	case args[2] == "?" && len(found) == 1:
		ts.Setenv("METRIC", found[0])
	case len(found) != 1 || found[0] != args[2]:
		ts.Fatalf("%s %v is %v, not %s", args[1], args[3:], found, args[2])
	}
}

func hasLabels(one *dto.Metric, wanted []string) bool {
	have := map[string]bool{}
	for _, label := range one.GetLabel() {
		have[label.GetName()+"="+label.GetValue()] = true
	}
	for _, w := range wanted {
		if !have[w] {
			return false
		}
	}
	return true
}

// cmdMember looks up a member of the last JSON value in a file.
func cmdMember(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("member FILE PATH VALUE")
	}
	values := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	var last any
	for {
		var value any
		err := values.Decode(&value)
		if errors.Is(err, io.EOF) {
			break
		}
		ts.Check(err)
		last = value
	}
	for name := range strings.SplitSeq(args[1], ".") {
		object, _ := last.(map[string]any)
		if last = object[name]; object == nil {
			break
		}
	}
	if got := fmt.Sprint(last); args[2] == "?" && last != nil {
		ts.Setenv("MEMBER", got)
	} else if got != args[2] {
		ts.Fatalf("%s is %s, not %s", args[1], got, args[2])
	}
}

// cmdRecords holds every line of a log to what is promised of records.
func cmdRecords(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		n++
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			ts.Fatalf("line %d is no JSON object: %s", n, line)
		}
		for _, name := range []string{"time", "level", "msg", "event"} {
			if text, ok := record[name].(string); !ok || text == "" {
				ts.Fatalf("line %d has no %s: %s", n, name, line)
			}
		}
	}
	if n == 0 {
		ts.Fatalf("%s is empty", args[0])
	}
}

// cmdLines bounds the lines of a file.
func cmdLines(ts *testscript.TestScript, neg bool, args []string) {
	most, err := strconv.Atoi(args[1])
	ts.Check(err)
	if text := ts.ReadFile(args[0]); strings.Count(text, "\n") > most {
		ts.Fatalf("more than %d lines:\n%s", most, text)
	}
}

// cmdPage runs the commands of a page of docs in the script's folder, which stands for all folders that the page names. Each importer among them must end
// with 0 or 1.
func cmdPage(ts *testscript.TestScript, neg bool, args []string) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", args[0]))
	ts.Check(err)
	commands := pageCommands(string(text))
	if len(commands) < 5 {
		ts.Fatalf("%s has only %d commands", args[0], len(commands))
	}
	const watched = `importer() { command importer "$@"; code=$?; case $code in 0|1) ;; *) echo "exit $code: importer $*" >>failures;; esac; return $code; }` + "\n"
	for _, command := range commands {
		command = strings.NewReplacer("/usr/local/bin/importer", "importer", "/srv/import", ".").Replace(command)
		cmd := exec.Command("sh", "-c", watched+command)
		cmd.Dir = ts.MkAbs(".")
		for _, name := range append(strings.Fields(ts.Getenv("PASS")), "PATH", "HOME", "TMPDIR", "TZ", "GOCOVERDIR", "TESTSCRIPT_COMMAND") {
			cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
		}
		said, err := cmd.CombinedOutput()
		ts.Logf("%s\n%s", command, said)
		if failures, _ := os.ReadFile(ts.MkAbs("failures")); len(failures) > 0 {
			ts.Fatalf("%s", failures)
		}
		if exit := new(exec.ExitError); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
			ts.Fatalf("%s: %v", command, err)
		}
	}
}

// pageCommands are the commands that a page shows.
func pageCommands(page string) (commands []string) {
	for _, block := range regexp.MustCompile("(?s)```(sh|crontab|ini)\n(.*?)```").FindAllStringSubmatch(page, -1) {
		switch kind, text := block[1], block[2]; kind {
		case "sh":
			commands = append(commands, text)
		case "crontab":
			for _, line := range regexp.MustCompile(`(?m)^[0-9*]+(?: +[0-9*]+){4} +(.*)$`).FindAllStringSubmatch(text, -1) {
				commands = append(commands, line[1])
			}
		case "ini":
			for _, line := range regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindAllStringSubmatch(text, -1) {
				commands = append(commands, line[1])
			}
		}
	}
	return commands
}

// What differs from one telling of a night to another: moments, the numbers of a process and of a port, and how many runs began in one second.
var (
	stamps    = regexp.MustCompile(`20\d{6}T\d{6}Z-distinct-export(-\d+)?`)
	ports     = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	moments   = regexp.MustCompile(`20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC`)
	processes = regexp.MustCompile(`process \d+`)
)

// cmdNight runs what cron types, in a folder of its own: night CODE FLAGS FOLDER. All that is printed is in mail.txt, what differs each time masked.
func cmdNight(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	root := ts.MkAbs(".")
	words := append([]string{"run", "--quiet"}, strings.Fields(args[1])...)
	cmd := program(ts, append(words, "--job", root+"/nights/job.yaml", root+"/nights/export.csv"))
	cmd.Dir = ts.MkAbs(args[2])
	var mail strings.Builder
	cmd.Stdout, cmd.Stderr = &mail, &mail
	s.mu.Lock()
	err := cmd.Start()
	s.process = cmd.Process
	s.mu.Unlock()
	ts.Check(err)
	ended := cmd.Wait()
	text := strings.ReplaceAll(mail.String(), root, "")
	text = ports.ReplaceAllString(text, "SANDBOX")
	text = stamps.ReplaceAllString(moments.ReplaceAllString(processes.ReplaceAllString(text, "process N"), "NOW"), "NIGHT")
	ts.Check(os.WriteFile(ts.MkAbs("mail.txt"), []byte(text), 0o600))
	ts.Logf("%s", text)
	checkExit(ts, args[0], ended)
}

// cmdVacate frees the account that occupy holds.
func cmdVacate(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(stageOf(ts).account.Release())
}
