package main

import "time"

// plainEvery is how long a plain line stands for, at least.
const plainEvery = 10 * time.Second

// plainDisplay writes a line now and then: for logs, pipes and terminals that cannot redraw a line.
type plainDisplay struct {
	voice *voice
	last  time.Time
	said  string
}

func (d *plainDisplay) show(p picture) {
	if d.last.IsZero() {
		d.last = p.now // the first line is worth its reader's time only after a while
	}
	if p.now.Sub(d.last) < plainEvery {
		return
	}
	d.write(p)
}

func (d *plainDisplay) write(p picture) {
	if line := p.sentence(); line != d.said {
		d.said, d.last = line, p.now
		d.voice.say("%s", line)
	}
}

func (d *plainDisplay) close(last picture) { d.write(last) }

// noDisplay shows nothing.
type noDisplay struct{}

func (noDisplay) show(picture)  {}
func (noDisplay) close(picture) {}

// newDisplay chooses how progress is shown.
func (a *app) newDisplay(k knobs, size int64) display {
	kind := k.progress
	if kind == "auto" {
		kind = a.bestProgress(k)
	}
	switch {
	case k.quiet || kind == "none":
		return noDisplay{}
	case kind == "bar":
		return newBarDisplay(a.screen, a.StderrWidth, size)
	}
	return &plainDisplay{voice: a.voice}
}

// bestProgress is a bar where it can be drawn: on a terminal that can go back in a line, with no log records in between.
func (a *app) bestProgress(k knobs) string {
	_, terminal := a.StderrWidth()
	if name, _ := a.LookupEnv("TERM"); !terminal || name == "dumb" || k.logFormat != "" {
		return "plain"
	}
	return "bar"
}
