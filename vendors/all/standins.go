package all

import (
	distinct "importer/vendors/distinct/standin"
	epixel "importer/vendors/epixel/standin"
	jframework "importer/vendors/jframework/standin"
	pelcro "importer/vendors/pelcro/standin"
	"importer/vendors/sandbox"
	thanx "importer/vendors/thanx/standin"
)

// Standins lists the stand-ins of all vendors for a sandbox, by name.
func Standins() []sandbox.Standin {
	return []sandbox.Standin{distinct.New(), epixel.New(), jframework.New(), pelcro.New(), thanx.New()}
}

// Standin returns the stand-in of one vendor; false when there is none of that name.
func Standin(name string) (sandbox.Standin, bool) {
	for _, s := range Standins() {
		if s.Name == name {
			return s, true
		}
	}
	return sandbox.Standin{}, false
}
