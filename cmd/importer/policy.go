package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// policyKnobs are the knobs that decide which rows are sent and in which order, besides the mapping. What flags or the environment say of them
// is part of what makes two runs the same job.
func policyKnobs() []string { return []string{"where", "identity", "on-duplicate", "sort"} }

// asPolicy is what the person asked for as the engine takes it, but for the sample.
func (k knobs) asPolicy() pipeline.Policy {
	return pipeline.Policy{Identity: k.identity, Duplicates: k.onDuplicate, SponsorsFirst: k.sort == "sponsors_first"}
}

func setIdentity(k *knobs, s string) error {
	k.identity = nil
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		f, err := job.IdentityField(name)
		if err != nil {
			return err
		}
		k.identity = append(k.identity, f)
	}
	return nil
}

func setOnDuplicate(k *knobs, s string) error {
	words := map[string]pipeline.Duplicates{"": pipeline.KeepFirst, "first": pipeline.KeepFirst, "last": pipeline.KeepLast, "reject": pipeline.RejectEvery}
	rule, ok := words[s]
	if !ok {
		return fmt.Errorf("%q is none of first, last, reject", mapping.Escape(s, 40))
	}
	k.onDuplicate = rule
	return nil
}

// policyDigest is the part of the job that flags and the environment add to its policies.
func (w *work) policyDigest() []string {
	var parts []string
	for _, name := range policyKnobs() {
		if text, asked := w.asked[name]; asked {
			parts = append(parts, name+"="+text)
		}
	}
	return parts
}

// fitPolicy finds what the policies need and the mapping lacks.
func (a *app) fitPolicy(w *work) []error {
	var faults []error
	for _, f := range w.knobs.identity {
		if !w.mapper.Has(f) {
			faults = append(faults, unusable(fmt.Errorf("identity names %s, and nothing is mapped to it", f), "map a column to it under fields: in the job file"))
		}
	}
	if w.knobs.sort == "" || w.account == nil {
		return faults
	}
	if !w.account.Uses(mapping.Sponsor) {
		return append(faults, unusable(fmt.Errorf("sort: sponsors_first says nothing for %s, which takes no sponsors", w.vendor.Title), "leave sort out"))
	}
	for _, f := range []mapping.Field{mapping.Username, mapping.Sponsor} {
		if !w.mapper.Has(f) {
			faults = append(faults, unusable(fmt.Errorf("sort: sponsors_first needs %s, and nothing is mapped to it", f), "map a column to it, or leave sort out"))
		}
	}
	return faults
}

// identityWord is how the run tells people apart, for its note: "" as the vendor does.
func (w *work) identityWord() string {
	names := make([]string, len(w.knobs.identity))
	for i, f := range w.knobs.identity {
		names[i] = f.String()
	}
	return strings.Join(names, ",")
}

// digests are those by which the journal may know a row's person: as this run tells people apart, and as the vendor does.
func (c *course) digests(row source.Row) []journal.Digest {
	if row.Broken != nil {
		return nil
	}
	if takes, _ := c.work.mapper.Takes(row.Cells); !takes {
		return nil
	}
	customer, _ := c.work.mapper.MapOnly(row.Cells, append(slices.Clone(c.work.vendor.Identity), c.work.knobs.identity...)...)
	request, _ := c.work.account.Prepare(&customer)
	var list []journal.Digest
	for _, text := range []string{c.work.knobs.asPolicy().IdentityOf(&customer, request), request.Identity} {
		if d := c.ledger.key.Identity(text); text != "" && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

// lookAhead reads the whole list once where a policy needs it, and says what it found.
func (c *course) lookAhead(ctx context.Context) error {
	if c.looked {
		return nil
	}
	plan := c.plan(nil, nil, nil)
	ahead, err := pipeline.LookAhead(ctx, plan)
	if err != nil {
		return c.explain(err)
	}
	c.ahead, c.looked = ahead, true
	if !plan.Policy.SponsorsFirst {
		return nil
	}
	inside, outside, circles, passes := ahead.Sponsors()
	text := fmt.Sprintf("sponsors first: %s %s a sponsor in the list", grouped(inside), has(inside, "row has", "rows have"))
	if outside > 0 {
		text += fmt.Sprintf(", %s one that %s must know already", grouped(outside), c.work.vendor.Title)
	}
	if circles > 0 {
		text += fmt.Sprintf(", %s sponsor each other in a circle", grouped(circles))
	}
	if passes > 1 {
		text += fmt.Sprintf("; the list is read %d times", passes+1)
	}
	c.app.voice.say("%s", text)
	return nil
}

func has(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// closingRows opens the run's rows for the engine.
func (c *course) closingRows() (pipeline.ClosingRows, error) { return c.rows() }

// sameIdentity warns where an earlier run of the account told people apart in another way, and refuses where such a run left somebody in doubt:
// this run could not recognise them.
func (c *course) sameIdentity(ctx context.Context, open doubts) error {
	mine := c.work.identityWord()
	runs, err := c.ledger.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.Account != c.run.Account || r.ID == c.run.ID {
			continue
		}
		n, err := noteOf(r)
		if err != nil || n.Identity == mine {
			continue
		}
		for _, first := range open {
			if first.run.ID == r.ID && n.Identity != "" {
				return unusable(fmt.Errorf("run %s told people apart by %s and left some in doubt; by %s they would not be recognised, and could be sent twice",
					r.Name, identityTitle(n.Identity), identityTitle(mine)),
					fmt.Sprintf("settle them first with %s settle %s, or keep the identity", c.app.Program, r.Name))
			}
		}
		c.app.voice.warn("earlier runs told people apart by %s, this one does by %s: of those whom they created it recognises only rows that have not changed",
			identityTitle(n.Identity), identityTitle(mine))
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
