package runs

import (
	"importer/mapping"
	"importer/mapping/job"
	"importer/mapping/problem"
)

// precedence is where the values of options come from. What the front end was given beats the environment, which beats what an earlier start of the
// run was given, which beats the job file, which beats the default.
type precedence struct {
	given map[string]string
	env   func(string) (string, bool)
	noted map[string]string
	job   *job.File
}

// source of a value, in rising order of rank.
type rank uint8

const (
	byDefault rank = iota
	byJob
	byNote
	byEnvironment
	byRequest
)

// find returns the text for an option, where it comes from, and its place in the job file where that gave it.
func (p precedence) find(o Option) (text string, from rank, pos mapping.Pos) {
	if value, ok := p.given[o.Name]; ok {
		return value, byRequest, pos
	}
	if value, ok := p.env(o.Variable()); ok && value != "" {
		return value, byEnvironment, pos
	}
	if value, ok := p.noted[o.Name]; ok {
		return value, byNote, pos
	}
	for _, key := range []string{o.Key, o.Former} {
		s, ok := p.job.Option(key)
		switch {
		case ok && o.Path:
			return fromFile(s.Pos.File, s.Text), byJob, s.Pos
		case ok:
			return s.Text, byJob, s.Pos
		}
	}
	return o.Default, byDefault, pos
}

// resolve sets every option. asked holds the texts that a resumed run will need again: those of the request, the environment and the note. All
// faults are returned at once.
func (p precedence) resolve() (values Options, asked map[string]string, faults []error) {
	asked = map[string]string{}
	for _, o := range AllOptions() { // options that the command does not offer have their defaults, or what the note or the job file says
		text, from, pos := p.find(o)
		if text == "" && from == byDefault {
			continue
		}
		if err := o.set(&values, text); err != nil {
			faults = append(faults, p.wrong(o, from, pos, err))
			continue
		}
		if !o.Local && from >= byNote {
			asked[o.Name] = text
		}
	}
	return values, asked, faults
}

// wrong names the place that gave a bad value.
func (p precedence) wrong(o Option, from rank, pos mapping.Pos, err error) error {
	switch from {
	case byJob:
		return p.job.Problem(pos, err.Error(), problem.Hint(err))
	case byEnvironment:
		return &problem.Error{Kind: problem.Usage, Message: o.Variable(), Err: err}
	}
	return &problem.Error{Kind: problem.Usage, Message: "--" + o.Name, Err: err}
}
