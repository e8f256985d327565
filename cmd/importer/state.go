package main

import (
	"os"
	"os/user"
	"path/filepath"
)

// stateFolder is where the program keeps what it must know of a user's imports, whatever the working directory: $XDG_STATE_HOME where that is an absolute
// path (https://specifications.freedesktop.org/basedir-spec/), else the place of the platform below home. "" where home is needed and not known.
func stateFolder(system string, lookup func(string) (string, bool), home func() string) string {
	const program = "importer"
	if named, _ := lookup("XDG_STATE_HOME"); filepath.IsAbs(named) {
		return filepath.Join(named, program)
	}
	if system == "windows" {
		if local, _ := lookup("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, program)
		}
	}
	at := home()
	switch {
	case at == "":
		return ""
	case system == "windows":
		return filepath.Join(at, "AppData", "Local", program)
	case system == "darwin":
		return filepath.Join(at, "Library", "Application Support", program)
	}
	return filepath.Join(at, ".local", "state", program)
}

// homeFolder is the user's home: $HOME or, where a service or a timer runs without it, what the system says of the user. Both give one journal.
func homeFolder() string {
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		return home
	}
	if u, err := user.Current(); err == nil {
		return u.HomeDir
	}
	return ""
}
