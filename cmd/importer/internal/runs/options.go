package runs

import (
	"slices"
	"strings"
	"time"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// Option is one thing that can be said of a run. This declaration is the only one: the flag, the variable IMPORTER_<NAME>, the job file's key, the
// default, the help and the completion are made from it.
type Option struct {
	Name    string   // of the flag, without dashes in front
	Short   string   // one letter; may be empty
	Arg     string   // what stands for the value in help; "": a switch
	Default string   // as text
	Doc     string   // one line of help
	Group   Group    // under which heading of help
	Key     string   // in the job file, such as "limits.rate"; "": a job file cannot say it
	Former  string   // the key that earlier versions had, which still counts; mostly ""
	Values  []string // what may be given, for completion; nil: anything that Set takes
	List    bool     // in the job file it takes a list of texts
	Path    bool     // a path: in a job file relative to that file
	Local   bool     // says where things are or what is shown: a resumed run does not take it over
	Trial   bool     // is of the sandbox, or safe there alone: what was given for a run into the sandbox is not taken over to the vendor itself
	set     func(*Options, string) error

	Personal bool // its text may name people: the journal has a digest of it, and the run's folder the text
}

// Group is a heading under which help lists options.
type Group string

// The groups, in the order of help.
const (
	Common   Group = "Flags"
	Sending  Group = "Sending"
	RowsSent Group = "Which rows"
	Format   Group = "Input format"
	Output   Group = "Output"
	Nights   Group = "Unattended"
	Sandbox  Group = "Sandbox"
)

// Groups returns the headings in the order of help.
func Groups() []Group { return []Group{Common, Sending, RowsSent, Format, Output, Nights, Sandbox} }

// Options are the values of all options of one run.
type Options struct {
	Job     string
	Vendor  string
	BaseURL string

	Limits    []vendors.Limit // nil: the vendor's own
	Workers   int
	Timeout   time.Duration
	MaxErrors pipeline.Threshold
	InDoubt   pipeline.DoubtPolicy
	OK        []string
	ExitKnown bool // rows that failed in earlier runs already fail the run

	Where       string
	Identity    []mapping.Field // none: the vendor's
	OnDuplicate ahead.Duplicates
	OnShared    ahead.OnShared
	Again       []journal.Status  // exists, rejected: rows that got this answer before are sent again
	OnInvalid   mapping.OnInvalid // of fields of which the job file says nothing
	Sort        string            // "" or sponsors_first
	Sample      int64             // rows to send before a person is asked; 0: all
	Yes         bool
	SkipRows    int64
	MaxRows     int64 // 0: all
	Fresh       bool
	DryRun      bool

	Input InputOptions

	Sandbox        bool
	SandboxState   string // the folder of a sandbox that is kept, absolute; "": it ends with the program
	SandboxFaults  []sandbox.FaultSpec
	SandboxLatency time.Duration
	SandboxRates   []sandbox.Rate

	Out     string
	Journal string
	Wait    time.Duration // for the account, while another process holds it; 0: not at all
	Display
	Telling
}

// Display is what a front end shows of a run. The application itself uses ShowKeys and Show alone.
type Display struct {
	Progress  string // auto, bar, plain or none
	Quiet     bool
	JSON      bool
	LogFormat string // "", text or json
	Verbose   bool
	Show      int64 // requests that a check shows
	ShowKeys  bool
}

// Telling says who is told how a run ended, besides the person who sees it: see package notify. The application itself tells nobody.
type Telling struct {
	OnEnd   string // a command of the shell; "": none
	Metrics string // a file that can be opened as it is named; "": none
}

// defaultOut is where run folders go.
const defaultOut = "reports"

// AllOptions returns the table, in the order of help.
func AllOptions() []Option {
	return slices.Concat(commonOptions(), sendingOptions(), rowOptions(), inputOptions(), outputOptions(), nightOptions(), sandboxOptions())
}

// OptionsNamed returns those of the table that a command takes, in the order of the table.
func OptionsNamed(names ...string) []Option {
	return slices.DeleteFunc(AllOptions(), func(o Option) bool { return !slices.Contains(names, o.Name) })
}

// Variable is the environment variable that says the same.
func (o Option) Variable() string {
	return "IMPORTER_" + strings.ToUpper(strings.ReplaceAll(o.Name, "-", "_"))
}

// jobOptions are the options that a job file may set.
func jobOptions() []job.Option {
	var options []job.Option
	for _, o := range AllOptions() {
		if o.Key != "" {
			options = append(options, job.Option{Key: o.Key, List: o.List, Check: o.check, Doc: o.Doc})
		}
		if o.Former != "" {
			options = append(options, job.Option{Key: o.Former, List: o.List, Check: o.check, Doc: "the former name of " + o.Key})
		}
	}
	return options
}

// check says what is wrong with a text in a job file. What only the reader of the input judges is judged here, where the place is known.
func (o Option) check(s string) error {
	switch {
	case o.Name == "columns":
		return nil // each is a name as it stands
	case o.Values != nil && !slices.Contains(o.Values, s):
		return notOneOf(s, o.Values)
	}
	return o.set(new(Options), s)
}

// Switch reports whether the option is either on or off.
func (o Option) Switch() bool { return o.Arg == "" }

func commonOptions() []Option {
	return group(Common, []Option{
		{Name: "job", Short: "j", Arg: "FILE", Doc: "job file", Local: true, set: text(func(o *Options) *string { return &o.Job })},
		{Name: "vendor", Arg: "NAME", Doc: "vendor, by the name that importer vendors lists", Key: "vendor", set: text(func(o *Options) *string { return &o.Vendor })},
		{Name: "sandbox", Doc: "use a built-in sandbox instead of the vendor: no key, no network, a new account each time", Key: "run.sandbox", Trial: true,
			set: truth(func(o *Options) *bool { return &o.Sandbox })},
		{Name: "rate", Arg: "N/TIME,...", Doc: "requests per time, such as 20/s or 20/s,2000/15m; none for no limit (default: the vendor's limits)", Key: "limits.rate", Trial: true,
			set: parsed(func(o *Options) *[]vendors.Limit { return &o.Limits }, vendors.ParseLimits)},
		{Name: "workers", Arg: "N", Default: "8", Doc: "requests in flight at once, 1 to 1024", Key: "limits.workers", Trial: true,
			set: number(func(o *Options) *int { return &o.Workers }, 1, 1024, "a number of workers")},
		{Name: "max-errors", Arg: "N|N%", Default: "none", Doc: "stop when more rows than this fail", Key: "limits.max_errors",
			set: parsed(func(o *Options) *pipeline.Threshold { return &o.MaxErrors }, pipeline.ParseThreshold)},
		{Name: "sample", Arg: "N", Default: "0", Doc: "send N rows first, and continue only with --yes or after a prompt", Key: "sample",
			set: rows(func(o *Options) *int64 { return &o.Sample })},
		{Name: "yes", Doc: "continue after the sample without asking", Local: true, set: truth(func(o *Options) *bool { return &o.Yes })},
		{Name: "fresh", Doc: "start over instead of resuming an unfinished run", Key: "run.fresh", Local: true, set: truth(func(o *Options) *bool { return &o.Fresh })},
		{Name: "dry-run", Doc: "do everything but send, as check does", Key: "run.dry_run", Local: true, set: truth(func(o *Options) *bool { return &o.DryRun })},
		{Name: "ok", Arg: "CODE,...", Doc: "codes that count as success", Key: "ok", List: true, set: setOK},
		{Name: "out", Arg: "DIR", Default: defaultOut, Doc: "folder for the run folders", Key: "run.out", Local: true, Path: true,
			set: text(func(o *Options) *string { return &o.Out })},
	})
}

func sendingOptions() []Option {
	return group(Sending, []Option{
		{Name: "base-url", Arg: "URL", Doc: "replaces everything before the vendor's own path", Key: "base_url", set: text(func(o *Options) *string { return &o.BaseURL })},
		{Name: "timeout", Arg: "TIME", Default: "30s", Doc: "deadline of one attempt", Key: "limits.timeout", Trial: true,
			set: duration(func(o *Options) *time.Duration { return &o.Timeout }, time.Millisecond)},
		choice(Option{Name: "in-doubt", Arg: "hold|retry", Doc: "what to do with rows whose outcome is unknown (default: by vendor)", Trial: true},
			map[string]pipeline.DoubtPolicy{"": pipeline.DoubtByVendor, "hold": pipeline.DoubtHold, "retry": pipeline.DoubtRetry},
			func(o *Options) *pipeline.DoubtPolicy { return &o.InDoubt }),
	})
}

func rowOptions() []Option {
	return group(RowsSent, []Option{
		{Name: "where", Arg: "CONDITION", Doc: `which rows to take, such as 'row["Country"] == "IE"'; the others are skipped`, Key: "where", Personal: true,
			set: text(func(o *Options) *string { return &o.Where })},
		{Name: "identity", Arg: "FIELD,...", Doc: "fields that together make two rows one person (default: the vendor's)", Key: "identity", List: true, set: setIdentity},
		choice(Option{Name: "on-duplicate", Arg: "first|last|reject", Doc: "which row of a person is sent: the first, the last, or none (default: first)", Key: "on_duplicate"},
			map[string]ahead.Duplicates{"": ahead.KeepFirst, "first": ahead.KeepFirst, "last": ahead.KeepLast, "reject": ahead.RejectEvery},
			func(o *Options) *ahead.Duplicates { return &o.OnDuplicate }),
		choice(Option{Name: "on-shared", Arg: "first|none|drop",
			Doc: "which row is sent of different people with the same phone number or username, where the vendor takes it once: the first, none, or the later ones without it (default: first)",
			Key: "on_shared"},
			map[string]ahead.OnShared{"": ahead.ShareFirst, "first": ahead.ShareFirst, "none": ahead.ShareNone, "drop": ahead.ShareDrop},
			func(o *Options) *ahead.OnShared { return &o.OnShared }),
		{Name: "again", Arg: "exists,rejected", Values: answers(), Doc: "send rows again that the vendor had (exists) or rejected in an earlier run, though they have not changed", Key: "again", List: true,
			set: setAgain},
		choice(Option{Name: "on-invalid", Arg: "reject|drop", Key: "on_invalid",
			Doc: "what an invalid value costs in a field that the vendor does not need: the row, or the value (default: reject)"},
			map[string]mapping.OnInvalid{"": mapping.ByJob, "reject": mapping.RejectInvalid, "drop": mapping.DropInvalid},
			func(o *Options) *mapping.OnInvalid { return &o.OnInvalid }),
		word(Option{Name: "sort", Arg: "sponsors_first", Doc: "sponsors_first holds rows back until the row of their sponsor is registered", Key: "sort"},
			func(o *Options) *string { return &o.Sort }, "sponsors_first"),
		{Name: "skip-rows", Arg: "N", Default: "0", Doc: "rows to skip at the beginning", Key: "run.skip_rows", set: rows(func(o *Options) *int64 { return &o.SkipRows })},
		{Name: "max-rows", Arg: "N", Default: "0", Doc: "maximum number of rows to take; 0 takes all", Key: "run.max_rows", set: rows(func(o *Options) *int64 { return &o.MaxRows })},
	})
}

func outputOptions() []Option {
	return group(Output, []Option{
		{Name: "journal", Arg: "URL", Doc: "the journal (default: one for the user, in ~/.local/state/importer)", Key: "journal", Former: "run.journal", Local: true, Path: true,
			set: text(func(o *Options) *string { return &o.Journal })},
		{Name: "show", Arg: "N", Default: "0", Doc: "in a check, print the first N requests as they would be sent, secrets masked", Local: true,
			set: rows(func(o *Options) *int64 { return &o.Show })},
		{Name: "show-keys", Doc: "show e-mail addresses in results.csv in clear", Key: "run.show_keys", set: truth(func(o *Options) *bool { return &o.ShowKeys })},
		word(Option{Name: "progress", Arg: "KIND", Default: "auto", Doc: "auto, bar, plain or none", Key: "run.progress", Local: true},
			func(o *Options) *string { return &o.Progress }, "auto", "bar", "plain", "none"),
		{Name: "quiet", Short: "q", Doc: "print nothing where nothing new failed and no row is in doubt, else at most ten lines", Key: "run.quiet", Local: true, set: truth(func(o *Options) *bool { return &o.Quiet })},
		{Name: "verbose", Short: "v", Doc: "print more detail, such as every row when it is settled", Local: true, set: truth(func(o *Options) *bool { return &o.Verbose })},
		{Name: "json", Doc: "print the summary as JSON", Key: "run.json", Local: true, set: truth(func(o *Options) *bool { return &o.JSON })},
		word(Option{Name: "log-format", Arg: "text|json", Doc: "write log records; json: with typed fields, the last one with the whole summary", Key: "run.log_format", Local: true},
			func(o *Options) *string { return &o.LogFormat }, "text", "json"),
	})
}

func nightOptions() []Option {
	return group(Nights, []Option{
		{Name: "wait", Arg: "TIME", Doc: "wait so long for another run on the account to end (default: do not wait)", Key: "run.wait", Local: true,
			set: duration(func(o *Options) *time.Duration { return &o.Wait }, 0)},
		{Name: "exit-known", Doc: "exit with 1 too where only those rows failed that failed in earlier runs already", Key: "run.exit_known",
			set: truth(func(o *Options) *bool { return &o.ExitKnown })},
		{Name: "on-end", Arg: "COMMAND", Doc: "command of the shell to run at the end, with the summary as JSON on its standard input", Key: "run.on_end", Local: true,
			set: text(func(o *Options) *string { return &o.OnEnd })},
		{Name: "metrics", Arg: "FILE", Doc: "write metrics for Prometheus into this file, which ends in .prom", Key: "run.metrics", Local: true, Path: true, set: setMetrics},
	})
}

func sandboxOptions() []Option {
	return group(Sandbox, []Option{
		{Name: "sandbox-state", Path: true, Arg: "DIR", Doc: "keep the sandbox, its account and its journal in this folder, to practise interrupts, resumes, retries and nights", Key: "run.sandbox_state",
			Trial: true, set: text(func(o *Options) *string { return &o.SandboxState })},
		{Name: "sandbox-fault", Arg: "KIND:WHEN,...", Doc: "simulated faults, such as reset-after:#7 or 502:1%", Trial: true,
			set: parsed(func(o *Options) *[]sandbox.FaultSpec { return &o.SandboxFaults }, sandbox.ParseFaults)},
		{Name: "sandbox-latency", Arg: "TIME", Default: "100ms", Doc: "how long the sandbox takes to answer", Trial: true,
			set: duration(func(o *Options) *time.Duration { return &o.SandboxLatency }, 0)},
		{Name: "sandbox-rate", Arg: "N/TIME,...", Doc: "limits that the sandbox enforces", Trial: true,
			set: parsed(func(o *Options) *[]sandbox.Rate { return &o.SandboxRates }, sandbox.ParseRates)},
	})
}

// group puts options under a heading.
func group(g Group, options []Option) []Option {
	for i := range options {
		options[i].Group = g
	}
	return options
}
