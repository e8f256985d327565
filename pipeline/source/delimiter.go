package source

import "bytes"

// sampleRecords is how many records, the header among them, the delimiter is told from.
const sampleRecords = 100

// delimiterOf tells the delimiter from the first records of a text: of comma, semicolon, tab and bar, the one which the header has
// outside quotes, and which most records have as often as the header; where that is even, the one it has most often. A comma when
// the header has none of them: one column. The second result is true when nothing decides between two.
func delimiterOf(head []byte, l Limits) (delimiter rune, tie bool) {
	frames := newFramer(bytes.NewReader(head), 0, true, l)
	candidates := [...]byte{',', ';', '\t', '|'}
	var header, same [len(candidates)]int
	for records := 0; records < sampleRecords; {
		fr, err := frames.peek()
		if err != nil {
			break
		}
		data := fr.data
		if fr.cut {
			break
		}
		frames.take(len(data), fr.lines)
		if len(trimLineEnd(data)) == 0 {
			continue
		}
		for i, c := range candidates {
			n := outsideQuotes(data, c)
			if records == 0 {
				header[i] = n
			}
			if n == header[i] {
				same[i]++
			}
		}
		records++
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

// outsideQuotes counts the bytes c of data that are not between quotes.
func outsideQuotes(data []byte, c byte) int {
	n, quoted := 0, false
	for _, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case b == c && !quoted:
			n++
		}
	}
	return n
}
