package main

import (
	"path/filepath"
	"testing"
)

// TestStateFolder finds the folder of the journal on each platform. Windows' own paths are not absolute to other systems, so they are not given as XDG_STATE_HOME here.
func TestStateFolder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		system, home string
		env          map[string]string
		want         string
	}{
		"linux":                 {system: "linux", home: "/home/ann", want: "/home/ann/.local/state/importer"},
		"XDG_STATE_HOME":        {system: "linux", home: "/home/ann", env: map[string]string{"XDG_STATE_HOME": "/var/state"}, want: "/var/state/importer"},
		"relative is no place":  {system: "linux", home: "/home/ann", env: map[string]string{"XDG_STATE_HOME": "state"}, want: "/home/ann/.local/state/importer"},
		"macOS":                 {system: "darwin", home: "/Users/ann", want: "/Users/ann/Library/Application Support/importer"},
		"macOS, XDG_STATE_HOME": {system: "darwin", home: "/Users/ann", env: map[string]string{"XDG_STATE_HOME": "/var/state"}, want: "/var/state/importer"},
		"Windows":               {system: "windows", home: "/ann", env: map[string]string{"LOCALAPPDATA": "/ann/local"}, want: "/ann/local/importer"},
		"Windows, bare":         {system: "windows", home: "/ann", want: "/ann/AppData/Local/importer"},
		"no home":               {system: "linux", want: ""},
	} {
		got := stateFolder(c.system, func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }, func() string { return c.home })
		if filepath.ToSlash(got) != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
