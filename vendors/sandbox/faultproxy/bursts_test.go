package faultproxy_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/vendors"
	"importer/vendors/sandbox/faultproxy"
)

// TestBursts lets twelve requests in a row meet the same fault, at each vendor.
func TestBursts(t *testing.T) {
	quietLog(t)
	bursts := []faultproxy.Injection{
		{Fault: faultproxy.OwnBroken, At: faultproxy.InsteadOfAnswer}, {Fault: faultproxy.OwnThrottled, At: faultproxy.InsteadOfAnswer}, {Fault: faultproxy.Later(429, "7"), At: faultproxy.InsteadOfAnswer},
		{Fault: faultproxy.Later(503, faultproxy.ADate), At: faultproxy.InsteadOfAnswer}, {Fault: faultproxy.Reset, At: faultproxy.BeforeAnswer}, {Fault: faultproxy.Silence, At: faultproxy.BeforeVendor},
	}
	for _, code := range []int{408, 425, 429, 500, 502, 503, 504} {
		bursts = append(bursts, faultproxy.Injection{Fault: faultproxy.Status(code), At: faultproxy.InsteadOfAnswer})
	}
	for n, s := range stories() {
		for i, injection := range bursts {
			if s.question || raceDetector && i%4 != n%4 {
				continue // a question is asked once
			}
			t.Run(fmt.Sprintf("%s, %s", s.name, name(injection)), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { s.burst(t, injection) })
			})
		}
	}
}

func (s story) burst(t *testing.T, injection faultproxy.Injection) {
	b := s.bench(t, faultproxy.Options{Inject: func(n int) faultproxy.Injection {
		if n >= 10 && n < 22 {
			return injection
		}
		return faultproxy.Injection{}
	}})
	defer b.close()
	store := memory.New()
	out := s.run(t, b, store, false)
	found := journaled(t, store)
	settled(t, b, found)
	counts, doubt := statuses(found), int64(0)
	throttled := injection.At == faultproxy.InsteadOfAnswer && !injection.VendorActed()
	if s.repeat == vendors.RepeatUnknown && !throttled {
		doubt = 12
	}
	if out.Reason != pipeline.Finished || out.Counts.Sum() != rows || counts[journal.InDoubt] != doubt || counts[journal.Created]+counts[journal.Exists] != rows-doubt {
		t.Errorf("ended %v with %v, want %d in doubt", out.Reason, counts, doubt)
	}
	if known := counts[journal.Exists]; known > 0 && (throttled || s.repeat != vendors.RepeatRefused || !injection.VendorActed()) {
		t.Errorf("%d rows are said to have been there", known)
	}
}

// TestVendorGone lets every request from the tenth on fail, after the vendor has acted or before, until the run gives the vendor up; then the
// vendor is back, and the run goes on.
func TestVendorGone(t *testing.T) {
	quietLog(t)
	gone := []faultproxy.Injection{
		{Fault: faultproxy.Status(502), At: faultproxy.InsteadOfAnswer}, {Fault: faultproxy.OwnBroken, At: faultproxy.InsteadOfAnswer}, {Fault: faultproxy.HTML, At: faultproxy.InsteadOfAnswer},
		{Fault: faultproxy.Close, At: faultproxy.BeforeVendor}, {Fault: faultproxy.Status(429), At: faultproxy.InsteadOfAnswer},
	}
	for n, s := range stories() {
		for i, injection := range gone {
			if s.question || raceDetector && i%4 != n%4 {
				continue
			}
			t.Run(fmt.Sprintf("%s, %s", s.name, name(injection)), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { s.gone(t, injection) })
			})
		}
	}
}

func (s story) gone(t *testing.T, injection faultproxy.Injection) {
	var back atomic.Bool
	b := s.bench(t, faultproxy.Options{Inject: func(n int) faultproxy.Injection {
		if n >= 10 && !back.Load() {
			return injection
		}
		return faultproxy.Injection{}
	}})
	defer b.close()
	store := memory.New()
	out := s.run(t, b, store, false)
	found := journaled(t, store)
	settled(t, b, found)
	counts := statuses(found)
	ended := out.Reason == pipeline.VendorFailing
	if s.repeat == vendors.RepeatUnknown { // every row may have its one attempt before the ten minutes are over
		ended = ended || out.Reason == pipeline.Finished
	}
	if !ended || counts[journal.Rejected]+counts[journal.Invalid] > 0 || counts[journal.Created]+counts[journal.Exists] > 10 {
		t.Errorf("ended %v with %v", out.Reason, counts)
	}
	back.Store(true)
	out = s.run(t, b, store, true)
	found = journaled(t, store)
	settled(t, b, found)
	after := statuses(found)
	doubt := int64(0)
	if s.repeat == vendors.RepeatUnknown {
		doubt = counts[journal.InDoubt]
	}
	if out.Reason != pipeline.Finished || after[journal.InDoubt] != doubt || after[journal.Created]+after[journal.Exists] != rows-doubt {
		t.Errorf("then ended %v with %v, want %d in doubt", out.Reason, after, doubt)
	}
}
