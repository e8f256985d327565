package runs

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"importer/mapping"
	"importer/mapping/job"
	"importer/mapping/problem"
	"importer/pipeline/source"
	"importer/vendors"
)

// purpose is what a setup is made for: it decides which credentials are needed.
type purpose uint8

const (
	forReading  purpose = iota // of what is known of a run: no account is bound
	forChecking                // nothing is sent: keys may be missing
	forAsking                  // a check that asks the vendor what can be asked without harm
	forSending
)

// plan is what a setup is made from besides the request: what an earlier start of the run left, where there was one.
type plan struct {
	purpose    purpose
	inputs     []input
	noted      map[string]string // options of an earlier start of the run; nil for a new one
	job        string            // the job file where neither request nor environment names one
	failedFile bool              // the input is a failed file: as written by us, whatever the job file says of its form
	newColumns bool              // an earlier start, or the run that the failed file is of, went on with columns that nothing maps
}

// setup is everything about a run that is known before its first request, checked.
type setup struct {
	options Options
	asked   map[string]string // see precedence.resolve
	job     *job.File
	jobPath string // absolute; "" without a job file
	vendor  *vendors.Vendor
	account *vendors.Account // nil where the purpose is reading
	limits  []vendors.Limit
	set     *source.Set
	mapper  *mapping.Mapper
	left    []error       // what is wrong with columns that are neither mapped nor ignored, where nothing else is: see newColumns
	sandbox *localSandbox // nil for a real vendor
	named   []input       // by the command: folders and patterns too; nil for a run of the journal
	inputs  []input       // that are read
	place   location      // of the journal, and of the run folders
	reading source.Options
	spooled string // a copy of standard input that no run has taken yet

	transport http.RoundTripper
}

// close ends what the setup holds.
func (s *setup) close() error {
	err := s.dropSpooled()
	if s.sandbox != nil {
		err = errors.Join(err, s.sandbox.close())
	}
	return err
}

// setUp checks all that can be checked before the first request, and returns every fault at once, joined.
func (c *call) setUp(ctx context.Context, p plan) (*setup, error) {
	s, values, faults := c.understand(p)
	if p.purpose == forSending && s.options.DryRun {
		p.purpose = forChecking
	}
	if p.noted == nil { // a run of the journal has its files by name
		var err error
		s.named = s.inputs
		if s.inputs, err = c.expand(s.named); err != nil {
			faults = append(faults, err)
		}
	}
	if err := c.bind(s, p.purpose); err != nil {
		faults = append(faults, err)
	}
	if p.purpose != forReading && p.noted == nil {
		var err error
		if s.place, err = c.locate(s.options); err != nil {
			faults = append(faults, err)
		}
		_, from, _ := values.find(OptionsNamed("out")[0])
		s.place.said, s.place.was = from >= byEnvironment, values.wasPlaces()
	}
	if s.vendor != nil {
		faults = append(faults, checkOK(s.vendor, s.options.OK)...)
	}
	if len(faults) == 0 { // reading standard input for a job that cannot start would keep a person waiting
		if err := c.spool(ctx, s); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	s.reading = values.reading(s.options.Input, p.failedFile)
	if spec := s.job.Spec(); !p.failedFile {
		s.reading.Ignore, s.reading.Kept = spec.Ignore, spec.DrawsOn
	}
	set, err := c.survey(ctx, s.inputs, s.reading)
	if err != nil {
		if ctx.Err() != nil {
			return nil, errors.Join(context.Cause(ctx), s.close())
		}
		faults = append(faults, err)
	}
	s.set = set
	if set != nil && (s.job != nil || s.jobPath == "") {
		faults = append(faults, c.fit(s)...)
	}
	if len(s.left) > 0 {
		faults = append(faults, c.newColumns(ctx, s, p, len(faults) == 0)...)
	}
	if p.purpose == forSending || p.purpose != forReading && len(faults) > 0 { // in another encoding, the header may fit
		faults = append(faults, s.inDoubt(p.saysEncoding())...)
	}
	if len(faults) == 0 && s.mapper != nil {
		if err := s.study(ctx); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(append(faults, s.close())...)
	}
	return s, nil
}

// understand reads the job file and resolves the options. Faults are of both; the setup is usable for finding more faults even then.
func (c *call) understand(p plan) (*setup, precedence, []error) {
	values := precedence{given: c.Options, env: c.LookupEnv, noted: p.noted}
	s := &setup{inputs: p.inputs, jobPath: p.job}
	var faults []error
	if text, from, _ := values.find(OptionsNamed("job")[0]); from >= byNote && text != "" {
		s.jobPath = c.absolute(text)
	}
	if s.jobPath != "" {
		var err error
		if s.job, err = job.Load(c.shown(s.jobPath), jobOptions()); err != nil {
			faults = append(faults, err)
		}
		values.job = s.job
	}
	options, asked, bad := values.resolve()
	if err := c.placeState(&options, values, p.purpose != forReading); err != nil {
		bad = append(bad, err)
	}
	s.options, s.asked = options, asked
	told, fault := c.telling(options, values)
	if fault != nil {
		bad = append(bad, fault)
	}
	c.first(Resolved{Display: options.Display, Telling: told, Job: s.jobPath, Vendor: options.Vendor, Again: c.again})
	return s, values, append(faults, bad...)
}

// asInput makes an error one of an input, a job file or a setting where it does not say itself whose it is.
func asInput(err error) error {
	if problem.KindOf(err) != problem.Internal {
		return err
	}
	return problem.Wrap(problem.Input, err, "")
}

// reading is how inputs are to be read. What the job file says of the list's form does not hold for a failed file of it.
func (p precedence) reading(said InputOptions, failedFile bool) source.Options {
	if failedFile {
		p.job = nil
		values, _, _ := p.resolve() // their faults are known already
		said = values.Input
	}
	return said.of()
}

// fit compiles the mapping for the input's header, and finds what the vendor needs and nobody maps.
func (c *call) fit(s *setup) []error {
	spec := s.job.Spec()
	if spec.Where != s.options.Where { // a flag beats the job file
		spec.Where, spec.WhereAt = s.options.Where, mapping.Pos{}
	}
	mapper, err := mapping.Compile(spec, s.set.Header, mapping.Options{Today: c.today()})
	if err != nil {
		faults := append(problem.All(s.job.Explain(err)), s.fitFields()...)
		if len(spec.Fields) == 0 && len(s.inputs) > 0 {
			vendor := "NAME"
			if s.vendor != nil {
				vendor = s.vendor.Name
			}
			faults = append(faults, unusable("no fields are mapped, and the header does not use the standard names",
				fmt.Sprintf("%s init %s --vendor %s > job.yaml proposes a mapping", c.Program, mapping.Escape(s.inputs[0].Name, 200), vendor)))
		}
		if mapper == nil {
			for _, f := range s.set.Files {
				if beside := f.Beside(); beside != nil {
					faults = append(faults, beside)
				}
			}
			return faults
		}
		s.left = faults
	}
	s.mapper = mapper
	if faults := s.misreadDates(); len(faults) > 0 {
		return faults
	}
	if s.account == nil {
		return nil
	}
	var faults []error
	for _, f := range mapping.Fields() {
		if s.account.Requires(f) && !mapper.Has(f) {
			faults = append(faults, unusable(fmt.Sprintf("%s needs %s (%s), and nothing is mapped to it", s.vendor.Title, f, f.Doc()),
				"map a column under fields: in the job file"))
		}
	}
	return append(append(faults, s.fitFields()...), s.fitPolicy()...)
}

func (c *call) today() mapping.Date {
	now := c.Now()
	return mapping.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()}
}
