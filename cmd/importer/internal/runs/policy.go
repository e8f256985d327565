package runs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// policyOptions are the options that decide which rows are sent and in which order, besides the mapping. What flags or the environment say of them
// is part of what makes two runs the same job.
func policyOptions() []string { return []string{"where", "identity", "on-duplicate", "sort"} }

// asPolicy is what the person asked for as the engine takes it, but for the sample.
func (o Options) asPolicy() pipeline.Policy {
	return pipeline.Policy{Identity: o.Identity, Duplicates: o.OnDuplicate, SponsorsFirst: o.Sort == "sponsors_first"}
}

// policyDigest is the part of the job that flags and the environment add to its policies.
func (s *setup) policyDigest() []string {
	var parts []string
	for _, name := range policyOptions() {
		if text, asked := s.asked[name]; asked {
			parts = append(parts, name+"="+text)
		}
	}
	return parts
}

// fitPolicy finds what the policies need and the mapping lacks.
func (s *setup) fitPolicy() []error {
	var faults []error
	for _, f := range s.options.Identity {
		if !s.mapper.Has(f) {
			faults = append(faults, unusable(fmt.Sprintf("identity names %s, and nothing is mapped to it", f), "map a column to it under fields: in the job file"))
		}
	}
	if s.options.Sort == "" || s.account == nil {
		return faults
	}
	if !s.account.Uses(mapping.Sponsor) {
		return append(faults, unusable(fmt.Sprintf("sort: sponsors_first says nothing for %s, which takes no sponsors", s.vendor.Title), "leave sort out"))
	}
	for _, f := range []mapping.Field{mapping.Username, mapping.Sponsor} {
		if !s.mapper.Has(f) {
			faults = append(faults, unusable(fmt.Sprintf("sort: sponsors_first needs %s, and nothing is mapped to it", f), "map a column to it, or leave sort out"))
		}
	}
	return faults
}

// identityWord is how the run tells people apart, for its note: "" as the vendor does.
func (s *setup) identityWord() string {
	names := make([]string, len(s.options.Identity))
	for i, f := range s.options.Identity {
		names[i] = f.String()
	}
	return strings.Join(names, ",")
}

// digests are those by which the journal may know a row's person: as this run tells people apart, and as the vendor does.
func (x *execution) digests(row source.Row) []journal.Digest {
	if row.Broken != nil {
		return nil
	}
	if takes, _ := x.setup.mapper.Takes(row.Cells); !takes {
		return nil
	}
	customer, _ := x.setup.mapper.MapOnly(row.Cells, append(slices.Clone(x.setup.vendor.Identity), x.setup.options.Identity...)...)
	request, _ := x.setup.account.Prepare(&customer)
	var list []journal.Digest
	for _, text := range []string{x.setup.options.asPolicy().IdentityOf(&customer, request), request.Identity} {
		if d := x.workspace.key.Identity(text); text != "" && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

// lookAhead reads the whole list once where a policy needs it, and says what it found.
func (x *execution) lookAhead(ctx context.Context) error {
	if x.looked {
		return nil
	}
	plan := x.plan(nil, nil, nil)
	ahead, err := pipeline.LookAhead(ctx, plan)
	if err != nil {
		return x.explain(err)
	}
	x.ahead, x.looked = ahead, true
	if !plan.Policy.SponsorsFirst {
		return nil
	}
	inside, outside, circles, passes := ahead.Sponsors()
	x.tell(SponsorsOrdered{Inside: inside, Outside: outside, Circular: circles, Passes: passes, Vendor: x.setup.vendor})
	return nil
}

// closingRows opens the run's rows for the engine.
func (x *execution) closingRows() (pipeline.ClosingRows, error) { return x.rows() }

// sameIdentity warns where an earlier run of the account told people apart in another way, and refuses where such a run left somebody in doubt:
// this run could not recognise them.
func (x *execution) sameIdentity(ctx context.Context, open doubts) error {
	mine := x.setup.identityWord()
	runs, err := x.workspace.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.Account != x.run.Account || r.ID == x.run.ID {
			continue
		}
		n, err := noteOf(r)
		if err != nil || n.Identity == mine {
			continue
		}
		for _, first := range open {
			if first.run.ID == r.ID && n.Identity != "" {
				return unusable(fmt.Sprintf("run %s told people apart by %s and left some in doubt; by %s they would not be recognised, and could be sent twice",
					r.Name, identityTitle(n.Identity), identityTitle(mine)),
					fmt.Sprintf("settle them first with %s settle %s, or keep the identity", x.Program, r.Name))
			}
		}
		x.tell(IdentityDiffers{Earlier: identityTitle(n.Identity), Now: identityTitle(mine)})
		return nil
	}
	return nil
}

func identityTitle(word string) string {
	if word == "" {
		return "the vendor's own identity"
	}
	return strings.ReplaceAll(word, ",", " and ")
}
