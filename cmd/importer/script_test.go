package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"

	"importer/pipeline/journal"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"importer": main})
}

// TestScripts runs testdata/script/*.txt: the program as a person meets it, in a process of its own. Commands beyond those of testscript:
//
//	sandbox [--latency T] [--rate R] [--fault F]   serve the stand-ins in the test's process; $SANDBOX is the address
//	at N SIGNAL                                    when the sandbox sees its N-th request, send SIGNAL to the program that `start` starts
//	upon TEXT SIGNAL                               when the program says TEXT on standard error, send it SIGNAL
//	upon TEXT vacate [FROM TO]                     when the program says TEXT, replace TO by FROM, and free the account that occupy holds
//	vacate                                         free it
//	night CODE FLAGS FOLDER                        run what cron types every night in FOLDER: exit code CODE; all that is printed is in mail.txt
//	occupy FOLDER [PATTERN]                        hold the account of the journal in FOLDER as another run would; PATTERN: another lock there
//	start [ARG…]                                   start the program in the background
//	await N                                        wait until the sandbox has seen its N-th request
//	finish CODE                                    wait for the program: exit code CODE (-1: killed); its output is in out.txt and err.txt
//	exits CODE [ARG…]                              run the program: exit code CODE
//	registered VENDOR N                            the sandbox knows N people of that vendor, none created twice
//	folder VAR PATTERN                             $VAR is the one folder below reports whose name matches
//	metric FILE NAME VALUE [LABEL=VALUE…]          the file of metrics has that metric with that value; ? puts it into $METRIC, none: it has no such metric
//	member FILE PATH VALUE                         the last JSON value in FILE has that member, such as summary.counts.created; ? puts it into $MEMBER
//	records FILE                                   every line of FILE is a log record with time, level, msg and event
//	page NAME                                      run every command of docs/NAME: sh blocks, lines of crontab blocks, ExecStart= of ini blocks
//	lines FILE MOST                                FILE has at most so many lines
//	serve [ARG…]                                   start `importer sandbox` and wait for its address: $SERVED; stopped at the end
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../samples")
	if err != nil {
		t.Fatal(err)
	}
	field, err := filepath.Abs("internal/runs/testdata/field") // the corpus of lists, for scripts about files that are no text
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			e.Setenv("FIELD", field)
			e.Setenv("TZ", "UTC")
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
			e.Setenv("JOURNAL", "state/importer/journal.db")
			e.Values["stage"] = &stage{seen: map[int]chan struct{}{}}
			return os.CopyFS(filepath.Join(e.WorkDir, "samples"), os.DirFS(samples))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sandbox": cmdSandbox, "at": cmdAt, "upon": cmdUpon, "start": cmdStart, "await": cmdAwait, "finish": cmdFinish, "exits": cmdExits,
			"registered": cmdRegistered, "folder": cmdFolder, "serve": cmdServe, "edit": cmdEdit,
			"hold": cmdHold, "release": cmdRelease,
			"metric": cmdMetric, "member": cmdMember, "records": cmdRecords, "lines": cmdLines, "page": cmdPage, "occupy": cmdOccupy, "vacate": cmdVacate, "night": cmdNight,
		},
	})
}

// stage is what one script has on: a sandbox, and a program in the background.
type stage struct {
	mu       sync.Mutex
	sandbox  *sandbox.Sandbox
	requests int                   // that the sandbox has seen
	seen     map[int]chan struct{} // closed when the n-th request came
	signals  map[int]os.Signal
	upon     map[string]func(*os.Process)
	account  *journal.Lock // that this process holds, as another run would; nil without one
	process  *os.Process
	ended    chan error
	holder   *sqlite3.Conn // of a journal, as a SQL shell might be
}

func stageOf(ts *testscript.TestScript) *stage { return ts.Value("stage").(*stage) }

// channel is closed when the n-th request comes. The caller holds the lock.
func (s *stage) channel(n int) chan struct{} {
	if s.seen[n] == nil {
		s.seen[n] = make(chan struct{})
	}
	return s.seen[n]
}

// request is called by the sandbox for each request. It counts those to all vendors; the sandbox's own number is that of one vendor.
func (s *stage) request(_ int, _ *http.Request) sandbox.Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	n := s.requests
	close(s.channel(n))
	if sig, ok := s.signals[n]; ok && s.process != nil {
		delete(s.signals, n)
		_ = s.process.Signal(sig) // the program may be gone; the script will tell
	}
	return sandbox.Fault{}
}

func cmdSandbox(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	options := sandbox.Options{Seed: 1, Fault: s.request}
	for i := 0; i+1 < len(args); i += 2 {
		var err error
		switch args[i] {
		case "--latency":
			options.Latency, err = time.ParseDuration(args[i+1])
		case "--rate":
			options.Rates, err = sandbox.ParseRates(args[i+1])
		case "--fault":
			options.Faults, err = sandbox.ParseFaults(args[i+1])
		default:
			err = fmt.Errorf("unknown flag %s", args[i])
		}
		ts.Check(err)
	}
	sb, err := sandbox.New(all.Standins(), options)
	ts.Check(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- sb.Serve(ctx, listener) }()
	s.mu.Lock()
	s.seen, s.requests = map[int]chan struct{}{}, 0 // each sandbox counts from one
	s.sandbox = sb
	s.mu.Unlock()
	ts.Setenv("SANDBOX", "http://"+listener.Addr().String())
	ts.Defer(func() {
		cancel()
		<-served
	})
}

var signalNames = map[string]os.Signal{"interrupt": os.Interrupt, "terminate": syscall.SIGTERM, "hangup": syscall.SIGHUP, "quit": syscall.SIGQUIT, "kill": os.Kill}

func cmdAt(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	s := stageOf(ts)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.signals == nil {
		s.signals = map[int]os.Signal{}
	}
	s.signals[n] = signalNames[args[1]]
}

func cmdUpon(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.upon == nil {
		s.upon = map[string]func(*os.Process){}
	}
	s.upon[args[0]] = func(p *os.Process) { _ = p.Signal(signalNames[args[1]]) }
	if args[1] == "vacate" {
		s.upon[args[0]] = func(*os.Process) {
			if len(args) == 4 {
				ts.Check(os.Rename(ts.MkAbs(args[2]), ts.MkAbs(args[3])))
			}
			ts.Check(s.account.Release())
		}
	}
}

func cmdOccupy(ts *testscript.TestScript, neg bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "locks", append(args[1:], "*.lock")[0]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("one account is to be held, not %v", found)
	}
	lock, err := journal.Acquire(journal.Holder{Since: time.Now(), Run: "the-other-night"}, found[0])
	ts.Check(err)
	stageOf(ts).account = lock
	ts.Defer(func() { _ = lock.Release() })
}

func (s *stage) spoken(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for text, act := range s.upon {
		if strings.Contains(line, text) && s.process != nil {
			act(s.process)
			delete(s.upon, text)
		}
	}
}

// program is the importer as the script's environment would run it.
func program(ts *testscript.TestScript, args []string) *exec.Cmd {
	path := ""
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(dir, "importer")); err == nil {
			path = filepath.Join(dir, "importer")
			break
		}
	}
	if path == "" {
		ts.Fatalf("importer is not in PATH")
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range append(strings.Fields(ts.Getenv("PASS")), "PATH", "HOME", "XDG_STATE_HOME", "TMPDIR", "TZ", "DISTINCT_API_KEY", "GOCOVERDIR", "TESTSCRIPT_COMMAND") {
		if value := ts.Getenv(name); value != "" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	return cmd
}

func cmdStart(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	cmd := program(ts, args)
	out, err := os.Create(ts.MkAbs("out.txt"))
	ts.Check(err)
	errs, err := os.Create(ts.MkAbs("err.txt"))
	ts.Check(err)
	cmd.Stdout = out
	pipe, err := cmd.StderrPipe()
	ts.Check(err)
	s.mu.Lock()
	err = cmd.Start()
	s.process, s.ended = cmd.Process, make(chan error, 1)
	s.mu.Unlock()
	ts.Check(err)
	go func() {
		lines := bufio.NewReader(io.TeeReader(pipe, errs))
		for {
			line, err := lines.ReadString('\n')
			s.spoken(line)
			if err != nil {
				break
			}
		}
		err := cmd.Wait()
		errs.Close()
		out.Close()
		s.ended <- err
	}()
	ts.Defer(func() { _ = cmd.Process.Kill() })
}

func cmdAwait(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	s := stageOf(ts)
	s.mu.Lock()
	seen := s.channel(n)
	s.mu.Unlock()
	<-seen
}

func cmdFinish(ts *testscript.TestScript, neg bool, args []string) {
	checkExit(ts, args[0], <-stageOf(ts).ended)
}

func checkExit(ts *testscript.TestScript, want string, err error) {
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != want {
		said, _ := os.ReadFile(ts.MkAbs("err.txt"))
		ts.Fatalf("exit code %d, not %s\n%s", code, want, said)
	}
}

// cmdExits is exec with a given exit code. Afterwards out.txt and err.txt hold what was said.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	cmd := program(ts, args[1:])
	out, err := os.Create(ts.MkAbs("out.txt"))
	ts.Check(err)
	defer out.Close()
	errs, err := os.Create(ts.MkAbs("err.txt"))
	ts.Check(err)
	defer errs.Close()
	cmd.Stdout, cmd.Stderr = out, errs
	if name := ts.Getenv("STDIN"); name != "" {
		in, err := os.Open(ts.MkAbs(name))
		ts.Check(err)
		defer in.Close()
		cmd.Stdin = in
	}
	checkExit(ts, args[0], cmd.Run())
	said, _ := os.ReadFile(ts.MkAbs("err.txt"))
	ts.Logf("importer %s\n%s", strings.Join(args[1:], " "), said)
}

func cmdRegistered(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	held := s.sandbox.Register(args[0]).Snapshot()
	if len(held.CreatedTwice) > 0 {
		ts.Fatalf("created twice: %v", held.CreatedTwice)
	}
	if strconv.Itoa(held.People) != args[1] {
		ts.Fatalf("%d people are registered, not %s", held.People, args[1])
	}
}

func cmdFolder(ts *testscript.TestScript, neg bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs("reports"), args[1]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%d folders match %s: %v", len(found), args[1], found)
	}
	ts.Setenv(args[0], "reports/"+filepath.Base(found[0]))
}

// cmdEdit replaces a text in a file, as a person would in a spreadsheet: edit FILE OLD NEW.
func cmdEdit(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}

// cmdHold locks a journal as a SQL shell or a backup would: hold FILE.
func cmdHold(ts *testscript.TestScript, neg bool, args []string) {
	s := stageOf(ts)
	conn, err := sqlite3.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	s.holder = conn
	ts.Defer(func() { conn.Close() })
	ts.Check(conn.Exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (x)"))
}

func cmdRelease(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(stageOf(ts).holder.Exec("ROLLBACK"))
	ts.Check(stageOf(ts).holder.Close())
}

func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	cmd := program(ts, append([]string{"sandbox"}, args...))
	pipe, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	lines := bufio.NewScanner(pipe)
	address := ""
	for address == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			host, _, _ := strings.Cut(rest, "/")
			address = "http://" + strings.Fields(host)[0]
		}
	}
	if address == "" {
		ts.Fatalf("importer sandbox named no address")
	}
	ts.Setenv("SERVED", address)
	rest := make(chan struct{})
	go func() {
		defer close(rest)
		_, _ = io.Copy(io.Discard, pipe)
	}()
	ts.Defer(func() {
		ts.Check(cmd.Process.Signal(syscall.SIGTERM))
		<-rest
		if err := cmd.Wait(); err != nil {
			ts.Fatalf("importer sandbox ended with %v", err)
		}
	})
}
