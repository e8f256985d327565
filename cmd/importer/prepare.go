package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/pflag"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
	"importer/vendors/all"
)

// order is what a person asked for: by this command line, and by an earlier one that the journal remembers.
type order struct {
	flags  *pflag.FlagSet
	noted  map[string]string // knobs of an earlier start of the run; nil for a new one
	job    string            // the job file where neither flag nor environment names one
	inputs []input
	mended bool // the input is a failed file: as written by us, whatever the job file says of its form

	check   bool // nothing will be sent: keys need not be there, but for an online check
	online  bool // of a check: the vendor is asked what can be asked without harm
	offline bool // nothing will be sent: no credentials are needed, and no account is bound
}

// input is one input as named and as it can be opened.
type input struct {
	Name string `json:"name"` // as typed; "-" for standard input
	Path string `json:"path"` // absolute
}

// work is everything about a run that is known before its first request, checked.
type work struct {
	knobs   knobs
	asked   map[string]string // see layering.resolve
	job     *job.File
	jobPath string // absolute; "" without a job file
	vendor  *vendors.Vendor
	account *vendors.Account
	limits  []vendors.Limit
	set     *source.Set
	mapper  *mapping.Mapper
	box     *box // the sandbox in process; nil for a real vendor
	inputs  []input
	spooled string // a copy of standard input that no run has taken yet

	transport http.RoundTripper
}

// close ends what the work holds.
func (w *work) close() error {
	err := w.dropSpooled()
	if w.box != nil {
		err = errors.Join(err, w.box.close())
	}
	return err
}

// understand resolves the knobs and reads the job file. Faults are of both; the work is usable for finding more faults even then.
func (a *app) understand(o order) (*work, []error) {
	l := layering{flags: o.flags, env: a.LookupEnv, noted: o.noted}
	w := &work{inputs: o.inputs}
	var faults []error
	w.jobPath = a.jobPath(l, o.job)
	if w.jobPath != "" {
		var err error
		if w.job, err = job.Load(a.shown(w.jobPath)); err != nil {
			faults = append(faults, a.badJob(err))
		}
		l.job = w.job
	}
	values, asked, bad := l.resolve(runKnobs())
	w.knobs, w.asked = values, asked
	a.voice.as(w.knobs.logFormat, w.knobs.quiet, w.knobs.verbose)
	return w, append(faults, bad...)
}

func (a *app) jobPath(l layering, fallback string) string {
	for _, k := range knobsNamed("job") {
		if text, from, _ := l.find(k); from >= byNote && text != "" {
			return a.absolute(text)
		}
	}
	return fallback
}

// shown is an absolute path as a person would write it: relative where it lies below the working directory.
func (a *app) shown(path string) string {
	here := a.absolute(".")
	if rest, ok := strings.CutPrefix(path, here+"/"); ok && a.Dir == "" {
		return rest
	}
	return path
}

func (a *app) badJob(err error) error {
	var problems mapping.Problems
	if errors.As(err, &problems) {
		return problems
	}
	return unusable(err, "")
}

// prepare checks all that can be checked before the first request, and returns every fault at once, joined.
func (a *app) prepare(ctx context.Context, o order) (*work, error) {
	w, faults := a.understand(o)
	if o.noted == nil { // a run of the journal has its files by name
		var err error
		if w.inputs, err = a.expand(w.inputs); err != nil {
			faults = append(faults, err)
		}
	}
	if err := a.bind(w, o); err != nil {
		faults = append(faults, err)
	}
	if w.vendor != nil {
		faults = append(faults, checkOK(w.vendor, w.knobs.ok)...)
	}
	if len(faults) == 0 { // reading standard input for a job that cannot start would keep a person waiting
		if err := a.spool(ctx, w); err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	set, err := a.survey(ctx, w, o)
	if err != nil {
		if ctx.Err() != nil {
			return nil, errors.Join(context.Cause(ctx), w.close())
		}
		faults = append(faults, renamed(err, w.inputs))
	}
	w.set = set
	if set != nil && (w.job != nil || w.jobPath == "") {
		faults = append(faults, a.fit(w)...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(append(faults, w.close())...)
	}
	return w, nil
}

// survey looks at the inputs that there are.
func (a *app) survey(ctx context.Context, w *work, o order) (*source.Set, error) {
	if len(w.inputs) == 0 {
		return nil, nil // no file fits
	}
	for _, in := range w.inputs {
		if in.Path == "" {
			return nil, nil // standard input was not read
		}
	}
	set, err := source.Survey(ctx, paths(w.inputs), a.reading(w, o))
	if err != nil {
		return nil, err
	}
	for i := range set.Files {
		set.Files[i].Name = w.inputs[i].title()
	}
	return set, nil
}

func paths(inputs []input) []string {
	list := make([]string, len(inputs))
	for i, in := range inputs {
		list[i] = in.Path
	}
	return list
}

// renamed makes every error of an input one with our exit code, and names inputs as the person did.
func renamed(err error, inputs []input) error {
	list := []error{err}
	var several interface{ Unwrap() []error }
	if errors.As(err, &several) {
		list = several.Unwrap()
	}
	for i, one := range list {
		text := textOf(one)
		for _, in := range inputs {
			text = strings.ReplaceAll(text, in.Path, in.title())
		}
		list[i] = &failure{reports.ExitData, errors.New(text), hintOf(one)}
	}
	return errors.Join(list...)
}

// reading is how the inputs are to be read. What the job file says of the list's form does not hold for a failed file of it.
func (a *app) reading(w *work, o order) source.Options {
	said := w.knobs.reading
	if o.mended {
		only := layering{flags: o.flags, env: a.LookupEnv, noted: o.noted}
		values, _, _ := only.resolve(inputKnobs()) // their faults are known already
		said = values.reading
	}
	options := said.of()
	if len(w.inputs) == 1 {
		options.Name = w.inputs[0].title()
	}
	return options
}

// title is what people are told of an input.
func (in input) title() string {
	if in.Name == "-" {
		return "standard input"
	}
	return in.Name
}

// bind finds the vendor and resolves its settings.
func (a *app) bind(w *work, o order) error {
	if w.knobs.vendor == "" {
		if w.job == nil && w.jobPath != "" {
			return nil // the job file could not be read: it may well name one
		}
		return usage(errors.New("no vendor is named"), "name a job file with --job, or a vendor with --vendor; importer vendors lists them")
	}
	vendor, ok := all.Find(w.knobs.vendor)
	if !ok {
		return w.unknownVendor()
	}
	w.vendor, w.limits = vendor, vendor.Limits
	if w.knobs.limits != nil {
		w.limits = w.knobs.limits
	}
	if o.offline {
		return nil
	}
	binding := vendors.Binding{Settings: w.job.SettingMap(), Lookup: a.lookupSecret, BaseURL: w.knobs.baseURL, Now: a.Now}
	if (o.check || w.knobs.dryRun) && !o.online {
		binding.Lookup = a.lookupForCheck(vendor)
	}
	if w.knobs.sandbox {
		if err := a.unpack(w, &binding); err != nil {
			return err
		}
	}
	account, problems := vendor.Bind(binding)
	if len(problems) > 0 {
		return w.badSettings(problems)
	}
	w.account = account
	options := vendors.TransportOptions{Workers: w.knobs.workers, Proxy: http.ProxyFromEnvironment}
	if w.box != nil {
		options.Dial, options.Proxy = w.box.network.DialContext, nil
	}
	w.transport = vendors.NewTransport(options)
	return nil
}

// vendorName is the vendor's name, or a placeholder where none is known.
func (w *work) vendorName() string {
	if w.vendor == nil {
		return "NAME"
	}
	return w.vendor.Name
}

func (w *work) unknownVendor() error {
	var names []string
	for _, v := range all.Vendors() {
		names = append(names, v.Name)
	}
	hint := "there are " + strings.Join(names, ", ")
	if near, ok := mapping.Nearest(w.knobs.vendor, names); ok {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	message := fmt.Sprintf("there is no vendor %q", mapping.Escape(w.knobs.vendor, 40))
	if w.job != nil && w.job.Vendor.Text == w.knobs.vendor {
		return unusable(w.job.Problem(w.job.Vendor.Pos, message, hint), "")
	}
	return usage(errors.New(message), hint)
}

// badSettings puts each problem where it can be mended: at its place in the job file, or in the environment.
func (w *work) badSettings(problems []vendors.Problem) error {
	var list []error
	for _, p := range problems {
		if pos := w.job.SettingPos(p.Setting); pos.Line > 0 {
			list = append(list, unusable(w.job.Problem(pos, p.Message, p.Fix), ""))
			continue
		}
		list = append(list, unusable(p.Error, ""))
	}
	return errors.Join(list...)
}

// fit compiles the mapping for the input's header, and finds what the vendor needs and nobody maps.
func (a *app) fit(w *work) []error {
	now := a.Now()
	today := mapping.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()}
	spec := w.job.Spec()
	if spec.Where != w.knobs.where { // a flag beats the job file
		spec.Where, spec.WhereAt = w.knobs.where, mapping.Pos{}
	}
	mapper, err := mapping.Compile(spec, w.set.Header, mapping.Options{Today: today})
	if err != nil {
		faults := []error{w.job.Explain(err)}
		if len(spec.Fields) == 0 && len(w.inputs) > 0 {
			faults = append(faults, unusable(errors.New("no fields are mapped, and the header does not use the standard names"),
				fmt.Sprintf("%s init %s --vendor %s > job.yaml proposes a mapping", a.Program, mapping.Escape(w.inputs[0].Name, 200), w.vendorName())))
		}
		return faults
	}
	w.mapper = mapper
	if w.account == nil {
		return nil
	}
	var faults []error
	for _, f := range mapping.Fields() {
		if w.account.Requires(f) && !mapper.Has(f) {
			faults = append(faults, unusable(fmt.Errorf("%s needs %s (%s), and nothing is mapped to it", w.vendor.Title, f, f.Doc()),
				"map a column under fields: in the job file"))
		}
	}
	return append(faults, a.fitPolicy(w)...)
}
