package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

// readmeCommands returns the lines of README's sh blocks.
func readmeCommands(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(data), -1) {
		lines = append(lines, strings.Split(strings.TrimSpace(block[1]), "\n")...)
	}
	return lines
}

// TestReadmeCommands runs every command of the README as it stands there, twice, in a folder with the samples. What they print last is what
// a person goes by.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	lines := readmeCommands(t)
	if len(lines) < 2 || !strings.HasPrefix(lines[0], "go run ./cmd/importer run --sandbox --job samples/") || lines[1] != "go test ./..." {
		t.Fatalf("the first two commands are to run the main job and the tests, not %q", lines)
	}
	for _, line := range lines {
		command, ok := strings.CutPrefix(line, "go run ./cmd/importer ")
		if !ok {
			continue // go test ./... is what runs this test
		}
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "samples"), os.DirFS("../../samples")); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				env, stdout, stderr := testEnvironment(t, strings.Fields(command)...)
				env.Dir, env.State, env.Nonce = dir, filepath.Join(dir, "state"), rand.Text
				exit := run(env)
				if exit != 0 && (exit != 1 || strings.Contains(command, "demo.yaml")) || stdout.Len() == 0 {
					t.Fatalf("exit %d\n%s%s", exit, stdout, stderr)
				}
				if strings.Contains(command, "demo.yaml") && !strings.Contains(stdout.String(), "\nsum: 42 read = 34 created + 1 exists + 6 invalid + 1 duplicate\n") {
					t.Errorf("README shows another sum than\n%s", stdout)
				}
			}
		})
	}
}

// TestReadmeTables holds README's tables of exit codes and statuses, and its job file, to the program.
func TestReadmeTables(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, code := range []string{"0", "1", "2", "3", "4", "5", "6"} {
		if !strings.Contains(text, "\n| "+code+" | ") {
			t.Errorf("exit code %s is not in the table", code)
		}
	}
	for _, name := range statusNames() {
		if !strings.Contains(text, "\n| `"+name+"` | ") {
			t.Errorf("status %s is not in the table", name)
		}
	}
	block := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(text)
	if block == nil {
		t.Fatal("no job file")
	}
	dir := t.TempDir()
	list := "E-mail,First Name,Mobile,DOB,Lang,Opt-in,Surname,Internal Id\nada@example.com,Ada,086 123 4567,15/05/1990,,J,Stone,7\n"
	for name, content := range map[string]string{"job.yaml": block[1], "list.csv": list} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env, stdout, stderr := testEnvironment(t, "check", "--job", "job.yaml", "--show", "1", "list.csv")
	env.Dir, env.State = dir, filepath.Join(dir, "state")
	env.LookupEnv = func(s string) (string, bool) { return "any", s == "DISTINCT_API_KEY" }
	if exit := run(env); exit != 0 {
		t.Fatalf("README's job file: exit %d\n%s%s", exit, stdout, stderr)
	}
}

func statusNames() []string {
	var names []string
	for _, s := range journal.Statuses() {
		names = append(names, s.String())
	}
	return names
}
