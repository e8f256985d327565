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
// reaches [Possible] is written as a comment with its score; the rest is not mentioned. But a column whose name is a field's is never left out in
// silence: where its cells do not fit, it is a question with the reason.
//
// # How a score comes about
//
// Each column is looked at in two ways, and each adds a [Reason] that people can read.
//
//   - Its name is normalized (case, accents, punctuation, camelCase and snake_case, words glued together) into words, and the words are
//     compared with a lexicon in eight languages (lexicon.go, words/fields.txt, words/columns.txt). What the lexicon's phrase does not cover
//     counts: a word that only says whose or which (`user`, `billing`, `1`) costs little, an unknown word costs much, and a word that turns the
//     meaning (`hash`, `opt in date`, `type`) rules the field out.
//   - Its cells are read as addresses, numbers, dates, words of yes and no, countries, languages, hashes (content.go, recognise.go). What
//     most cells are adds to the score; what they cannot be takes it away, whatever the name says. How they are written is found
//     here too (dates.go, countries.go, values.go), and written down by writing.go.
//
// The columns then compete (assign.go): one column serves one field, the better evidence wins, and two columns that fit
// equally well are a question, not a choice. Names that mean different things in different company (`Name` beside `Vorname` is
// a family name) are settled by the header as a whole (context.go).
//
// Streets are the hard case (address.go). The standard fields hold the number of the house and the street apart, most lists hold both
// in one cell. So a column is address.premise when it is called a street and its cells hold no numbers, and address.line when it
// is called a house number; a line with both is a question, a second line is nothing, and no columns are joined.
//
// # How good it is
//
// testdata/headers holds the header rows of 81 products with the field that each column is; a third was held back from tuning
// (testdata/holdout.txt). By names alone, without a row:
//
//	tuned      54 files, 1124 columns: 484 right, 1 wrong, 1 missed: precision 0.998, recall 0.998
//	held back  27 files,  634 columns: 269 right, 5 wrong, 5 missed: precision 0.982, recall 0.982
//
// The labels of streets were changed later than the rest, in both sets by one mechanical rule: a street alone is address.premise,
// unless the header has the same name with a 2 behind it; a house number, or a bare number right behind the street, is address.line;
// lines with both, and second lines, are no field. So a column `Street` counts as a street, though in some of these products
// people write the number into it: that only rows can tell. The address columns of both sets were in view when the rule was
// written, so for streets the held-back figure is a check and no measurement; no failure in a held-back file was looked at.
//
// # What a proposal promises
//
// Its file parses with mapping/job and compiles against the header it was made for, whatever the header holds; the tests fuzz
// this. Formats and values are tried with package mapping itself, so what is proposed is what the importer reads.
// The whole is tried on the sampled rows, and each field says how many of them it would refuse. No personal value of the sample gets
// into the file: only words that are understood (yes, no, countries, languages), and words that at least five rows and one row in fifty have.
//
// Questions can be answered before the file is written: [Proposal.Questions], [Proposal.Settle].
//
// This package knows no vendor and no YAML library: the fields a vendor takes are passed in, and the file is a text template (proposal.tmpl).
package suggest
