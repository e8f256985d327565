package source

import "bytes"

// sampleRecords is how many records, the header among them, the delimiter is told from.
const sampleRecords = 100

// delimiterOf tells the delimiter from the first records of a text: of comma, semicolon, tab and bar, the one which the header has
// outside quotes, and which most records have as often as the header; where that is even, the one it has most often. A comma when
// the header has none of them: one column. The second result is true when nothing decides between two.
func delimiterOf(head []byte, d dialect, l Limits) (delimiter rune, tie bool) {
	candidates := [...]byte{',', ';', '\t', '|'}
	var header, same [len(candidates)]int
	for i, c := range candidates {
		header[i], same[i] = fitOf(head, c, d, l)
	}
	best := -1
	for i := range candidates {
		if header[i] == 0 {
			continue
		}
		if best >= 0 && same[i] == same[best] && header[i] == header[best] {
			tie = true
			continue
		}
		if best < 0 || same[i] > same[best] || same[i] == same[best] && header[i] > header[best] {
			best, tie = i, false
		}
	}
	if best < 0 {
		return ',', false
	}
	return rune(candidates[best]), tie
}

// fitOf returns how often the header has the candidate, and how many records have it as often.
func fitOf(head []byte, candidate byte, d dialect, l Limits) (header, same int) {
	p := newSplitter(rune(candidate), d, l)
	frames := newDialectFramer(bytes.NewReader(head), 0, p, d, l)
	for range d.skip {
		if frames.skipLine() != nil {
			return 0, 0
		}
	}
	for records := 0; records < sampleRecords; {
		fr, err := frames.peek()
		if err != nil || fr.cut {
			break
		}
		data := fr.data
		frames.take(len(data), fr.lines)
		if fr.remark || len(trimLineEnd(data)) == 0 {
			continue
		}
		n := p.outsideQuotes(data)
		if records == 0 {
			header = n
		}
		if n == header {
			same++
		}
		records++
	}
	return header, same
}

// outsideQuotes counts the delimiters of data that are not between quotes. data may be no well-formed record.
func (p splitter) outsideQuotes(data []byte) int {
	n, quoted, start := 0, false, true
	for i := 0; i < len(data); i++ {
		switch b := data[i]; {
		case p.backslash && b == '\\':
			i++
			start = false
		case b == '"' && p.quotes != QuotesNone && (quoted || start || p.quotes != QuotesLoose):
			quoted, start = !quoted, false
			// A quote after one that closed makes a doubled one; it opens again.
			if p.quotes == QuotesLoose && !quoted && i+1 < len(data) && data[i+1] == '"' {
				quoted = true
				i++
			}
		case b == p.delimiter && !quoted:
			n++
			start = true
		default:
			start = false
		}
	}
	return n
}
