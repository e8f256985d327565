package simulation_test

import (
	"time"

	"importer/pipeline/journal"
)

func (p *process) strikeStore(n int, call string, recs []journal.Record) Fate {
	if b := p.world.blow; b != nil {
		fate := b.onStore(n, call, recs)
		p.struck.Store(p.struck.Load() || fate != Pass)
		return fate
	}
	hit := false
	if call != "Append" && call != "Imported" { // rows are looked up in the same instant in which others are sent
		hit = int(p.calls.Add(1)) == p.end.storeCall
	}
	for _, r := range recs {
		hit = hit || r.Row == p.end.row && p.end.done == (r.Kind != journal.Intent)
	}
	if !hit {
		return Pass
	}
	p.struck.Store(true)
	return p.end.fate
}

// delayCommit makes commits late; of what was settled without an attempt not, since that is written while other rows are under way.
func (p *process) delayCommit(recs []journal.Record) time.Duration {
	r := recs[0]
	if r.Attempt == 0 {
		return 0
	}
	return time.Duration(p.world.sc.share(uint64(r.Row), uint64(r.Kind), uint64(r.Attempt), 6) * float64(p.world.sc.commit))
}

// strikeWire counts reads from the last write on: how many it takes to read an answer is a matter of chance.
func (p *process) strikeWire(c Call, n int, calm bool) Fate {
	if b := p.world.blow; b != nil {
		return b.onWire(c, n)
	}
	sc, lives := p.world.sc, uint64(p.number)
	read := int32(0)
	switch c {
	case Write:
		p.writes.Store(int32(n))
		p.reads.Store(0)
	case Read:
		n, read = int(p.writes.Load()), p.reads.Add(1)
	}
	if n == p.end.netCall && c == p.end.call && read < 2 {
		return p.end.fate
	}
	if calm || n > sc.wireCalls || read > 2 || sc.share(uint64(c), uint64(n), uint64(read), lives, 7) >= sc.wire {
		return Pass
	}
	return Before + Fate(3*sc.share(uint64(c), uint64(n), uint64(read), lives, 8))
}

// delayWire makes dials and writes late; answers are late by the vendor's own latency.
func (p *process) delayWire(c Call, n int) time.Duration {
	if c == Read {
		return 0
	}
	return time.Duration(p.world.sc.share(uint64(c), uint64(n), 9) * float64(p.world.sc.travel) / 2) // a dial and a write make one journey
}
