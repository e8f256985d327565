// Command bench measures whole processes: rows per second and peak memory of `importer run --rate none --workers 64` against the sandbox in
// its own process, of the same run with a journal in memory, of a plain hand-written loop, and of `importer check`.
//
//	go run ./.ci/bench                 # 100,000 and 1,000,000 rows
//	go run ./.ci/bench -rows 20000     # a quick look
//
// All figures of one call belong together: compare ratios, not rows per second of different machines or days. Traffic stays on loopback.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	rows := flag.String("rows", "100000,1000000", "list sizes, with commas")
	workers := flag.Int("workers", 64, "requests in flight")
	flag.Parse()
	if err := bench(*rows, *workers); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(sizes string, workers int) error {
	dir, err := os.MkdirTemp("", "importer-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, pkg := range map[string]string{"importer": "./cmd/importer", "loop": "./.ci/bench/loop"} {
		if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, name), pkg).CombinedOutput(); err != nil {
			return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(job), 0o600); err != nil {
		return err
	}
	fmt.Printf("%-10s %-22s %12s %9s %12s\n", "rows", "what", "rows/s", "of loop", "peak MiB")
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil {
			return err
		}
		if err := benchSize(dir, n, workers); err != nil {
			return err
		}
	}
	return nil
}

const job = `vendor: distinct
settings: {experienceValue: wc-trophy-tour-2026, externalVendorId: mkod0a8imkod0a}
`

// benchSize makes every measurement on one list, each against a new sandbox, the loop first.
func benchSize(dir string, n, workers int) error {
	list := filepath.Join(dir, fmt.Sprintf("list-%d.csv", n))
	if err := writeList(list, n); err != nil {
		return err
	}
	importer, loop := filepath.Join(dir, "importer"), filepath.Join(dir, "loop")
	w := strconv.Itoa(workers)
	job := []string{"--job", filepath.Join(dir, "job.yaml"), "--base-url", "BASE", "--quiet", list}
	run := slices.Concat([]string{importer, "run", "--rate", "none", "--workers", w}, job)
	cases := []struct {
		name string
		args []string // BASE is the sandbox's address
	}{
		{"hand-written loop", []string{loop, "-workers", w, "-url", "BASE/v2/registration", list}},
		{"run", slices.Concat(run, []string{"--out", filepath.Join(dir, "a"), "--journal", "sqlite://" + filepath.Join(dir, fmt.Sprintf("journal-%d.db", n))})},
		{"run, journal in memory", slices.Concat(run, []string{"--out", filepath.Join(dir, "b"), "--journal", "memory:"})},
		{"check", slices.Concat([]string{importer, "check", "--out", filepath.Join(dir, "c"), "--journal", filepath.Join(dir, "none.db")}, job)},
	}
	var best float64
	for i, c := range cases {
		took, peak, err := measure(importer, c.args)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		perSecond := float64(n) / took.Seconds()
		if i == 0 {
			best = perSecond
		}
		fmt.Printf("%-10d %-22s %12.0f %8.0f%% %12.0f\n", n, c.name, perSecond, 100*perSecond/best, peak)
	}
	return nil
}

// measure starts a sandbox, runs one command against it and returns its time and peak memory in MiB.
func measure(importer string, args []string) (time.Duration, float64, error) {
	ctx, stop := context.WithTimeout(context.Background(), 15*time.Minute)
	defer stop()
	base, end, err := sandbox(ctx, importer)
	if err != nil {
		return 0, 0, err
	}
	defer end()
	for i := range args {
		args[i] = strings.Replace(args[i], "BASE", base, 1)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "DISTINCT_API_KEY=distinct-demo-key")
	start := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(start)
	if err != nil {
		return 0, 0, fmt.Errorf("%w\n%s", err, out)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, 0, errors.New("no resource usage on this system")
	}
	return took, float64(usage.Maxrss) / 1024, nil
}

var baseURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+/distinct`)

// sandbox starts `importer sandbox distinct` and waits until it prints its address.
func sandbox(ctx context.Context, importer string) (string, func(), error) {
	cmd := exec.CommandContext(ctx, importer, "sandbox", "--listen", "127.0.0.1:0", "distinct")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	end := func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base := baseURL.FindString(lines.Text()); base != "" {
			go func() { // the sandbox must never wait for a reader of its output
				for lines.Scan() {
				}
			}()
			return base, end, nil
		}
	}
	end()
	return "", nil, errors.New("the sandbox did not print its address")
}

func writeList(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "email,first_name,last_name,phone,birth_date,language,terms_accepted,newsletter")
	for i := range n {
		fmt.Fprintf(w, "person%d@example.com,Ada%d,Byrne,+35386%07d,1990-05-15,en-IE,true,false\n", i, i, 1_000_000+i%4_000_000)
	}
	return w.Flush()
}
