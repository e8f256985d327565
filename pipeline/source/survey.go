package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Survey reads every input once from end to end, and JSONL twice, in bounded memory: what it is, whether it can be read, and its digest.
// It returns all that is wrong with all inputs at once, each an *Error, joined (errors.Join); or the context's error.
// Broken rows are no error of the input; they show when the rows are read.
func Survey(ctx context.Context, paths []string, o Options) (*Set, error) {
	limits := o.Limits.withDefaults()
	if err := o.check(limits); err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, &Error{Message: "no input is named", Hint: "name a CSV or JSONL file, or - for standard input"}
	}
	set := &Set{Files: make([]File, len(paths)), limits: limits}
	var problems []error
	for i, path := range paths {
		f := File{Path: path, Name: path}
		if o.Name != "" && len(paths) == 1 {
			f.Name = o.Name
		}
		for _, err := range surveyFile(ctx, &f, o, limits) {
			problems = append(problems, named(f.Name, err))
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for _, earlier := range set.Files[:i] {
			if f.state != nil && earlier.state != nil && os.SameFile(f.state.info, earlier.state.info) {
				problems = append(problems, &Error{Path: f.Name, Message: "this input is named twice", Hint: "name it once"})
			}
		}
		set.Files[i] = f
	}
	if len(problems) == 0 {
		problems = set.align()
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return set, nil
}

func surveyFile(ctx context.Context, f *File, o Options, l Limits) []error {
	head, seen, err := scanFile(ctx, f, o, l)
	if err != nil {
		return []error{err}
	}
	if f.Format, err = formatOf(f.Path, head, o.Format); err != nil {
		return []error{err}
	}
	if f.Encoding == "" {
		f.Encoding = UTF8 // which JSON is by its standard (RFC 8259, 8.1)
		if f.Format != JSONL {
			f.Encoding = seen.encoding()
		}
	}
	f.Lines, f.NotUTF8, f.FirstNot, f.Multibyte = seen.lines(), seen.notUTF8, seen.firstNot, seen.multibyte
	if seen.onlyCR() {
		return []error{&Error{Message: "its lines end with a carriage return alone", Hint: "save it with the line ends of Unix or Windows"}}
	}
	if f.Format == JSONL {
		return surveyJSON(ctx, f, l)
	}
	return surveyHeader(f, head, o.Delimiter, l)
}

// scanFile reads the whole of an input. It fills in what the bytes alone tell, and returns the beginning of the content, without byte
// order mark and in UTF-8 where it was UTF-16: all of it, or more than a record may have.
func scanFile(ctx context.Context, f *File, o Options, l Limits) (head []byte, seen *scan, err error) {
	if f.Path == "-" {
		return nil, nil, &Error{Message: "standard input can be read only once", Hint: "keep a copy of it first"}
	}
	raw, err := openRaw(f.Path, nil, nil)
	if err != nil {
		return nil, nil, err
	}
	f.Size = raw.begin.Size()
	t, compression, err := decompress(raw, l)
	if err != nil {
		return nil, nil, err
	}
	defer t.Close()
	f.Compression = compression
	sample, err := t.Peek(4 << 10)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	if f.Encoding, f.markLength, err = encodingBefore(sample, o.Encoding); err != nil {
		return nil, nil, err
	}
	if err := t.decode(f.Encoding); err != nil {
		return nil, nil, err
	}
	seen = new(scan)
	if head, err = copyText(ctx, seen, t, l.Record+1); err != nil {
		return nil, nil, err
	}
	if err := raw.finish(); err != nil {
		return nil, nil, err
	}
	f.SHA256, f.state = fmt.Sprintf("%x", raw.digest.Sum(nil)), raw.state()
	if seen.bytes == 0 {
		return nil, nil, &Error{Message: "there is nothing in it", Hint: "an input has at least a header line"}
	}
	return head, seen, nil
}

// copyText hands all of src to dst and returns the first bytes of it, at least atLeast where there are so many.
func copyText(ctx context.Context, dst *scan, src io.Reader, atLeast int) (head []byte, err error) {
	buf := make([]byte, 128<<10)
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		n, err := src.Read(buf)
		dst.Write(buf[:n])
		if len(head) < atLeast {
			head = append(head, buf[:n]...)
		}
		if err == io.EOF {
			dst.finish()
			return head, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// encodingBefore tells the encoding from the beginning of a content and the person's setting; empty when all of it must be seen.
func encodingBefore(sample []byte, setting string) (encoding string, markLength int, err error) {
	m, wanted := markOf(sample), encodingNamed(setting)
	switch {
	case strings.HasPrefix(m.encoding, "utf-32"):
		return "", 0, &Error{Message: "it is written in UTF-32", Hint: "save it as UTF-8"}
	case m.encoding != "" && wanted != "" && wanted != m.encoding && (wanted != utf16ByMark || m.encoding == UTF8):
		return "", 0, &Error{
			Message: fmt.Sprintf("it begins with the byte order mark of %s, and %s is set", m.encoding, wanted),
			Hint:    "leave the encoding unset",
		}
	case m.encoding == UTF8:
		return UTF8, len(m.bytes), nil
	case m.encoding != "":
		return m.encoding, 0, nil
	case wanted != "" && wanted != utf16ByMark:
		return wanted, 0, nil
	}
	encoding = utf16ByNUL(sample)
	if encoding == "" && wanted == utf16ByMark {
		return "", 0, &Error{Message: "it has no byte order mark", Hint: "say utf-16le or utf-16be"}
	}
	return encoding, 0, nil
}

// formatOf tells the format: as set, else by the file's name, else by the first character that is no space.
func formatOf(path string, head []byte, setting string) (string, error) {
	format := setting
	if format == "" {
		name := strings.ToLower(filepath.Base(path))
		for _, packed := range []string{".gz", ".zst"} {
			name = strings.TrimSuffix(name, packed)
		}
		switch filepath.Ext(name) {
		case ".csv":
			format = CSV
		case ".tsv", ".tab":
			format = TSV
		case ".jsonl", ".ndjson":
			format = JSONL
		}
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	array := bytes.HasPrefix(start, []byte("["))
	switch {
	case array && (format == JSONL || format == "" && strings.Contains(strings.ToLower(filepath.Base(path)), ".json")):
		return "", &Error{Message: "it is one JSON array", Hint: "write one object a line (JSONL), as jq -c '.[]' does"}
	case format != "":
		return format, nil
	case bytes.HasPrefix(start, []byte("{")):
		return JSONL, nil
	}
	return CSV, nil
}
