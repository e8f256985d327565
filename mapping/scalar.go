package mapping

import (
	"regexp"
	"strconv"
	"strings"
)

// Scalar writes a text for a job file so that every YAML reader takes it for that text, also within [] and {}: bare where it is letters, digits and
// single blanks and no word that YAML knows, in double quotes otherwise.
func Scalar(text string) string {
	if isBare(text) {
		return text
	}
	return strconv.Quote(strings.ToValidUTF8(text, "\ufffd"))
}

// bareText is letters first, then letters, digits and some marks, with single blanks between them.
var bareText = regexp.MustCompile(`^\pL[\pL0-9_./-]*( [\pL0-9_./-]+)*$`)

func isBare(text string) bool {
	switch strings.ToLower(text) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return bareText.MatchString(text) && !strings.ContainsAny(text[len(text)-1:], "./-")
}
