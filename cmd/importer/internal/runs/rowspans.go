package runs

import (
	"fmt"
	"strconv"
	"strings"

	"importer/reports"
)

// writeSpans writes a set of rows as "3,7-9".
func writeSpans(rows *reports.Rowset) string {
	var b strings.Builder
	first, last := int64(0), int64(0)
	flush := func() {
		if first == 0 {
			return
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(first, 10))
		if last > first {
			b.WriteString("-" + strconv.FormatInt(last, 10))
		}
	}
	for row := range rows.All() {
		if first != 0 && row == last+1 {
			last = row
			continue
		}
		flush()
		first, last = row, row
	}
	flush()
	return b.String()
}

// readSpans reads what writeSpans wrote.
func readSpans(text string) (*reports.Rowset, error) {
	rows := new(reports.Rowset)
	if text == "" {
		return rows, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		first, err1 := strconv.ParseInt(from, 10, 64)
		last, err2 := strconv.ParseInt(to, 10, 64)
		if err1 != nil || err2 != nil || first < 1 || last < first {
			return nil, fmt.Errorf("%q is no span of rows", part)
		}
		for row := first; row <= last; row++ {
			rows.Add(row)
		}
	}
	return rows, nil
}
