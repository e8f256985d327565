package suggest

import (
	"embed"

	"importer/mapping/wordlist"
)

// The word lists of this package. Each file is read when it is first needed, and says itself what its lists are for.
//
//go:embed words/*.txt
var wordFiles embed.FS

var (
	cellWords    = wordlist.Lazy(wordFiles, "words/cells.txt")
	columnWords  = wordlist.Lazy(wordFiles, "words/columns.txt")
	countryWords = wordlist.Lazy(wordFiles, "words/countries.txt")
)
