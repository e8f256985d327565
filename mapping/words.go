package mapping

import (
	"embed"

	"importer/mapping/wordlist"
)

// wordFiles are the word lists of this package; each is read when it is first needed.
//
//go:embed words/*.txt
var wordFiles embed.FS

func readWords(name string) []wordlist.Section { return wordlist.Must(wordFiles, "words/"+name+".txt") }
