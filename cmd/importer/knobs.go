package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// knob is one setting of a run: a flag, the variable IMPORTER_<FLAG>, perhaps a key of the job file, and a default.
type knob struct {
	name, short string
	arg         string // what stands for its value in help; "" makes it a switch
	def         string
	doc         string
	look        bool // only about what is shown or where it lies: not kept for `resume`
	set         func(*knobs, string) error
}

// knobs are the values of all knobs.
type knobs struct {
	job, vendor, baseURL string

	sandbox        bool
	sandboxFaults  []sandbox.FaultSpec
	sandboxLatency time.Duration
	sandboxRates   []sandbox.Rate

	limits    []vendors.Limit // nil: the vendor's own
	workers   int
	timeout   time.Duration
	maxErrors pipeline.Threshold
	inDoubt   pipeline.DoubtPolicy
	ok        []string

	reading // how the input is written

	where       string
	identity    []mapping.Field // none: the vendor's
	onDuplicate pipeline.Duplicates
	sort        string // "" or sponsors_first
	sample      int64  // rows to send before a person is asked; 0: all
	yes         bool

	skipRows, maxRows int64
	fresh, dryRun     bool

	out, journal string
	progress     string
	quiet, json  bool
	logFormat    string
	verbose      bool
	show         int64
	showKeys     bool
}

// runKnobs is the table: in the order of help.
func runKnobs() []knob {
	return slices.Concat(sendingKnobs(), inputKnobs(), runningKnobs())
}

// sendingKnobs say where the rows go, and how fast.
func sendingKnobs() []knob {
	return []knob{
		{name: "job", short: "j", arg: "FILE", doc: "job file", look: true, set: text(func(k *knobs) *string { return &k.job })},
		{name: "vendor", arg: "NAME", doc: "vendor, where the job file names none or another one is meant", set: text(func(k *knobs) *string { return &k.vendor })},
		{name: "base-url", arg: "URL", doc: "everything before the vendor's own path", set: text(func(k *knobs) *string { return &k.baseURL })},
		{name: "sandbox", doc: "send to the built-in stand-in: no key, no network, a new account each time", set: truth(func(k *knobs) *bool { return &k.sandbox })},
		{name: "sandbox-fault", arg: "KIND[:TIME]@WHEN,...", doc: "misfortune in the sandbox, such as reset-after:#7 or 502:1%", set: setFaults},
		{name: "sandbox-latency", arg: "TIME", def: "100ms", doc: "how long the sandbox takes to answer", set: duration(func(k *knobs) *time.Duration { return &k.sandboxLatency }, 0)},
		{name: "sandbox-rate", arg: "N/TIME,...", doc: "limits that the sandbox enforces", set: setSandboxRates},
		{name: "rate", arg: "N/TIME,...", doc: "requests per time, such as 20/s or 20/s,2000/15m; none for no limit (default: the vendor's)", set: setRate},
		{name: "workers", arg: "N", def: "8", doc: "requests under way at once, 1 to 1024", set: setWorkers},
		{name: "timeout", arg: "TIME", def: "30s", doc: "how long one attempt may take", set: duration(func(k *knobs) *time.Duration { return &k.timeout }, time.Millisecond)},
		{name: "max-errors", arg: "N|N%", def: "none", doc: "stop when more rows than this fail", set: setMaxErrors},
		{name: "in-doubt", arg: "hold|retry", doc: "what to do with rows of which nobody can say what became (default: by vendor)", set: setInDoubt},
		{name: "ok", arg: "CODE,...", doc: "codes that count as success", set: setOK},
	}
}

// runningKnobs say which rows are taken, and how the run is made and shown.
func runningKnobs() []knob {
	return []knob{
		{name: "where", arg: "CONDITION", doc: `which rows to take, such as 'row["Country"] == "IE"'; the others are skipped`, set: text(func(k *knobs) *string { return &k.where })},
		{name: "identity", arg: "FIELD,...", doc: "what makes two rows one person: these fields together (default: the vendor's)", set: setIdentity},
		{name: "on-duplicate", arg: "first|last|reject", doc: "which row of a person is sent: the first, the last, or none (default: first)", set: setOnDuplicate},
		{name: "sort", arg: "sponsors_first", doc: "let rows wait until the row of their sponsor is registered", set: choice(func(k *knobs) *string { return &k.sort }, "", "sponsors_first")},
		{name: "sample", arg: "N", def: "0", doc: "send N rows first, and go on only with --yes or when told so at the terminal", set: count(func(k *knobs) *int64 { return &k.sample })},
		{name: "yes", doc: "go on after the sample without being asked", look: true, set: truth(func(k *knobs) *bool { return &k.yes })},
		{name: "skip-rows", arg: "N", def: "0", doc: "rows to leave out at the beginning", set: count(func(k *knobs) *int64 { return &k.skipRows })},
		{name: "max-rows", arg: "N", def: "0", doc: "rows to take at most; 0 takes all", set: count(func(k *knobs) *int64 { return &k.maxRows })},
		{name: "fresh", doc: "start over instead of going on with an unfinished run", look: true, set: truth(func(k *knobs) *bool { return &k.fresh })},
		{name: "dry-run", doc: "do everything but send, as check does", look: true, set: truth(func(k *knobs) *bool { return &k.dryRun })},
		{name: "show", arg: "N", def: "0", doc: "in a check, print the first N requests as they would be sent, secrets masked", look: true, set: count(func(k *knobs) *int64 { return &k.show })},
		{name: "out", arg: "DIR", def: "reports", doc: "folder for the run folders and the journal", look: true, set: text(func(k *knobs) *string { return &k.out })},
		{name: "journal", arg: "URL", doc: "where the journal is kept (default: journal.db in --out)", look: true, set: text(func(k *knobs) *string { return &k.journal })},
		{name: "show-keys", doc: "show e-mail addresses in results.csv in clear", set: truth(func(k *knobs) *bool { return &k.showKeys })},
		{name: "progress", arg: "KIND", def: "auto", doc: "auto, bar, plain or none", look: true, set: choice(func(k *knobs) *string { return &k.progress }, "auto", "bar", "plain", "none")},
		{name: "quiet", short: "q", doc: "no progress and no notices", look: true, set: truth(func(k *knobs) *bool { return &k.quiet })},
		{name: "json", doc: "print the summary as JSON", look: true, set: truth(func(k *knobs) *bool { return &k.json })},
		{name: "log-format", arg: "text|json", doc: "write notices as log records", look: true, set: choice(func(k *knobs) *string { return &k.logFormat }, "", "text", "json")},
		{name: "verbose", short: "v", doc: "tell more, such as every row as it is settled", look: true, set: truth(func(k *knobs) *bool { return &k.verbose })},
	}
}

// knobsNamed are those of the table that a command takes which has less to ask than `run`.
func knobsNamed(names ...string) []knob {
	var some []knob
	for _, k := range runKnobs() {
		if slices.Contains(names, k.name) {
			some = append(some, k)
		}
	}
	return some
}

// variable is the environment variable of a knob.
func (k knob) variable() string {
	return "IMPORTER_" + strings.ToUpper(strings.ReplaceAll(k.name, "-", "_"))
}

func text(at func(*knobs) *string) func(*knobs, string) error {
	return func(k *knobs, s string) error {
		*at(k) = s
		return nil
	}
}

func choice(at func(*knobs) *string, words ...string) func(*knobs, string) error {
	return func(k *knobs, s string) error {
		if !slices.Contains(words, s) {
			shown := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
			return fmt.Errorf("%q is none of %s", mapping.Escape(s, 40), strings.Join(shown, ", "))
		}
		*at(k) = s
		return nil
	}
}

func truth(at func(*knobs) *bool) func(*knobs, string) error {
	return func(k *knobs, s string) (err error) {
		if s == "" {
			return nil
		}
		if *at(k), err = strconv.ParseBool(s); err != nil {
			return fmt.Errorf("%q is neither true nor false", mapping.Escape(s, 40))
		}
		return nil
	}
}

func duration(at func(*knobs) *time.Duration, least time.Duration) func(*knobs, string) error {
	return func(k *knobs, s string) error {
		d, err := time.ParseDuration(s)
		if err != nil || d < least {
			return fmt.Errorf("%q is no length of time; write it with its unit, such as 500ms, 30s or 2m", mapping.Escape(s, 40))
		}
		*at(k) = d
		return nil
	}
}

func count(at func(*knobs) *int64) func(*knobs, string) error {
	return func(k *knobs, s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("%q is no number of rows; write a whole number from 0", mapping.Escape(s, 40))
		}
		*at(k) = n
		return nil
	}
}

func setRate(k *knobs, s string) (err error) {
	if s != "" {
		k.limits, err = vendors.ParseLimits(s)
	}
	return err
}

func setSandboxRates(k *knobs, s string) (err error) {
	k.sandboxRates, err = sandbox.ParseRates(s)
	return err
}

func setFaults(k *knobs, s string) (err error) {
	k.sandboxFaults, err = sandbox.ParseFaults(s)
	return err
}

func setMaxErrors(k *knobs, s string) (err error) {
	k.maxErrors, err = pipeline.ParseThreshold(s)
	return err
}

func setWorkers(k *knobs, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1024 {
		return fmt.Errorf("%q is no number of workers; write a whole number from 1 to 1024", mapping.Escape(s, 40))
	}
	k.workers = n
	return nil
}

func setInDoubt(k *knobs, s string) error {
	switch s {
	case "":
		k.inDoubt = pipeline.DoubtByVendor
	case "hold":
		k.inDoubt = pipeline.DoubtHold
	case "retry":
		k.inDoubt = pipeline.DoubtRetry
	default:
		return fmt.Errorf("%q is neither hold nor retry", mapping.Escape(s, 40))
	}
	return nil
}

func setOK(k *knobs, s string) error {
	k.ok = nil
	for code := range strings.SplitSeq(s, ",") {
		code = strings.TrimSpace(code)
		switch {
		case code == "" && strings.TrimSpace(s) != "":
			return errors.New("there is an empty code between the commas")
		case code != "":
			k.ok = append(k.ok, code)
		}
	}
	return nil
}
