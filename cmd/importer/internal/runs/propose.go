package runs

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"importer/mapping"
	"importer/mapping/suggest"
	"importer/pipeline/source"
	"importer/vendors"
)

// ProposeRequest asks for a first job file for a list.
type ProposeRequest struct {
	Request
	File     string
	Settings map[string]string                              // of the vendor, as given
	Answer   func(context.Context, *suggest.Proposal) error // settles questions; nil: they stand in the file as comments
}

// The comments above an input block that init itself proposes, and above names of columns that it has made.
const (
	withoutBlock     = "# The list cannot be read without this block: see that it says what you mean.\n"
	placeholderNames = "# In place of a name such as \"column 2\", write one that says what the column holds, here and under ignore or fields.\n"
)

// Proposed is a proposal for a job file.
type Proposed struct {
	YAML      []byte
	Mapped    int      // fields
	Questions int      // left open
	Ignored   int      // columns left over
	Unread    int      // rows that cannot be read
	ReadWith  error    // why the list cannot be read without the input block, or the ignored columns, that are proposed; nil where it can
	Missing   []string // required fields without a column
	Unset     []string // variables of the vendor's keys that a run needs and the environment does not have
}

// Propose reads the header and a sample of the rows and proposes a job file. No value of a person gets into it.
func (s *Service) Propose(ctx context.Context, r ProposeRequest) (p Proposed, err error) {
	c := s.call(r.Request)
	values := precedence{given: r.Options, env: s.LookupEnv}
	options, _, faults := values.resolve()
	if len(faults) > 0 {
		return p, errors.Join(faults...)
	}
	vendor, err := vendorFor(r, options.Vendor)
	if err != nil {
		return p, err
	}
	said := options.Input.of()
	propose := func(sample *suggest.Sample, read source.Options) *suggest.Proposal {
		return suggest.Propose(sample, suggest.Options{
			Vendor: vendor.Name, Input: r.File, Fields: wantsOf(vendor, r.Settings), Metadata: takesMetadata(vendor, r.Settings), Settings: settingsOf(vendor, r.Settings),
			Today: c.today(), Ignored: read.Ignore,
		})
	}
	sheet, beside, err := c.sheetSample(ctx, input{Name: r.File, Path: s.absolute(r.File)}, said, propose)
	if err != nil {
		return p, err
	}
	if p.ReadWith = sheet.refused; p.ReadWith != nil {
		values = values.advised(said, sheet.read)
	}
	proposal := propose(sheet.sample, sheet.read)
	if r.Answer != nil {
		if err := r.Answer(ctx, proposal); err != nil {
			return p, err
		}
	}
	block := values.withSheet(sheet.Name).inputYAML()
	if p.ReadWith != nil && block != "" {
		above := withoutBlock
		if len(sheet.read.Columns) > len(said.Columns) {
			above += placeholderNames
		}
		block = "\n" + above + strings.TrimPrefix(block, "\n")
	}
	block = doubtYAML(sheet.doubt, block) + beside
	p.YAML, p.Questions, p.Ignored, p.Unread = append(proposal.YAML(), block...), len(proposal.Questions()), len(proposal.Ignore), sheet.unread
	if sheet.doubt != nil {
		p.Questions++
	}
	for _, setting := range vendor.Settings {
		if setting.Required && setting.Env != "" && r.Settings[setting.Name] == "" && c.unset(setting) {
			p.Unset = append(p.Unset, setting.Env)
		}
	}
	for _, choice := range proposal.Choices {
		switch {
		case choice.Spec != nil:
			p.Mapped++
		case choice.Required:
			p.Missing = append(p.Missing, choice.Field.String())
		}
	}
	return p, nil
}

// vendorFor finds the vendor of the request, and checks the settings given for it.
func vendorFor(r ProposeRequest, name string) (*vendors.Vendor, error) {
	if name == "" {
		return nil, usage("init needs to know the vendor", "add --vendor with one of: "+strings.Join(VendorNames(), ", "))
	}
	if r.File == "-" {
		return nil, usage("init reads a file, not standard input", "save the list to a file first")
	}
	vendor, err := FindVendor(name)
	if err != nil {
		return nil, err
	}
	for name := range r.Settings {
		switch known := settingOf(vendor, name); {
		case known == nil:
			return nil, usage(fmt.Sprintf("--set %s: %s has no such setting", mapping.Escape(name, 60), vendor.Name), nearestSetting(vendor, name))
		case known.Secret:
			return nil, usage(fmt.Sprintf("--set %s: that is a secret", name), "it comes from the environment: "+known.Env)
		}
	}
	return vendor, nil
}

func settingOf(v *vendors.Vendor, name string) *vendors.Setting {
	for i := range v.Settings {
		if v.Settings[i].Name == name {
			return &v.Settings[i]
		}
	}
	return nil
}

func nearestSetting(v *vendors.Vendor, name string) string {
	var names []string
	for _, s := range v.Settings {
		if !s.Secret {
			names = append(names, s.Name)
		}
	}
	if near, ok := mapping.Nearest(name, names); ok {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "write --set name=value with one of: " + strings.Join(names, ", ")
}

// readAdvised is readSample with the options that the refusal of a list names, where these read it: refused is the refusal then, and read what it was
// read with.
func (c *call) readAdvised(ctx context.Context, in input, said source.Options) (found sheetTried, err error) {
	found.read = said
	if found.sample, found.doubt, found.unread, err = c.readSample(ctx, in, said); err == nil || ctx.Err() != nil {
		return found, err
	}
	better, ok := source.Advised(ctx, source.Input{Path: in.Path}, said)
	if !ok {
		return found, err
	}
	found.read, found.refused = better, err
	found.sample, found.doubt, found.unread, err = c.readSample(ctx, in, better)
	return found, err
}

// readSample reads the file once more after the survey, and keeps a bounded part of it. Rows that cannot be read are counted.
func (c *call) readSample(ctx context.Context, in input, options source.Options) (s *suggest.Sample, doubt *source.Doubt, unread int, err error) {
	set, err := c.survey(ctx, []input{in}, options)
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, nil, 0, err
	}
	reader, err := set.OpenWithin(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	s = suggest.NewSample(set.Header)
	for row, err := range source.All(reader) {
		switch {
		case err != nil:
			return nil, nil, 0, err
		case ctx.Err() != nil:
			return nil, nil, 0, context.Cause(ctx)
		case row.Broken != nil:
			unread++
		default:
			s.Add(row.Cells)
		}
	}
	return s, set.Files[0].Doubt, unread, nil
}
