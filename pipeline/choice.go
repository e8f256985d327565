package pipeline

import (
	"context"
	"errors"
	"slices"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// otherChoice places the rows of a dry run a second time, as a run that drops what is invalid would: by the same functions, with a memory of its own of
// who came before. So it finds what a row means for later ones, too: without its telephone number it may be the first of its person, or a sponsor.
type otherChoice struct {
	*Engine
	seen    *seenApart
	differs bool         // from here on rows may be placed otherwise than by the dry run
	sends   ahead.RowSet // where the policy looks ahead: all rows that would be sent
}

// newOtherChoice prepares the second placing. Where the policy looks ahead, other rows may count and others go first: then all of it is done here.
func newOtherChoice(ctx context.Context, e *Engine, memory journal.Seen) (*otherChoice, error) {
	o := &otherChoice{seen: &seenApart{before: e.plan.Seen, own: memory, key: e.plan.Key}}
	o.Engine = &Engine{plan: e.plan, prepared: e.prepared, strangers: e.strangers}
	o.plan.Policy.OnInvalid, o.plan.Seen = mapping.DropInvalid, o.seen
	if e.order == nil {
		return o, nil
	}
	var err error
	o.differs = true
	o.order, err = o.lookAhead(ctx)
	for pass := 0; err == nil && pass < o.order.Passes(); pass++ {
		err = o.placePass(ctx, pass)
	}
	return o, err
}

// placePass places the rows of one pass.
func (o *otherChoice) placePass(ctx context.Context, pass int) error {
	all, err := o.again()
	if err != nil {
		return err
	}
	known := o.openKnown()
	defer known.stop()
	rows := Choose(all, func(row int64) bool { return o.order.Pass(row) == pass })
	err = o.stage(ctx, rows, func(t *task) { o.mapSafely(t, true) }, func(t *task) (err error) {
		if t.known, err = known.of(t.row.Number); err != nil {
			return err
		}
		sent, err := o.place(ctx, t)
		if sent {
			o.sends.Add(t.row.Number)
		}
		return err
	})
	return errors.Join(err, ctx.Err(), all.Close())
}

// would reports whether a row that the dry run has reached would be sent; false as long as all rows are placed as the dry run places them.
func (o *otherChoice) would(ctx context.Context, t *task) (bool, error) {
	if o.order != nil {
		return o.sends.Has(t.row.Number), nil
	}
	row := *t
	row.faults, row.leftOut = slices.Clone(t.faults), slices.Clone(t.leftOut)
	if len(row.faults) > 0 {
		o.leaveOut(&row)
		row.content = journal.Digest{}
		o.identify(&row)
		if len(row.faults) == 0 && !o.differs {
			o.differs, o.seen.since = true, row.row.Number
		}
	}
	if !o.differs {
		return false, nil
	}
	return o.place(ctx, &row)
}

// place reports whether a row is to be sent.
func (o *otherChoice) place(ctx context.Context, t *task) (sent bool, err error) {
	why, err := o.unfit(ctx, t)
	if err != nil {
		return false, err
	}
	status := journal.Unsent
	switch o.facts(t, why).next() {
	case settle:
		status = why.Status
		if was, ok := answeredCodes[why.Code]; ok {
			status = was
		}
	case leave, hold:
		status = journal.InDoubt
	default:
		_, sponsor := o.order.Sponsor(t.row.Number)
		if sent = sponsor != ahead.InCycle && sponsor != ahead.Refused; !sent {
			status = journal.Invalid
		}
	}
	o.order.Settled(t.row.Number, status)
	return sent, nil
}

// seenApart remembers who came before in a second placing of the same rows. Up to the row since, the two are the same. 0: they never are.
type seenApart struct {
	before journal.Seen // of the first placing
	since  int64
	own    journal.Seen
	key    *journal.Key
}

// Find returns the first row that had this identity.
func (s *seenApart) Find(who journal.Digest) (int64, error) {
	if first, err := s.before.Find(who); err != nil || first != 0 && first < s.since {
		return first, err
	}
	return s.own.Find(s.apart(who))
}

// First remembers that row has this identity, and returns the first row that had it.
func (s *seenApart) First(who journal.Digest, row int64) (int64, error) {
	if who == (journal.Digest{}) {
		return row, nil
	}
	if first, err := s.Find(who); err != nil || first != 0 {
		return first, err
	}
	return s.own.First(s.apart(who), row)
}

// Close closes neither: both are others'.
func (s *seenApart) Close() error { return nil }

// apart makes a digest one that nothing else in own is known by.
func (s *seenApart) apart(who journal.Digest) journal.Digest {
	return s.key.Identity("the other choice", string(who[:]))
}
