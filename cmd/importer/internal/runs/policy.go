package runs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// policyOptions are the options that decide which rows are sent and in which order, besides the mapping. What flags or the environment say of them
// is part of what makes two runs the same job.
func policyOptions() []string {
	return []string{"where", "identity", "on-duplicate", "on-shared", "on-invalid", "sort", "again"}
}

// asPolicy is what the person asked for as the engine takes it, but for the sample.
func (o Options) asPolicy() pipeline.Policy {
	return pipeline.Policy{Identity: o.Identity, Duplicates: o.OnDuplicate, Shared: o.OnShared, OnInvalid: o.OnInvalid, SponsorsFirst: o.Sort == "sponsors_first"}
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
	if s.account != nil && s.options.OnShared == ahead.ShareDrop {
		faults = append(faults, s.fitDrop()...)
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

// fitDrop finds what the vendor takes from one user only and needs of every one: it can't be left out.
func (s *setup) fitDrop() (faults []error) {
	for _, u := range s.vendor.Unique {
		if s.account.Requires(u.Field) {
			faults = append(faults, unusable(fmt.Sprintf("on_shared: drop would leave out %s, and %s needs it of everybody", u.Field, s.vendor.Title),
				"use on_shared: first, or none"))
		}
	}
	return faults
}

// identityOf is how an earlier run identified people.
func identityOf(r journal.Run) (string, bool) {
	n, err := noteOf(r)
	return n.Identity, err == nil
}

func identityTitle(names string) string {
	if names == "" {
		return "the vendor's own identity"
	}
	return strings.ReplaceAll(names, ",", " and ")
}

// sendAgain is which rows are sent although the vendor answered an earlier run's request for the same row: what the person asked for and, in a retry,
// what its rows were chosen for.
func (x *execution) sendAgain() []journal.Status {
	if !x.note.plain() && x.note.Again == nil { // a retry that was begun before notes had it
		return []journal.Status{journal.Rejected, journal.Exists}
	}
	return slices.Concat(x.setup.options.Again, x.note.Again)
}

// origins are the rows of earlier runs that a row comes from: by the link in a failed file, and of a run whose rows are sent again.
func (x *execution) origins(ctx context.Context) func(source.Row) []pipeline.Origin {
	var again journal.Run
	if x.note.Of != "" {
		again, _ = x.workspace.find(ctx, x.note.Of, nil) // where it is purged, none of its rows was in doubt
	}
	if x.originOf == nil && again.ID == 0 {
		return nil
	}
	return func(row source.Row) (list []pipeline.Origin) {
		if x.originOf != nil {
			if o, ok := x.originOf(row); ok {
				list = append(list, o)
			}
		}
		if again.ID != 0 {
			list = append(list, pipeline.Origin{Run: again, Row: row.Number})
		}
		return list
	}
}

// prepare does what precedes the first row, and emits what was found.
func (x *execution) prepare(ctx context.Context, engine *pipeline.Engine) error {
	found, err := engine.Prepare(ctx)
	var other *pipeline.OtherIdentity
	if errors.As(err, &other) {
		return unusable(fmt.Sprintf("run %s identified people by %s and left some in doubt; by %s they would not be recognized and could be sent twice",
			other.Run.Name, identityTitle(other.Theirs), identityTitle(other.Ours)),
			fmt.Sprintf("settle them first with %s settle %s, or keep the identity", x.Program, other.Run.Name))
	}
	if err != nil {
		return err
	}
	if x.order == nil && found.Order != nil && x.setup.options.asPolicy().SponsorsFirst {
		s := found.Order.Summary()
		x.emit(SponsorsOrdered{Inside: s.Inside, Outside: s.Outside, Cyclic: s.Cyclic, Passes: found.Order.Passes(), Vendor: x.setup.vendor})
	}
	x.order = found.Order
	if found.Identity != nil {
		x.emit(IdentityDiffers{Earlier: identityTitle(found.Identity.Theirs), Now: identityTitle(found.Identity.Ours)})
	}
	x.carried = found
	return nil
}

// emitDoubts says what happens to rows that earlier runs left in doubt.
func (x *execution) emitDoubts() {
	if x.note.FailedFile && x.note.Of == "" && !x.resume && x.carried.FromOrigins+x.carried.FromAccount > 0 {
		x.emit(DoubtsOfFile{Resent: x.note.Resend})
	}
	if x.carried.FromAccount > 0 {
		x.emit(DoubtsCarried{Rows: x.carried.FromAccount, Vendor: x.setup.vendor})
	}
	if at := x.carried.Oldest; x.carried.Elsewhere > 0 && x.note.plain() {
		x.emit(DoubtsElsewhere{People: x.carried.Elsewhere, Run: at.Run, Row: at.Row, Settle: x.command("settle", at.Run.Name, "--row", fmt.Sprint(at.Row), "--as", "created")})
	}
}
