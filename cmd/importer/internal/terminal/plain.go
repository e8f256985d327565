package terminal

import (
	"time"

	"importer/cmd/importer/internal/runs"
)

// plainEvery is how long a plain line stands for, at least.
const plainEvery = 10 * time.Second

// plain writes a line now and then: for logs, pipes and terminals that cannot redraw a line.
type plain struct {
	notices *notices
	last    time.Time
	said    string
}

func (p *plain) show(s runs.Snapshot) {
	if p.last.IsZero() {
		p.last = s.Now // the first line is worth its reader's time only after a while
	}
	if s.Now.Sub(p.last) >= plainEvery {
		p.write(s, sentence(s, false))
	}
}

func (p *plain) write(s runs.Snapshot, line string) {
	if line != p.said {
		p.said, p.last = line, s.Now
		p.notices.with(progressFields(s)...).info("%s", line)
	}
}

func (p *plain) end(last runs.Snapshot) { p.write(last, sentence(last, true)) }
