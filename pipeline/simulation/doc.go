// Package simulation tests the engine with deterministic simulation: a whole import in one process, in which a vendor, a network, a journal and
// a clock are all driven by one seed, and the process can be killed at any moment.
//
// # Parts
//
// A Life is one run of the process, from start to end or kill. Store is the journal and Wire the network as that process sees them: each call
// can be late, can fail before, halfway through or after its effect, and can kill the process. After a kill nothing has an effect: no record
// becomes durable, no byte leaves. The next life finds what was durable and nothing else. All parts are test files: nothing else uses them, and
// they need the vendors' stand-ins, which the engine must not import.
//
// # Seeds
//
// TestSeeds plays one scenario per seed in a testing/synctest bubble. The seed chooses the vendor; 5 to 40 rows (without phones, repeated, sharing
// phones and usernames, invalid, already known to the vendor, with good and bad sponsors, sponsoring each other); workers, limits, in-doubt policy
// and latencies; simulated faults at every point of an exchange (all of the sandbox's faults, and failing dials, writes and reads); late commits; and
// up to four lives that are drained, cut short, killed at a moment or at the n-th call of the journal or the network, hit a full disk or a broken
// input, or start with the clock set back. Then lives without faults follow until the run is complete.
//
// The seed also chooses the policies of the job: which rows are imported, which of a person's rows counts, and of people with one phone, whether a
// telephone number that nobody can read costs the row, sponsors first, a sample. A life may get other options than the one before: hold or repeat rows in doubt, send some of them again, stop after so many
// errors, continue after the sample. At the n-th exchange this program may panic: before it, after it, or while the response is read. After a life a
// person may look up rows in doubt, of any run, and answer truthfully what the vendor has. Up to three more runs may follow in the same account: of
// the same list, of a list that has grown, or of one that overlaps with it and spells some people differently. Most start when the run before is
// complete; some while it is still incomplete, and that one is then resumed after the others.
//
//	go test ./pipeline/simulation                                  500 seeds
//	go test ./pipeline/simulation -run TestSeeds -seeds 5000       any number
//	go test ./pipeline/simulation -run TestSeeds -seed=47 -v       one seed, with a log: what the vendor saw and what became durable, row by row
//
// A failing seed prints the last of these commands. Every choice depends only on the seed and on the number of a call. With one worker a seed
// gives the same log each time, except for the order of events within one instant (TestSameSeedSameStory checks that, and says what it leaves
// out); with more, workers that wake in the same instant may swap places, so reproducing a failure may need -count.
//
// # Every call
//
// TestEveryCall runs six small imports and makes the first call to the store or the network fail: before, halfway through or after its effect,
// with the process surviving or killed; then the second call, the third, until an import completes without reaching the failure. After each
// failure the run is resumed.
//
// # Invariants
//
// After every life, and at the end when the vendor has answered its last request:
//
//   - at the end of a run each row has exactly one status, and outcome, journal and rows agree on the counts;
//   - everybody reported as created, now or by an earlier run, is registered, and nobody registered is reported only as rejected, invalid,
//     duplicate, skipped or unsent;
//   - everybody reported as existing is known to the vendor; a row without fault is never rejected;
//   - nobody is registered twice, over all runs, unless a person allowed a row in doubt to be sent again (or Distinct, which identifies people
//     by telephone number, said earlier that a person exists who is listed under another number now);
//   - a killed life leaves at most one row per worker in doubt, one that ends by itself leaves none; in total there are no more rows in doubt
//     than those and the exchanges that a fault hit;
//   - the vendor never counts a request beyond a limit that the plan knows, also across lives and runs;
//   - after a fatal response at most the other workers' requests follow, and the run stops;
//   - a run that stops for too many errors had too many, and one that had too many new ones does not continue to its end;
//   - what was reported is what the journal has, once per life; no redirect is followed; a life ends with an error only for a reason;
//     every panic is counted, costs one row and ends no run; and every goroutine ends.
//
// For every record, at the moment in which it becomes durable:
//
//   - a row in doubt is sent again only as the options of this life allow: never where such rows are held, and where the vendor would register
//     it twice only when a person said so; and it never becomes invalid while it is in doubt;
//   - after a person answered "created" nothing more is written about the row; after "not created" it is sent again under every policy;
//   - no request starts for a person whom an earlier run created, whom the job leaves out, or of whom another row was sent or is the one that
//     counts, or who shares what the vendor takes once; nor before the row of the sponsor is registered, or may be; and no more than the sample until somebody approved it.
package simulation
