package pipeline

import (
	"fmt"
	"strconv"
	"strings"
)

// Threshold says how many failed rows stop a run: a number of rows, or a share of the rows settled. The zero Threshold never does.
type Threshold struct {
	Rows    int64   // stop when more rows than this failed; 0: no such bound
	Percent float64 // stop when more than this share of the settled rows failed, once [thresholdSample] rows are settled; 0: no such bound
}

// thresholdSample is the number of settled rows below which a share says nothing.
const thresholdSample = 100

// ParseThreshold reads "50" (rows), "5%" (of the settled rows) or "none".
func ParseThreshold(text string) (Threshold, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "none" {
		return Threshold{}, nil
	}
	if share, ok := strings.CutSuffix(text, "%"); ok {
		p, err := strconv.ParseFloat(strings.TrimSpace(share), 64)
		if err != nil || !(p > 0 && p <= 100) {
			return Threshold{}, fmt.Errorf("%q is no share of rows: write a number above 0 and up to 100 before the %%, such as 5%%", text)
		}
		return Threshold{Percent: p}, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return Threshold{}, fmt.Errorf("%q is no number of rows: write a whole number from 1, a share such as 5%%, or none", text)
	}
	return Threshold{Rows: n}, nil
}

// String returns the text ParseThreshold reads.
func (t Threshold) String() string {
	switch {
	case t.Percent > 0:
		return strconv.FormatFloat(t.Percent, 'f', -1, 64) + "%"
	case t.Rows > 0:
		return strconv.FormatInt(t.Rows, 10)
	}
	return "none"
}

// Passed reports whether the counts are over the threshold.
func (t Threshold) Passed(c Counts) bool {
	failed := c.Failed()
	if t.Rows > 0 && failed > t.Rows {
		return true
	}
	settled := c.Sum()
	return t.Percent > 0 && settled >= thresholdSample && float64(failed)*100 > t.Percent*float64(settled)
}
