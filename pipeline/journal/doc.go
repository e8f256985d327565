// Package journal keeps runs, rows and attempts durably: it is the truth, and every report is a view of it.
//
// An intent is durable before the first byte of a request leaves, and an outcome before the row counts as done. So after a crash each row has
// exactly one state, and the rows whose state is open are the only ones in doubt. It holds numbers, statuses, codes, the vendor's own texts
// and keyed digests ([Key]): no names, addresses, keys or tokens.
//
// # Parts
//
//   - [Next] is the life of a row, drawn below: which [Record] may follow which [RowState].
//   - [Store] keeps it: [SQLite] in one file, [Memory] for tests and measurements. [Open] picks one by URL. The suite in journaltest holds
//     every store to the same behaviour.
//   - [Writer] makes group commits of what many workers record.
//   - [Key] makes digests, [Seen] finds two rows of one person within an input, [Acquire] keeps a second process out.
//
// # Files
//
// Beside journal.db lie -wal and -shm while it is open, its key ([KeyPath]) and one lock an account ([LockPath]). All are 0600. Without the key
// the journal can be read, but cannot tell who was imported before. An error of storage wraps [ErrStorage], is final for its store, and says what
// to do ([Hint]).
//
// # The life of a row
//
// n is the number of the newest attempt, 0 before the first.
//
//	                                 intent n+1
//	     ┌───────────────────────────────────────────────────────┐
//	     ▼                                                       │
//	┌─────────┐   ended, certainly not registered (free n)  ┌──────┐
//	│  open   ├────────────────────────────────────────────►│ free │◄──── act n unsent ("not created", from open, loose,
//	└┬──┬──┬──┘                                             └─┬──▲─┘                    in doubt and final)
//	 │  │  │                                                  │  │ free n (learned late; from loose and in doubt)
//	 │  │  │ loose n  ┌───────┐ intent n+1 ► open             │  │
//	 │  │  └─────────►│ loose ├──────────────────────────────────┘
//	 │  │             └┬──┬─▲─┘                               │
//	 │  │ doubt n      │  │ │ loose n ("it may be repeated")  │
//	 │  ▼       doubt n│  │ │                                 │
//	 │ ┌──────────┐◄───┘  │ │                                 │
//	 │ │ in doubt ├─────────┘                                 │
//	 │ └────┬─────┘       │                                   │
//	 │ answer n (late)    │ answer n (late)                   │ answer n (late), local n
//	 ▼      ▼             ▼                                   ▼
//	┌──────────────────────────────────────────────────────────┐
//	│ final    (changes only by an act of a person)            │◄──── local 0, from none: settled without an attempt
//	└──────────────────────────────────────────────────────────┘
//
// The same as a table, which a test compares with the code. "answer" settles as created, exists or rejected; "doubt" settles as in_doubt;
// "local" settles as invalid, duplicate or skipped; "act said" is a person's word for any final status. A state with + remembers that an attempt
// before the newest ended in doubt: a certainty about the newest is none about the row, so free n leads from there to loose+, and only a
// person's "not created" clears it. Whatever is not here is refused with [ErrFenced], above all every record about an attempt that is not the newest.
//
//	none       intent n+1    open
//	none       local n       final
//	open       free n        free
//	open       loose n       loose
//	open       answer n      final
//	open       doubt n       in doubt
//	open       act n said    final
//	open       act n unsent  free
//	free       intent n+1    open
//	free       answer n      final
//	free       local n       final
//	free       act n said    final
//	loose      intent n+1    open+
//	loose      free n        free
//	loose      answer n      final
//	loose      doubt n       in doubt
//	loose      act n said    final
//	loose      act n unsent  free
//	in doubt   free n        free
//	in doubt   loose n       loose
//	in doubt   answer n      final
//	in doubt   act n said    final
//	in doubt   act n unsent  free
//	final      act n said    final
//	final      act n unsent  free
//	open+      free n        loose+
//	open+      loose n       loose+
//	open+      answer n      final+
//	open+      doubt n       in doubt+
//	open+      act n said    final+
//	open+      act n unsent  free
//	loose+     intent n+1    open+
//	loose+     free n        loose+
//	loose+     answer n      final+
//	loose+     doubt n       in doubt+
//	loose+     act n said    final+
//	loose+     act n unsent  free
//	in doubt+  free n        loose+
//	in doubt+  loose n       loose+
//	in doubt+  answer n      final+
//	in doubt+  act n said    final+
//	in doubt+  act n unsent  free
//	final+     act n said    final+
//	final+     act n unsent  free
//
// One edge has another end: act 0 unsent, about a row that was settled without an attempt, leads from final back to none.
//
// What follows from it: a doubt never overrules a certainty (no doubt after free), a local decision never hides an attempt that may have
// registered somebody (no local after open, loose or in doubt), a later attempt that was certainly not sent does not end the doubt about an
// earlier one (free is never doubted, so that "never repeat" finds the row whenever it is said), nothing is settled as answered that was not sent, and a row in doubt is sent
// again only after an explicit loose: because the vendor refuses or absorbs the repeat, or because the person said so.
package journal
