package runs

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// maxSecret is the size of the largest file that is read as a secret, in bytes.
const maxSecret = 64 << 10

// lookupSecret reads a setting's variable, or the file that NAME_FILE names. The file must be readable by its owner alone. No error holds
// the value.
func (s *Service) lookupSecret(name string) (string, bool, error) {
	value, direct := s.LookupEnv(name)
	path, byFile := s.LookupEnv(name + "_FILE")
	direct, byFile = direct && value != "", byFile && path != ""
	switch {
	case direct && byFile:
		return "", false, fmt.Errorf("both %s and %s_FILE are set: unset one", name, name)
	case direct:
		return value, true, nil
	case !byFile:
		return "", false, nil
	}
	secret, err := readSecret(s.Path(path))
	if err != nil {
		return "", false, fmt.Errorf("%s_FILE: %w", name, err)
	}
	return secret, true, nil
}

func readSecret(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for somebody to write
		return "", fmt.Errorf("%s is not a regular file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a regular file", path)
	case info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows":
		return "", fmt.Errorf("%s may be read by others (mode %04o): chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxSecret+1))
	if err != nil {
		return "", err
	}
	if len(text) > maxSecret {
		return "", errors.New("the file is too large for a secret")
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if strings.TrimSpace(secret) == "" {
		return "", fmt.Errorf("%s is empty", path)
	}
	return secret, nil
}
