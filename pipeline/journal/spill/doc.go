// Package spill keeps the states of one run's rows in bounded memory for as long as the process lives: what a check finds, which nobody asks for again
// once its reports are written. It is no [journal.Store]: it takes records in whatever order they come, and gives the states in row order at the end.
//
// Some MiB of records are held. When there are more, the lower half of them is written, sorted by row, to an unnamed temporary file, behind what was
// written before as long as its rows are higher: a list whose rows come nearly in order is one sorted piece, which is read as it is; pieces are merged.
// The file holds what a journal holds, keyed digests and no personal data, and goes when the states are closed or the process dies.
package spill
