package source

import "regexp"

var (
	quotedJSON = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	// oddities are what programs write that is no JSON, outside texts in double quotes.
	oddities = []struct {
		is   *regexp.Regexp
		hint string
	}{
		{regexp.MustCompile(`\b(?:NaN|-?Infinity|undefined)\b`), "NaN, Infinity and undefined are no JSON: have the export write null for them"},
		{regexp.MustCompile(`\b(?:ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal|Timestamp|UUID|BinData)\(`), "ObjectId(…), ISODate(…) and the like are of the shell of MongoDB: export it with mongoexport"},
		{regexp.MustCompile(`[{,\[:]\s*'`), "names and texts stand in double quotes, also where Python writes single ones: export it with json.dumps"},
	}
)

// oddJSON says what to do about a text that is no JSON, as far as it shows why; "" where it does not.
func oddJSON(text []byte) string {
	text = quotedJSON.ReplaceAll(text[:min(len(text), 16<<10)], []byte(`""`))
	for _, odd := range oddities {
		if odd.is.Match(text) {
			return odd.hint
		}
	}
	return ""
}
