package sandbox

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"importer/mapping/problem"
)

// FaultKind is a kind of simulated fault; its text is its name in [ParseFaults]. Those with the suffix -after spoil only the answer: the person is
// registered by then.
type FaultKind string

const (
	NoFault      FaultKind = ""
	ResetBefore  FaultKind = "reset-before" // the connection is reset; nobody was registered
	ResetAfter   FaultKind = "reset-after"  // the connection is reset; the person is registered
	HangUp       FaultKind = "hang-up"      // the connection ends without an answer; the person is registered
	Error500     FaultKind = "500"          // the vendor's own 500; nobody was registered
	Error500Late FaultKind = "500-after"    // the same; the person is registered
	Gateway      FaultKind = "502"          // a proxy's HTML; nobody was registered
	GatewayLate  FaultKind = "502-after"    // the same; the person is registered
	Unavailable  FaultKind = "503"          // with Retry-After where the fault has a time; nobody was registered
	Slow         FaultKind = "slow"         // the answer comes late; the time is how late, 30 s without one
	Truncated    FaultKind = "truncated"    // half of the body, then the connection ends
	Empty        FaultKind = "empty"        // the right status, no body
	Garbage      FaultKind = "garbage"      // the right status, a body that is no JSON
	Endless      FaultKind = "endless"      // a body without end, until the client hangs up
	Redirect     FaultKind = "redirect"     // 307 to /_sandbox/trap, which counts who follows; nobody was registered
	Auth         FaultKind = "auth"         // the vendor's own 401; nobody was registered
	Forbid       FaultKind = "forbidden"    // the vendor's own 403; nobody was registered
	Closed       FaultKind = "inactive"     // event not active, plan used up; nobody was registered
	Limit        FaultKind = "429"          // with Retry-After where the fault has a time; nobody was registered
	Stale        FaultKind = "stale"        // a right answer, then the idle connection ends without a word
)

// faultKinds lists every kind: whether it may carry a time, and whether it keeps the vendor from seeing the request at all.
var faultKinds = []struct {
	kind          FaultKind
	timed, before bool
}{
	{ResetBefore, false, true}, {ResetAfter, false, false}, {HangUp, false, false}, {Error500, false, true}, {Error500Late, false, false},
	{Gateway, false, true}, {GatewayLate, false, false}, {Unavailable, true, true}, {Slow, true, false}, {Truncated, false, false},
	{Empty, false, false}, {Garbage, false, false}, {Endless, false, false}, {Redirect, false, true}, {Auth, false, true}, {Forbid, false, true},
	{Closed, false, true}, {Limit, true, true}, {Stale, false, false},
}

// Fault is a simulated fault of one request. The zero Fault is none.
type Fault struct {
	Kind FaultKind
	Time time.Duration // of Slow: how late; of Unavailable and Limit: the Retry-After; 0 is the kind's default
}

// before says whether the fault keeps the vendor from seeing the request at all.
func (f Fault) before() bool {
	for _, k := range faultKinds {
		if k.kind == f.Kind {
			return k.before
		}
	}
	return false
}

// FaultSpec says when a fault happens. Either Share is set, and each request suffers it with that probability, or First is.
type FaultSpec struct {
	Fault
	Share       float64 // 0 to 1
	First, Last int     // the requests from First to Last, counted from 1
}

// ParseFaults reads a fault text: parts KIND[:TIME]@WHEN, or KIND:WHEN, with commas between. WHEN is a share in percent, or requests by
// number, counted from 1 for each vendor:
//
//	502:1%                one request in a hundred, at random
//	slow:2s@1%            two seconds late
//	503:5s@#10-12         requests 10, 11 and 12, with Retry-After 5
//	auth:#100+            from request 100 on
//	reset-after:#7        request 7
//
// The first part that applies wins. The empty text and "none" are no faults.
func ParseFaults(text string) ([]FaultSpec, error) {
	if text == "" || text == "none" {
		return nil, nil
	}
	var specs []FaultSpec
	for part := range strings.SplitSeq(text, ",") {
		spec, message, fix := parseFault(strings.TrimSpace(part))
		if message != "" {
			return nil, problem.New(problem.Input, fmt.Sprintf("fault %q: %s", part, message), fix)
		}
		specs = append(specs, spec)
	}
	return specs, nil
}

// parseFault reads one part, or says what is wrong with it and what to do about it.
func parseFault(part string) (spec FaultSpec, message, fix string) {
	name, when, ok := strings.Cut(part, ":")
	if !ok {
		return spec, "there is no colon", "write KIND:WHEN, such as 502:1% or auth:#100+"
	}
	var names []string
	for _, k := range faultKinds {
		names = append(names, string(k.kind))
	}
	at := slices.Index(names, name)
	if at < 0 {
		return spec, fmt.Sprintf("unknown kind %q", name), "use one of " + strings.Join(names, ", ")
	}
	spec.Kind = FaultKind(name)
	if length, rest, ok := strings.Cut(when, "@"); ok {
		var err error
		if !faultKinds[at].timed {
			return spec, name + " takes no time", "write " + name + ":" + rest
		}
		if spec.Time, err = time.ParseDuration(length); err != nil || spec.Time <= 0 {
			return spec, fmt.Sprintf("%q is not a duration", length), "write it like 2s"
		}
		when = rest
	}
	if !spec.parseWhen(when) {
		return spec, fmt.Sprintf("%q names no requests", when), "write a share above 0% and up to 100% (1%), or requests by number (#7, #10-12, #100+)"
	}
	return spec, "", ""
}

func (s *FaultSpec) parseWhen(when string) bool {
	if share, ok := strings.CutSuffix(when, "%"); ok {
		percent, err := strconv.ParseFloat(share, 64)
		s.Share = percent / 100
		return err == nil && percent > 0 && percent <= 100
	}
	numbers, ok := strings.CutPrefix(when, "#")
	first, last, isRange := strings.Cut(numbers, "-")
	switch {
	case isRange:
	case strings.HasSuffix(numbers, "+"):
		first, last = strings.TrimSuffix(numbers, "+"), strconv.Itoa(math.MaxInt)
	default:
		last = first
	}
	var err1, err2 error
	s.First, err1 = strconv.Atoi(first)
	s.Last, err2 = strconv.Atoi(last)
	return ok && err1 == nil && err2 == nil && s.First >= 1 && s.Last >= s.First
}

// pick is the fault of a vendor's n-th request. It is a pure function: the same seed gives the same faults, in any order of requests.
func pick(specs []FaultSpec, seed uint64, vendor string, n int) Fault {
	for i, s := range specs {
		if s.Share > 0 && chance(seed, vendor, n, i) < s.Share {
			return s.Fault
		}
		if s.First > 0 && n >= s.First && n <= s.Last {
			return s.Fault
		}
	}
	return Fault{}
}

// chance is an even number in [0,1) for the n-th request of a vendor and one of the things decided about it.
func chance(seed uint64, vendor string, n, about int) float64 {
	h := fnv.New64a()
	h.Write([]byte(vendor))
	x := mix(seed ^ mix(h.Sum64()+uint64(n)) + uint64(about))
	return float64(x>>11) / (1 << 53)
}

// mix is the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
