package runs

import (
	"fmt"
	"slices"
	"strconv"

	"importer/mapping"
)

// fitFields finds what the job file says of single fields and the vendor does not allow: each at its place.
func (s *setup) fitFields() (faults []error) {
	if s.job == nil || s.account == nil {
		return nil
	}
	for i := range s.job.Fields {
		f := &s.job.Fields[i]
		if f.OnInvalid == "drop" {
			if why := s.whyNeeded(f.Name); why != "" {
				faults = append(faults, s.job.Problem(placeOf(f, "on_invalid"), fmt.Sprintf("%s can't be left out: %s", f.Name, why),
					"take it out; on_invalid: drop for the whole job reaches only what can be left out"))
			}
		}
		if rule := s.account.PasswordRule(); f.Name == mapping.Password.String() && s.account.Uses(mapping.Password) {
			if n, err := strconv.Atoi(f.Generate); err == nil && mapping.MayGenerate(n) && !rule.TakesLength(n) {
				faults = append(faults, s.job.Problem(placeOf(f, "generate"), fmt.Sprintf("%s takes no passwords of %d characters", s.vendor.Title, n), "write "+rule.Lengths()))
			}
		}
	}
	return faults
}

// whyNeeded says why a field cannot be left out of requests; "" when it can.
func (s *setup) whyNeeded(name string) string {
	f, _ := mapping.ParseField(name)
	switch {
	case slices.Contains(s.options.Identity, f):
		return "identity names it, so it says who the person is"
	case s.account.MayLeaveOut(name):
		return ""
	case s.vendor.Identity[0] == f:
		return s.vendor.Title + " knows people by it"
	}
	return s.vendor.Title + " requires it"
}

// placeOf is where a key of a field is in the job file.
func placeOf(f *mapping.FieldSpec, key string) mapping.Pos {
	if pos, ok := f.At[mapping.Part{Key: key}]; ok {
		return pos
	}
	return f.Where
}
