package main

import (
	"context"
	"fmt"
	"strings"

	"importer/mapping"
	"importer/mapping/job"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
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
		if message, hint := job.WrongIdentity(name); message != "" {
			return fmt.Errorf("%s; %s", message, hint)
		}
		f, _ := mapping.ParseField(name)
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

// told says what a start found before its first row.
func (c *course) told(found pipeline.Prepared) {
	if c.work.knobs.sort != "" && c.order == nil {
		c.sayOrder(found.Order)
	}
	c.order = found.Order
	if other := found.Identity; other != nil {
		c.app.voice.warn("earlier runs told people apart by %s, this one does by %s: of those whom they created it recognises only rows that have not changed",
			identityTitle(other.Theirs), identityTitle(other.Ours))
	}
}

// sayOrder says what a look through the whole list found about sponsors.
func (c *course) sayOrder(order *ahead.Order) {
	s, passes := order.Summary(), order.Passes()
	text := fmt.Sprintf("sponsors first: %s %s a sponsor in the list", grouped(s.Inside), has(s.Inside, "row has", "rows have"))
	if s.Outside > 0 {
		text += fmt.Sprintf(", %s one that %s must know already", grouped(s.Outside), c.work.vendor.Title)
	}
	if s.Cyclic > 0 {
		text += fmt.Sprintf(", %s sponsor each other in a cycle", grouped(s.Cyclic))
	}
	if passes > 1 {
		text += fmt.Sprintf("; the list is read %d times", passes+1)
	}
	c.app.voice.say("%s", text)
}

// sayDoubts says what happens to people whom earlier runs left in doubt.
func (c *course) sayDoubts(found pipeline.Prepared) {
	if c.note.Mended && c.note.Of == "" && !c.resume && found.FromOrigins+found.FromAccount > 0 {
		c.app.sayDoubt(c)
	}
	if found.FromAccount > 0 {
		c.app.voice.say("rows that an earlier run left in doubt are sent only where %s refuses or absorbs a repeat; the others are held: see %s in %s",
			c.work.vendor.Title, pipeline.CodeHeld, reports.ResultsName)
	}
}

// identityOf is how an earlier run told people apart.
func identityOf(r journal.Run) (string, bool) {
	n, err := noteOf(r)
	return n.Identity, err == nil
}

// origins are the rows of earlier runs that a row comes from: by the link in a failed file, and of a run whose rows are sent again.
func (c *course) origins(ctx context.Context) func(source.Row) []pipeline.Origin {
	again, err := journal.Run{}, error(nil)
	if c.note.Of != "" {
		if again, err = c.ledger.find(ctx, c.note.Of, nil); err != nil { // it is purged: then none of its rows was in doubt
			again = journal.Run{}
		}
	}
	if c.originOf == nil && again.ID == 0 {
		return nil
	}
	return func(row source.Row) (list []pipeline.Origin) {
		if c.originOf != nil {
			if o, ok := c.originOf(row); ok {
				list = append(list, o)
			}
		}
		if again.ID != 0 {
			list = append(list, pipeline.Origin{Run: again, Row: row.Number})
		}
		return list
	}
}

func has(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// closingRows opens the run's rows for the engine.
func (c *course) closingRows() (pipeline.ClosingRows, error) { return c.rows() }

func identityTitle(word string) string {
	if word == "" {
		return "the vendor's own identity"
	}
	return strings.ReplaceAll(word, ",", " and ")
}
