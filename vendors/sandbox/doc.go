// Package sandbox serves stand-ins of the vendors' registration APIs, with latency, limits and simulated faults: on loopback for anyone to curl,
// or in memory for a run without keys and network.
//
// A [Standin] is one vendor, written from the vendor's public pages alone; it is in the folder standin of the vendor's package, its data in
// standin.json, and vendors/all lists them. It is strict: an unknown member, null, an empty string, a wrong type, a wrong path, a missing header are refused in
// the vendor's own form, with a text that says what was wrong.
//
//	s, err := sandbox.New(all.Standins(), sandbox.Options{Latency: 20 * time.Millisecond})
//	n := s.Network()                                  // or s.Serve(ctx, listener), or s.Handler()
//	transport := &http.Transport{DialContext: n.DialContext}
//	base := sandbox.BaseURL("distinct")               // http://127.0.0.1/distinct
//	...
//	s.Register("distinct").Snapshot()                 // who is registered, and who more than once
//
// # Who is registered
//
// A [Register] remembers every accepted registration, refuses what the vendor documents as unique, and lists who was created twice. Some
// people are there from the start, so that a sample shows failures worth seeing: see [Seeded].
//
// # Latency, limits and faults
//
// [Options] has the latency, the limits (counted exactly, in sliding windows), and the faults: by share or by number from a text (see
// [ParseFaults]), or by a function. Random faults depend on the seed and the request's number alone. [Options.Shape] chooses among the forms of
// answer that the pages leave open; each stand-in lists its own.
//
// # Order of one request
//
// read, limit (429), fault that keeps the request from the vendor, the vendor's own answer (the person is registered here), latency, fault that
// spoils the answer. A client that gives up while it waits has registered the person.
package sandbox
