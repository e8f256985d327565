// Package journal keeps runs, rows and attempts durably: it is the truth, and every report is a view of it.
//
// An intent is durable before the first byte of a request leaves, and an outcome before the row counts as done. So after a crash each row has
// exactly one state, and the rows in flight are the only ones whose outcome is unknown. The journal holds numbers, statuses, codes, the
// vendor's own texts and keyed digests ([Key]): no names, addresses, keys or tokens.
//
// # How it is used
//
//	store, err := stores.Open(url)                          // or sqlite.Open, memory.New
//	lock, err := journal.Acquire(holder, path)              // one process an account
//	run, err := store.Begin(ctx, journal.Run{…})            // or Reopen, to continue one
//	writer := journal.NewWriter(store, run.ID, options)     // group commits of what many workers record
//	err = writer.Intend(ctx, intent)                        // durable when it returns: now send
//	err = writer.Put(outcome)
//	err = errors.Join(writer.Close(ctx), store.Finish(ctx, run.ID, journal.Complete, now), lock.Release(), store.Close())
//
// # Parts
//
//   - [Next] is the state machine of a row, drawn below: which [Record] may follow which [RowState].
//   - [Store] keeps it. The engines are packages below this one: sqlite keeps it in one file, memory as long as the process lives; stores opens
//     either by URL. The suite in journaltest holds them all to one behaviour. This package imports none of them.
//   - [Store.Index] derives from the rows of an account who was created ([Store.Imported]) and what else was found ([Store.Known]): what a run has to
//     know of those before it.
//   - [Writer] makes group commits. [Key] makes digests, [Seen] finds two rows of one person within an input, [Acquire] keeps a second process out.
//
// The key is in a file of its own ([OpenKey]): without it the journal can be read, but cannot recognise who was imported before. An error of storage is
// [ErrStorage], is final for its store, and says what to do (problem.Hint).
//
// # The states of a row
//
// n is the number of the newest attempt, 0 before the first.
//
//	                                 intent n+1
//	       ┌─────────────────────────────────────────────────────────────┐
//	       ▼                                                             │
//	┌───────────┐                                               ┌────────────────┐
//	│ in flight ├───── not registered n (throttled, not sent) ─►│ not registered │◄── ruling n unsent ("was not created"; from
//	└┬──┬──┬────┘                                               └─▲──┬───────────┘    in flight, uncertain, in doubt and final)
//	 │  │  │                                                      │  │
//	 │  │  │ uncertain n   ┌───────────┐                          │  │
//	 │  │  └──────────────►│ uncertain ├─ not registered n ───────┘  │  (late; also from in doubt)
//	 │  │                  └─┬──▲──┬───┘ intent n+1 ► in flight     │
//	 │  ▼ doubt n    doubt n │  │  │                                 │
//	 │ ┌──────────┐◄─────────┘  │  │                                 │
//	 │ │ in doubt ├─────────────┘  │                                 │
//	 │ └─────┬────┘  uncertain n   │                                 │
//	 │       │ answer n (late)     │ answer n (late)                 │ answer n (late), local n
//	 ▼       ▼                     ▼                                 ▼
//	┌────────────────────────────────────────────────────────────────────┐
//	│ final    (changes only by a ruling of a person)                    │◄── local 0, from none: settled without an attempt
//	└────────────────────────────────────────────────────────────────────┘
//
// The same as a table, which a test compares with the code. "answer" settles as created, exists or rejected; "doubt" settles as in_doubt;
// "local" settles as invalid, duplicate or skipped; "ruling said" is a final status that a person sets. What is not here is refused with [ErrFenced],
// above all every record about an attempt that is not the newest.
//
// A state with + remembers that an attempt before the newest ended in doubt. In flight, uncertain, in doubt and final have such a form. It takes the
// records that the state without + takes, and leads to the same state with +. But an attempt that certainly failed does not settle an earlier doubt, so
// "not registered n" leads from there to uncertain+. Only a person's "ruling n unsent" ends it: it leads to not registered.
//
//	none             intent n+1        in flight
//	none             local n           final
//	in flight        not registered n  not registered
//	in flight        uncertain n       uncertain
//	in flight        answer n          final
//	in flight        doubt n           in doubt
//	in flight        ruling n said     final
//	in flight        ruling n unsent   not registered
//	not registered   intent n+1        in flight
//	not registered   answer n          final
//	not registered   local n           final
//	not registered   ruling n said     final
//	uncertain        intent n+1        in flight+
//	uncertain        not registered n  not registered
//	uncertain        answer n          final
//	uncertain        doubt n           in doubt
//	uncertain        ruling n said     final
//	uncertain        ruling n unsent   not registered
//	in doubt         not registered n  not registered
//	in doubt         uncertain n       uncertain
//	in doubt         answer n          final
//	in doubt         ruling n said     final
//	in doubt         ruling n unsent   not registered
//	final            ruling n said     final
//	final            ruling n unsent   not registered
//
// One edge has another end: ruling 0 unsent, about a row that was settled without an attempt, leads from final back to none.
//
// What follows from it:
//
//   - A doubt never overrules a certainty: no doubt after "not registered". That state is never doubted, so a caller that never repeats a request
//     still learns of an earlier doubt.
//   - A local decision never hides an attempt that may have registered somebody: no local after in flight, uncertain or in doubt.
//   - A later attempt that was certainly not sent does not end the doubt about an earlier one.
//   - Nothing is settled as answered that was not sent.
//   - A row in doubt is sent again only after an explicit "uncertain": because the vendor refuses or absorbs the repeat, or because the person said so.
package journal
