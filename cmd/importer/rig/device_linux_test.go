package rig

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var images = flag.Int("images", 2, "how many power cuts TestPowerCutsOfDevice makes")

// device is an ext4 file system in an image file, mounted on a folder. Its own journal is committed by nobody but fsync, as far as that can be said.
type device struct {
	dir, folder string
	image       string
	n           int
}

// newDevice makes and mounts one; it skips the test where that is not allowed.
func newDevice(t *testing.T, folder string) *device {
	t.Helper()
	d := &device{dir: t.TempDir(), folder: folder}
	d.image = filepath.Join(d.dir, "0.img")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, 32<<20); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", d.image).CombinedOutput(); err != nil {
		t.Skipf("no ext4 image can be made here: %v %s", err, out)
	}
	if err := d.mount(); err != nil {
		t.Skipf("no image can be mounted here (root and a loop device are needed): %v", err)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", folder).Run() })
	return d
}

func (d *device) mount() error {
	if out, err := exec.Command("mount", "-t", "ext4", "-o", "loop,commit=300", d.image, d.folder).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// copyImage copies what the device holds at this moment: all that was synced, and of the rest what the kernel happened to have written.
func (d *device) copyImage(t *testing.T) (path string) {
	t.Helper()
	d.n++
	path = filepath.Join(d.dir, fmt.Sprintf("%d.img", d.n))
	if out, err := exec.Command("cp", "--sparse=always", d.image, path).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return path
}

// swap puts a copy in the device's place: the power comes back.
func (d *device) swap(t *testing.T, image string) {
	t.Helper()
	if out, err := exec.Command("umount", d.folder).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	os.Remove(d.image)
	d.image = image
	if err := d.mount(); err != nil {
		t.Fatal(err)
	}
}

// The power of a real disk is cut while the program runs: the image is copied while it stands still in the middle of something, and mounted again. Nobody
// was registered of whom the journal does not know, again and again until the list is done.
func TestPowerCutsOfDevice(t *testing.T) {
	rng := rand.New(rand.NewPCG(*seed, 7))
	for made, lists := 0, 0; made < *images; lists++ {
		s := newSiege(t, lists*3, rng)
		d := newDevice(t, s.out())
		made += s.cutPower(t, d, plain(t), *images-made, func(problem string) { t.Fatal(problem) })
	}
	t.Logf("seed %d: %d cuts", *seed, *images)
}

// The rig fails for a journal that syncs less than it must.
func TestPowerCutsOfDeviceFindNormal(t *testing.T) {
	if !*planted {
		t.Skip("with -planted only: builds the program again")
	}
	program := filepath.Join(t.TempDir(), "importer-normal")
	if err := goBuild("-overlay", overlay(t, durability["synchronous=NORMAL"]), "-o", program, "importer/cmd/importer"); err != nil {
		t.Fatal(err)
	}
	rng, found := rand.New(rand.NewPCG(*seed, 8)), ""
	for n := 0; n < 5 && found == ""; n++ {
		s := newSiege(t, 0, rng)
		s.cutPower(t, newDevice(t, s.out()), program, 1, func(problem string) { found = problem })
	}
	if found == "" {
		t.Error("synchronous=NORMAL was not found in 5 cuts")
	}
	t.Log(found)
}

// cutPower imports the list on the device with up to most cuts, until it is done or a problem was told. It returns the cuts made.
func (s *siege) cutPower(t *testing.T, d *device, program string, most int, tell func(problem string)) (made int) {
	for {
		args, _ := s.next()
		start, image := starting{program: program, dir: s.dir, args: args}, ""
		if made < most {
			start.upon = func(p *os.Process) { image = d.photograph(t, p, time.Duration(30+s.rng.IntN(250))*time.Millisecond) }
		}
		l := start.live(t)
		if image == "" {
			if l.signal == 0 && slices.Contains([]int{0, 1, 6}, l.code) {
				s.book = readJournal(t, s.out())
				s.done(t, l)
				return made
			}
			t.Fatalf("exit code %d, %v\n%s", l.code, l.signal, l.errs)
		}
		made++
		d.swap(t, image)
		before, acts := s.book, s.sandbox.registered(t)
		if s.book = (book{}); journalThere(s.out()) {
			s.book = readJournal(t, s.out())
		}
		if missing := s.unknown(acts); len(missing) > 0 {
			tell(fmt.Sprintf("cut %d: %d of %d people were registered and the journal knows nothing of them: %s …\nreplay with: -seed %d",
				made, len(missing), len(acts), missing[0], *seed))
			return made
		}
		checkBook(t, s.list, before, s.book, acts, s.workers)
		if t.Failed() {
			t.FailNow()
		}
	}
}

// unknown are the people registered of whose rows the journal has no attempt.
func (s *siege) unknown(acts map[string]int) (list []string) {
	for i, w := range s.rows {
		if w.kind != twin && acts[w.email] > 0 && s.book.rows[int64(i+1)].Attempt == 0 {
			list = append(list, w.email)
		}
	}
	return list
}

// photograph stops a process after some time, copies the device while it stands still, and kills it. It returns "" when the process was quicker.
func (d *device) photograph(t *testing.T, p *os.Process, after time.Duration) (image string) {
	timer := time.NewTimer(after)
	<-timer.C
	if p.Signal(syscall.SIGSTOP) != nil || !stopped(t.Context(), p.Pid) {
		return ""
	}
	image = d.copyImage(t)
	p.Kill()
	return image
}

// stopped waits until every thread of a process stands still; false when the process has ended.
func stopped(ctx context.Context, pid int) bool {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
		still := 0
		for _, task := range tasks {
			text, _ := os.ReadFile(task)
			_, state, _ := strings.Cut(string(text), ") ")
			if strings.HasPrefix(state, "T") {
				still++
			}
			if strings.HasPrefix(state, "Z") {
				return false
			}
		}
		if still > 0 && still == len(tasks) {
			return true
		}
		<-tick.C
	}
	return false
}
