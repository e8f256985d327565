package sandbox

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"
	"time"
)

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
		spec, err := parseFault(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("fault %q: %w", part, err)
		}
		specs = append(specs, spec)
	}
	return specs, nil
}

func parseFault(part string) (spec FaultSpec, err error) {
	name, rest, ok := strings.Cut(part, ":")
	if !ok {
		return spec, fmt.Errorf("want KIND:WHEN, such as 502:1%% or auth:#100+")
	}
	timed, known := faultKind(FaultKind(name))
	if !known {
		return spec, fmt.Errorf("unknown kind %q; there are %s", name, faultNames())
	}
	spec.Kind = FaultKind(name)
	if length, when, ok := strings.Cut(rest, "@"); ok {
		if !timed {
			return spec, fmt.Errorf("%s takes no time", name)
		}
		if spec.Time, err = time.ParseDuration(length); err != nil || spec.Time <= 0 {
			return spec, fmt.Errorf("%q is no length of time, such as 2s", length)
		}
		rest = when
	}
	return spec, spec.parseWhen(rest)
}

func (s *FaultSpec) parseWhen(when string) error {
	if share, ok := strings.CutSuffix(when, "%"); ok {
		percent, err := strconv.ParseFloat(share, 64)
		if err != nil || !(percent > 0 && percent <= 100) {
			return fmt.Errorf("%q is no share between 0%% and 100%%", when)
		}
		s.Share = percent / 100
		return nil
	}
	numbers, ok := strings.CutPrefix(when, "#")
	if !ok {
		return fmt.Errorf("%q is neither a share (1%%) nor requests by number (#7, #10-12, #100+)", when)
	}
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
	if err1 != nil || err2 != nil || s.First < 1 || s.Last < s.First {
		return fmt.Errorf("%q names no requests", when)
	}
	return nil
}

func faultKind(name FaultKind) (timed, known bool) {
	for _, k := range faultKinds {
		if k.kind == name {
			return k.timed, true
		}
	}
	return false, false
}

func faultNames() string {
	names := make([]string, len(faultKinds))
	for i, k := range faultKinds {
		names[i] = string(k.kind)
	}
	return strings.Join(names, ", ")
}

// pick is the fault of a vendor's n-th request. It is a pure function: the same seed gives the same faults, in whatever order requests come.
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
