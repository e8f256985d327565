// Package reports writes the files of a run that people read, and reads them back.
//
// [Write] comes first: it takes the [RunData] of a run and makes all its files. Each file is a view of the journal over the input: one pass
// reads each input row once, in order, and asks the journal what happened to it. Nothing here decides anything. Delete the files and Write
// makes the same ones again.
//
//	journal (RowState by row) ──┐
//	                            ├─► merge ─► results.csv   one line per row, in input order
//	input (Row by row) ─────────┘        ├─► failed.csv    rows to fix: original columns, then _import_*
//	                                     ├─► summary.json  counts, codes, rate, the next command
//	                                     └─► report.html   one page, offline
//
// What a person asks for besides is written by [Export], failed rows by cause in files or in a workbook, and by [WriteOpen], the rows that are open after
// several runs. The reports stay as they are then. exports.json says what was written, so that an export that a person has edited is kept.
//
// While a run is under way, [Live] (from [OpenLive]) appends to results.csv as rows are settled. When it has ended, or goes on after
// an end, [MarkPending] notes that the reports are still to be written, and Write replaces the file by the whole one and removes the note. Written files
// appear whole or not at all, and hold what the disk holds: temporary file, fsync, rename, fsync of the folder. Files are 0600, the folder 0700.
// [Summary.Text] is the summary for a terminal.
//
// # The sum
//
// Rows read are counted where rows are read, statuses where lines are written, settled rows where the journal is read. [Summary.Check]
// compares the three. They agree, or the program ends with exit 5 and the error is [ErrSum]:
//
//	rows read = created + exists + rejected + invalid + duplicate + skipped + in_doubt + unsent
//
// A row that the journal does not know is unsent. A row with an attempt that began and was never resolved is in_doubt.
//
// # Texts in CSV
//
// Texts of vendors are not trusted. Control characters are shown escaped ([Shown]), and a text that a spreadsheet would run as a formula
// gets an apostrophe in front ([Guard]), which is removed again on reading ([Unguard]). Original cells in failed.csv are never touched,
// since they are read back: a "+353…" stays a "+353…". Cells of secret columns hold [SecretMarker].
//
// # Reading back
//
// [ReadResults] streams results.csv, [Select] picks rows of it by status and code into a [Rowset], and [FindLinks] finds the columns that
// link a row of a corrected failed.csv to its row in the earlier run. Errors in these files are problem.Error, with the place and what to do.
package reports
