// Package crashpoint marks the moments at which a test kills the program. In a usual build nothing is there: [Here] is empty and [VFS] names
// no file system. Built with the tag crashpoints, the program ends by SIGKILL when it passes a moment that IMPORTER_CRASH names:
//
//	IMPORTER_CRASH=after-intent:7   the seventh time an intent has become durable, before its request is sent
//
// The moments, in the order in which a row meets them:
//
//	journal-made     a new journal is whole under another name
//	before-intent    the intent is about to be handed to the journal
//	after-intent     it is durable; nothing was sent
//	after-send       the request's last byte was handed to the operating system
//	after-answer     the answer was read and judged; nothing was written down
//	before-commit    a transaction is complete, but not committed
//	wal-write        in the middle of a commit: before a write to the -wal file
//	wal-sync         in the middle of a commit: all written, not synced
//	fsync-fails      any fsync of the journal: nobody dies, the call fails with EIO
//	after-commit     a transaction is durable; nothing was reported
//	checkpoint       before a page goes from the -wal file into the journal proper
//	live             before rows are appended to results.csv
//	report-begun     a report's file was made beside the old one
//	report-synced    a report is complete under another name
//	report-renamed   a report has its name; the next may have not
//
// See cmd/importer/rig for the tests.
package crashpoint
