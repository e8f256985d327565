package vendors

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// wrong says what is wrong with a value, without showing it when it is secret; "" = nothing.
func (s *Setting) wrong(value string) string {
	if i := strings.IndexFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f || r > '~' && s.Secret }); i >= 0 {
		return s.Name + " holds a character that cannot be sent"
	}
	if len(s.Values) > 0 && !slices.Contains(s.Values, value) {
		return s.Name + " must be one of " + strings.Join(s.Values, ", ")
	}
	if s.Check == nil {
		return ""
	}
	if err := s.Check(value); err != nil {
		return s.Name + " " + err.Error()
	}
	return ""
}

// hint says how to set a setting.
func (s *Setting) hint() string {
	switch {
	case s.Secret:
		return "export " + s.Env + "=..., or keep it in a file only you can read and export " + s.Env + "_FILE=path"
	case s.Env != "":
		return "export " + s.Env + "=..., or write " + s.Name + " under settings: in the job file"
	}
	hint := "write " + s.Name + " under settings: in the job file"
	if len(s.Values) > 0 {
		hint += " (one of " + strings.Join(s.Values, ", ") + ")"
	}
	return hint
}

func (v *Vendor) setting(name string) *Setting {
	if i := slices.IndexFunc(v.Settings, func(s Setting) bool { return s.Name == name }); i >= 0 {
		return &v.Settings[i]
	}
	return nil
}

func (v *Vendor) settingNames() []string {
	names := make([]string, len(v.Settings))
	for i := range v.Settings {
		names[i] = v.Settings[i].Name
	}
	return names
}

// expand puts values in place of "{name}". The list names those that had none; their places are left empty.
func expand(template string, get func(string) string) (text string, without []string) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String(), without
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("{" + rest)
			return b.String(), without
		}
		value := get(name)
		if value == "" {
			without = append(without, name)
		}
		b.WriteString(value)
		template = after
	}
}

// WholeNumber returns a setting check: a whole number from 1 to most.
func WholeNumber(most int) func(string) error {
	return func(value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > most {
			return errors.New("must be a whole number from 1 to " + strconv.Itoa(most))
		}
		return nil
	}
}
