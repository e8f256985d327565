package runs

import (
	"context"
	"slices"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// CodeUnderWay is the code of people whose row the run under way has sent, or sends again, and has no answer to yet. No journal has it.
const CodeUnderWay = "under_way"

// moment is what a status is of while a run of the account is under way. The zero moment: no run is, and the journal stands still.
type moment struct {
	run    journal.Run // the one under way; the zero Run for none
	member bool        // it is one of the family: its rows count as they were at the moment
	at     time.Time
}

// findMoment finds the run of the account that is under way, if one is.
func (v *view) findMoment(ctx context.Context) error {
	base := v.members[v.base]
	if base.note.gone() {
		return nil
	}
	lock, err := v.ws.lock(base.run.Account)
	if err == nil {
		return lock.Release() // it was taken only to look
	}
	holder, known := journal.HolderOf(err)
	if !known || holder.Run == "" { // not a run, or one that has not begun
		return nil
	}
	all, err := v.ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r journal.Run) bool { return r.Name == holder.Run && r.State == journal.Running })
	if i < 0 { // it only writes its reports
		return nil
	}
	v.moment = moment{run: all[i], at: v.Now(), member: slices.ContainsFunc(v.members, func(m *member) bool { return m.run.ID == all[i].ID })}
	v.list.UnderWay, v.list.At = v.moment.run.Name, v.moment.at
	return nil
}

// counts reports whether a run is a member that is under way: its rows are counted as they were at the moment, and not again.
func (o moment) counts(run int64) bool { return o.member && o.run.ID == run }

// of is a row of a run as it was at the moment. Rows that were settled without being sent are as they are: only answers come with time.
func (o moment) of(run int64, s journal.RowState) journal.RowState {
	if !o.counts(run) || s.First.IsZero() || !s.At.After(o.at) {
		return s
	}
	was := journal.RowState{First: s.First, Doubted: s.Doubted}
	was.Row, was.Line, was.Identity, was.Content = s.Row, s.Line, s.Identity, s.Content
	if !s.First.After(o.at) {
		was.Kind, was.At = journal.Intent, s.First
	}
	return was
}

// reported is the status and code of a row of a run. One that is in flight in the run under way is not in doubt.
func (o moment) reported(run int64, s journal.RowState) (journal.Status, string) {
	if o.counts(run) && (s.Kind == journal.Intent || s.Kind == journal.Uncertain) {
		return journal.Unsent, CodeUnderWay
	}
	return s.Reported()
}

// word names the state of a run.
func (v *view) word(r journal.Run) string {
	switch {
	case r.ID == v.moment.run.ID:
		return "running"
	case r.State == journal.Running && v.moment.run.ID != 0: // the account is held by that one
		return "crashed"
	}
	return v.ws.stateWord(r)
}

// inTheMeantime is why the open rows are not written: some may have their answers by now.
func (o moment) inTheMeantime() error {
	if o.run.ID == 0 {
		return nil
	}
	return problem.New(problem.Busy, "run "+o.run.Name+" was under way", "type the command again when it has ended")
}

// explainOpen says of the causes what there is to know while a run is under way, and nothing to type: it holds the account.
func (v *view) explainOpen() {
	comes := v.moment.run.ID == v.members[v.base].run.ID
	for i := range v.list.Causes {
		switch c := &v.list.Causes[i]; {
		case c.Code == CodeUnderWay:
			c.Hint = "sent by the run that is under way; the answer is not there yet"
		case c.Code == journal.CodeNotReached && comes:
			c.Hint = "the run that is under way has not come to these rows yet"
		}
	}
}
