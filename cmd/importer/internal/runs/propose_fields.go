package runs

import (
	"slices"

	"importer/mapping"
	"importer/mapping/suggest"
	"importer/vendors"
)

// wireOf are the wire fields of the operation that the settings choose.
func wireOf(v *vendors.Vendor, settings map[string]string) []vendors.WireField {
	operation := v.Operations[0].Name
	if s := settingOf(v, "operation"); s != nil && s.Default != "" {
		operation = s.Default
	}
	if chosen := settings["operation"]; chosen != "" {
		operation = chosen
	}
	var fields []vendors.WireField
	for _, f := range v.Fields {
		if len(f.Operations) == 0 || slices.Contains(f.Operations, operation) {
			fields = append(fields, f)
		}
	}
	return fields
}

// wantsOf lists the standard fields that the vendor can use. Required are those without which no request can be made.
func wantsOf(v *vendors.Vendor, settings map[string]string) []suggest.Want {
	wants := []suggest.Want{}
	for _, w := range wireOf(v, settings) {
		f := w.From
		if f == mapping.NoField {
			continue
		}
		required := w.Need.Always && !madeOfNothing(w)
		if i := slices.IndexFunc(wants, func(known suggest.Want) bool { return known.Field == f }); i >= 0 {
			wants[i].Required = wants[i].Required || required
			continue
		}
		wants = append(wants, suggest.Want{Field: f, Required: required})
	}
	return wants
}

// madeOfNothing reports a wire field that has a value even where the customer has none: a flag that is then false, say.
func madeOfNothing(w vendors.WireField) bool {
	if w.Format.Value == nil {
		return false
	}
	nobody := &vendors.Input{Customer: &mapping.Customer{}}
	return w.Format.Value(nobody, w.From).Kind != vendors.NoValue
}

func takesMetadata(v *vendors.Vendor, settings map[string]string) bool {
	return slices.ContainsFunc(wireOf(v, settings), func(w vendors.WireField) bool { return w.Metadata })
}

// settingsOf lists the vendor's settings for the file, with the values that are given.
func settingsOf(v *vendors.Vendor, given map[string]string) []suggest.Setting {
	var list []suggest.Setting
	for _, s := range v.Settings {
		list = append(list, suggest.Setting{
			Name: s.Name, Doc: s.Doc, Env: s.Env, Secret: s.Secret, Required: s.Required, Default: s.Default, Values: s.Values, Value: given[s.Name],
		})
	}
	return list
}
