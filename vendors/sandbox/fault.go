package sandbox

import "time"

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
	Endless      FaultKind = "endless"      // a body that goes on until the client hangs up
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
