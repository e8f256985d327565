package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gocarina/gocsv"

	"importer/mapping/problem"
	"importer/pipeline/crashpoint"
)

// Live is results.csv while a run is under way: it grows by whole lines, in the order in which rows are settled. [Write] puts the file in
// input order when the run has ended. Not safe for concurrent use.
type Live struct {
	file   *os.File
	buffer bytes.Buffer
	err    error // the first one; nothing is written after it
}

// OpenLive opens the file to append to it, and makes it (0600, with the header) and its folder (0700) where they are missing. An
// incomplete last line, which a crash can leave, is cut off. A file that is not a results.csv is refused.
func OpenLive(path string) (*Live, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the results: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	live := &Live{file: file}
	if err := live.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("results %s: %w", path, err), file.Close())
	}
	return live, nil
}

// Append writes the lines with one call to the operating system. After an error it is unknown what is in the
// file: every later Append fails with the same error.
func (l *Live) Append(lines []Line) error {
	if l.err != nil || len(lines) == 0 {
		return l.err
	}
	l.buffer.Reset()
	if l.err = gocsv.MarshalWithoutHeaders(lines, &l.buffer); l.err != nil {
		return l.err
	}
	crashpoint.Here("live")
	if _, err := l.file.Write(l.buffer.Bytes()); err != nil {
		l.err = fmt.Errorf("append to results: %w", err)
	}
	return l.err
}

// Close closes the file. It does not fsync: the journal is the truth, and this file only a view of it.
func (l *Live) Close() error { return l.file.Close() }

// begin checks what is there before it changes anything, then cuts off an incomplete last line, and writes the header of a new file.
func (l *Live) begin() error {
	header := resultsHeader()
	found := make([]byte, len(header))
	n, err := l.file.ReadAt(found, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !strings.HasPrefix(header, string(found[:n])) {
		return problem.New(problem.Storage, "it is not a results.csv of this program", "move it away")
	}
	size, err := wholeLines(l.file)
	if err != nil {
		return err
	}
	if err := l.file.Truncate(size); err != nil {
		return err
	}
	if size == 0 {
		_, err = io.WriteString(l.file, header)
	}
	return err
}

// wholeLines returns the size of the file up to its last line end. Result lines hold no line break inside a cell.
func wholeLines(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	const step = 64 << 10
	block := make([]byte, step)
	for end := info.Size(); end > 0; {
		start := max(0, end-step)
		part := block[:end-start]
		if _, err := f.ReadAt(part, start); err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return start + int64(i) + 1, nil
		}
		end = start
	}
	return 0, nil
}
