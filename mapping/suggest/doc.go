// Package suggest proposes a mapping for a header and a sample of rows: which column is which standard field, how its
// dates, telephone numbers and words are written, and what is left over.
//
//	sample := suggest.NewSample(header)
//	for … { sample.Add(cells) }
//	proposal := suggest.Propose(sample, suggest.Options{Vendor: "distinct", Fields: wants})
//	os.Stdout.Write(proposal.YAML())
//
// # Precision before recall
//
// A wrong guess is worse than none: it sends a stranger's data into the wrong field, and nobody looks twice at a line that
// is already filled in. So a column is mapped only when its [Score] reaches [Certain] and no other column comes close; what
// reaches [Possible] stands in the file as a comment with its score; the rest is not mentioned.
//
// # How a score comes about
//
// Each column is looked at in two ways, and each adds a [Reason] that people can read.
//
//   - Its name is folded (case, accents, punctuation, camelCase and snake_case, words glued together) into words, and the words
//     are held against a lexicon in eight languages (lexicon*.go). What the lexicon's phrase does not cover counts: a word
//     that only says whose or which (`user`, `billing`, `1`) costs little, an unknown word costs much, and a word that turns
//     the meaning (`hash`, `opt in date`, `type`) rules the field out.
//   - Its cells are read as addresses, numbers, dates, words of yes and no, countries, languages, hashes (content*.go). What
//     most cells are adds to the score; what they cannot be takes it away, whatever the name says. How they are written is found
//     here too (dates.go, phones.go with hints.go, values.go), and said by writing.go.
//
// The columns then compete (assign.go): one column serves one field, the better evidence wins, and two columns that fit
// equally well are a question, not a choice. Names that mean different things in different company (`Name` beside `Vorname` is
// a family name) are settled by the header as a whole (context.go).
//
// # What a proposal promises
//
// Its file parses with mapping/job and compiles against the header it was made for, whatever the header holds; the tests fuzz
// this. Formats and values are tried with package mapping itself, so what is proposed is what the importer reads.
// The whole is tried on the sampled rows, and each field says how many of them it would refuse. No personal value of the sample gets
// into the file: only words that are understood or that many rows share (yes, no, countries, languages).
//
// Questions can be answered before the file is written: [Proposal.Questions], [Proposal.Settle].
//
// This package knows no vendor and no YAML library: the fields a vendor takes are passed in, and the file is written as text.
package suggest
