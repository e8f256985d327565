package notify

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
	"importer/reports"
)

// Names of the metrics that a run which did not get far takes over from the file of the run before.
const (
	lastSuccess  = "importer_last_success_timestamp_seconds"
	lastComplete = "importer_last_complete_timestamp_seconds"
	openDoubts   = "importer_open_doubts"
)

// Names of the metrics that also a retry sets. All others are those of the night: a retry of three rows leaves them as they were.
const (
	lastRun  = "importer_last_run_timestamp_seconds"
	exitCode = "importer_exit_code"
)

// The labels that all metrics have. `job` is not among them: Prometheus itself sets a label of that name.
const (
	vendorLabel = "vendor"
	jobLabel    = "job_file"
)

// codesMost is how many codes get a metric of their own; those that need a fix come first.
const codesMost = 50

// earlier is what the file of the run before says.
type earlier struct {
	vendor, job string
	values      map[string]float64 // of those that are taken over
	families    []*dto.MetricFamily
}

// writeMetrics writes how a run ended for node_exporter's textfile collector. The file appears whole and is readable by all; the library gives it a
// name that the collector does not read until then. A file that holds something else is left as it is.
func writeMetrics(c runs.Conclusion, now time.Time) error {
	before, err := readEarlier(c.Metrics)
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	m := metrics{registry: registry, labels: prometheus.Labels{
		vendorLabel: strings.ToValidUTF8(cmp.Or(c.Vendor, before.vendor), "_"),
		jobLabel:    strings.ToValidUTF8(cmp.Or(baseOf(c.Job), before.job), "_"),
	}}
	m.add(c, before, now)
	gatherers := prometheus.Gatherers{registry}
	if c.Again {
		gatherers = append(gatherers, prometheus.GathererFunc(before.night))
	}
	return errors.Join(append(m.faults, prometheus.WriteToTextfile(c.Metrics, gatherers))...)
}

// night are the metrics that a retry leaves as they were.
func (e *earlier) night() (kept []*dto.MetricFamily, _ error) {
	for _, family := range e.families {
		if name := family.GetName(); name != lastRun && name != exitCode {
			kept = append(kept, family)
		}
	}
	return kept, nil
}

// metrics fills a registry with gauges.
type metrics struct {
	registry *prometheus.Registry
	labels   prometheus.Labels
	faults   []error
}

func (m *metrics) add(c runs.Conclusion, before earlier, now time.Time) {
	m.gauge(lastRun, "When the last run or retry ended, however it ended.", seconds(now))
	m.gauge(exitCode, "Exit code of the last run or retry.", float64(c.Exit))
	if c.Again {
		return
	}
	ends := map[string]bool{lastSuccess: c.Exit == reports.ExitOK, lastComplete: complete(c.Exit)}
	help := map[string]string{lastSuccess: "When a run last ended with exit code 0.", lastComplete: "When a run last came to the end of its list: exit code 0, 1 or 6."}
	for _, name := range []string{lastSuccess, lastComplete} {
		if value, known := before.values[name]; ends[name] {
			m.gauge(name, help[name], seconds(now))
		} else if known {
			m.gauge(name, help[name], value)
		}
	}
	const doubtsHelp = "Rows of the last run that got to its reports for which it is unknown whether they were registered."
	if !c.Reported() {
		if value, known := before.values[openDoubts]; known {
			m.gauge(openDoubts, doubtsHelp, value)
		}
		return
	}
	m.gauge(openDoubts, doubtsHelp, float64(c.Summary.Counts[journal.InDoubt]))
	m.addSummary(c.Summary)
}

func (m *metrics) addSummary(s reports.Summary) {
	rows := m.vector("importer_rows", "Rows of the last run by status.", "status")
	for _, status := range journal.Statuses() {
		rows.WithLabelValues(status.String()).Set(float64(s.Counts[status]))
	}
	codes := m.vector("importer_code_rows", "Rows of the last run by status and code; ok says that there is nothing to fix.", "status", "code", "ok")
	for _, code := range s.Codes[:min(codesMost, len(s.Codes))] {
		codes.WithLabelValues(code.Status.String(), code.Code, fmt.Sprint(code.OK)).Set(float64(code.Count))
	}
	m.gauge("importer_failed_rows", "Rows of the last run to fix.", float64(s.Failed))
	m.gauge("importer_failed_new_rows", "Of these, rows that did not fail in earlier runs already.", float64(s.FailedNew()))
	m.gauge("importer_requests", "Requests of the last run.", float64(s.Rate.Requests))
	m.gauge("importer_duration_seconds", "How long the last run was under way.", s.Rate.Seconds)
	m.gauge("importer_rows_per_second", "Rows of the last run per second.", s.Rate.RowsPerSecond)
}

func (m *metrics) gauge(name, help string, value float64) {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: m.labels})
	g.Set(value)
	m.faults = append(m.faults, m.registry.Register(g))
}

func (m *metrics) vector(name, help string, labels ...string) *prometheus.GaugeVec {
	v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: m.labels}, labels)
	m.faults = append(m.faults, m.registry.Register(v))
	return v
}

// complete reports whether a run that ended so came to the end of its list.
func complete(exit reports.ExitCode) bool {
	return exit == reports.ExitOK || exit == reports.ExitFailures || exit == reports.ExitInDoubt
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func baseOf(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}

// readEarlier reads the file of the run before; nothing where there is none.
func readEarlier(path string) (earlier, error) {
	before := earlier{values: map[string]float64{}}
	file, err := os.Open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return before, err
	}
	defer file.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(file)
	if err != nil {
		return before, fmt.Errorf("%s holds something else than metrics, and is left as it is", path)
	}
	for name, family := range families {
		if !strings.HasPrefix(name, "importer_") {
			return before, fmt.Errorf("%s holds metrics of another program (%s), and is left as it is", path, name)
		}
		before.families = append(before.families, family)
		for _, one := range family.GetMetric() {
			before.take(name, one)
		}
	}
	return before, nil
}

func (e *earlier) take(name string, one *dto.Metric) {
	for _, label := range one.GetLabel() {
		switch label.GetName() {
		case vendorLabel:
			e.vendor = label.GetValue()
		case jobLabel:
			e.job = label.GetValue()
		}
	}
	switch name {
	case lastSuccess, lastComplete, openDoubts:
		value := one.GetUntyped().GetValue()
		if one.Gauge != nil {
			value = one.GetGauge().GetValue()
		}
		e.values[name] = value
	}
}
