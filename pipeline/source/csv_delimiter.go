package source

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
)

// sampleRecords is how many records, the header among them, the delimiter is told from.
const sampleRecords = 100

// delimiterOf tells the delimiter from the first records of a text: of comma, semicolon, tab and bar, the one which the header has
// outside quotes, and which most records have as often as the header; where two are equal in that, the one it has most often. A comma when
// the header has none of them: one column. The second result is true when nothing decides between two.
func delimiterOf(head []byte, d dialect, l Limits) (delimiter rune, tie bool) {
	type fit struct{ delimiter, header, same int }
	var fits []fit
	for _, c := range []byte{',', ';', '\t', '|'} {
		if header, same := fitOf(head, c, d, l); header > 0 {
			fits = append(fits, fit{int(c), header, same})
		}
	}
	better := func(a, b fit) int { return cmp.Or(cmp.Compare(b.same, a.same), cmp.Compare(b.header, a.header)) }
	slices.SortStableFunc(fits, better)
	if len(fits) == 0 {
		return ',', false
	}
	return rune(fits[0].delimiter), len(fits) > 1 && better(fits[0], fits[1]) == 0
}

// fitOf returns how often the header has the candidate, and how many records have it as often.
func fitOf(head []byte, candidate byte, d dialect, l Limits) (header, same int) {
	s := newSyntax(rune(candidate), d, l)
	lines := newRecordFinder(bytes.NewReader(head), 0, s, l)
	for range d.skip {
		if lines.skipLine() != nil {
			return 0, 0
		}
	}
	for records := 0; records < sampleRecords; {
		rec, err := lines.peek()
		if err != nil || rec.flaw == longLine {
			break
		}
		lines.take(len(rec.data), rec.lines)
		if rec.comment || len(trimLineEnd(rec.data)) == 0 {
			continue
		}
		_, n := s.count(rec.data, false)
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

func delimiterName(d rune) string {
	if d == '\t' {
		return "tab"
	}
	return strconv.Quote(string(d))
}
