package main

import (
	"slices"
	"strings"

	"importer/pipeline/journal"
)

const inDoubt = journal.InDoubt

// again is the command that began the run.
func (c *course) again() string { return c.commandLine(true) }

// forReal is the command that began a run into the sandbox, without the sandbox: the variables that the vendor requires first.
func (c *course) forReal() string {
	line := c.commandLine(false)
	given := c.work.job.SettingMap()
	for _, s := range slices.Backward(c.work.vendor.Settings) {
		switch {
		case s.Env == "" || !s.Required || given[s.Name] != "":
		case s.Secret:
			line = s.Env + "_FILE=… " + line
		default:
			line = s.Env + "=… " + line
		}
	}
	return line
}

func (c *course) commandLine(sandboxed bool) string {
	words := []string{"run"}
	if c.note.Job != "" {
		words = append(words, "--job", c.app.shown(c.note.Job))
	}
	for _, k := range runKnobs() {
		value, asked := c.note.Asked[k.name]
		if !asked || !sandboxed && strings.HasPrefix(k.name, "sandbox") {
			continue
		}
		if k.arg == "" {
			words = append(words, "--"+k.name)
			continue
		}
		words = append(words, "--"+k.name, value)
	}
	for _, in := range c.note.Inputs {
		words = append(words, in.Name)
	}
	return c.command(words...)
}
