// Package simulation breaks the engine on purpose and holds it to its promises: a whole import in one process, with a vendor, a network, a
// journal and a clock that all obey one seed, and lives that end at any moment.
//
// # Parts
//
// Life is one life of a process. Store is the journal and Wire the network as that life sees them: every call can be late, fail before,
// halfway or after its effect, and end the life. After the end nothing has an effect: no record becomes durable, no byte leaves. The next life
// finds what was durable, and no more. All parts are test files: nothing else uses them, and they need the vendors' stand-ins, which the engine must
// not know.
//
// # Seeds
//
// TestSeeds tells one story a seed, in a testing/synctest bubble: which vendor, 5 to 40 rows (without phones, twice, invalid, known to the
// vendor, of good and bad sponsors and of each other), workers, limits, in-doubt policy, latencies, simulated faults at every point of an exchange
// (all of the sandbox's faults, and failing dials, writes and reads), late commits, and up to four lives that are drained, cut, killed at a moment
// or at the n-th call of the journal or the network, run into a full disk or a broken input, or begin with the clock set back. Then lives go on
// in calm weather until the run is through.
//
// A job has its policies: which rows it takes, which of a person's rows counts, sponsors first, a sample. A life may be told to import otherwise
// than the one before: to hold or repeat what is in doubt, to send some doubts again, to stop after so many errors, to go on after the sample.
// At the n-th exchange this program may panic, before or after it or while the answer is read. After a life a person may look rows in doubt up,
// of any run, and say in truth what the vendor has. Up to three more runs may follow in the same account: of the same list, of one that has grown, or of
// one that overlaps with it, with some people written otherwise. Most begin when the one before is through; some while it is left unfinished, to be
// gone on with when the others are.
//
//	go test ./pipeline/simulation                                  500 seeds
//	go test ./pipeline/simulation -run TestSeeds -seeds 5000       any number
//	go test ./pipeline/simulation -run TestSeeds -seed=47 -v       one, told: what the vendor saw and what became durable, row by row
//
// A seed that fails prints the last of these. All that a seed decides hangs on the seed and on the number of a call alone. With one worker a
// seed plays out the same but for chance within one instant (TestSameSeedSameStory holds that, and says what is left out); with more, workers
// that wake in one instant may swap places, and playing a failure again may want -count.
//
// # Every call
//
// TestEveryCall takes six small imports and has the first call fail, of the store and of the network, before, halfway or after its effect,
// with the process living on or dying there; then the second, the third, until an import comes through without meeting the failure. After
// each one the run is gone on with.
//
// # What must hold
//
// After every life, and at the end when the vendor has answered its last request:
//
//   - at the end of a run each row has exactly one status, and outcome, journal and rows agree on the sum;
//   - whoever is said to be created, now or by an earlier run, is registered, and nobody registered is said to be nothing but rejected, invalid,
//     a duplicate, skipped or unsent;
//   - whoever is said to exist is known to the vendor; a row without fault is never rejected;
//   - nobody is registered twice, over all runs, unless a person's word let a doubt go again (or Distinct, which goes by telephone numbers, said
//     earlier that one exists who is listed under another number now);
//   - a life leaves at most one row per worker in doubt when it dies, and none when it ends by itself; over all there are no more doubts
//     than those and the exchanges that something happened to;
//   - the vendor never counts a request beyond a limit that the plan was told of, also across lives and runs;
//   - after a fatal answer follow at most the requests of the other workers, and the run stops;
//   - a run that stops for too many errors had too many, and one that had too many new ones does not go on to its end;
//   - what was reported is what the journal says, once in a life; no redirect is followed; a life ends with an error only for a reason;
//     every panic is counted, costs one row, and ends no run; and every goroutine ends.
//
// And of every record, in the moment in which it becomes durable:
//
//   - a row in doubt is sent again only as this very life was told: never where doubts are held, where the vendor would take it twice only at a
//     person's word; and it is never said to be invalid while anything is in doubt about it;
//   - after a person said "created" nothing is written about the row any more; after "not created" it goes again under every policy;
//   - nobody is begun to be sent whom an earlier run created, whom the job leaves out, or whose other row was sent or is the one that counts; not
//     before the row of its sponsor is registered, or may be; and no more than the sample before somebody agreed.
package simulation
