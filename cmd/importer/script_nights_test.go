package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
