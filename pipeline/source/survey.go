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
		return nil, &Error{Message: "no input is named", Hint: "name a CSV, JSON or .xlsx file, or - for standard input"}
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
		problems = append(o.idle(set.Files), set.align()...)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return set, nil
}

func surveyFile(ctx context.Context, f *File, o Options, l Limits) []error {
	if f.Path == "-" {
		return []error{&Error{Message: "standard input can be read only once", Hint: "keep a copy of it first"}}
	}
	raw, err := openRaw(f.Path, nil, nil)
	if err != nil {
		return []error{err}
	}
	f.Size = raw.begin.Size()
	if isWorkbook(raw) {
		return surveyWorkbook(ctx, f, raw, o, l)
	}
	head, seen, err := scanFile(ctx, f, raw, o, l)
	if err != nil {
		return []error{err}
	}
	if f.Format, err = formatOf(f.inner, head, o.Format); err != nil {
		return []error{err}
	}
	if f.Encoding == "" {
		f.Encoding = UTF8 // which JSON is by its standard (RFC 8259, 8.1)
		if f.Tabular() {
			f.Encoding = seen.encoding()
		}
	}
	f.onlyCR = o.LineEnds != LineEndsLF && seen.onlyCR()
	anyEnd := f.onlyCR || o.LineEnds == LineEndsAny
	f.Lines, f.NotUTF8, f.FirstNot, f.Multibyte = seen.lines(anyEnd), seen.notUTF8, seen.firstNot, seen.multibyte
	if anyEnd {
		f.FirstNot = seen.firstNotAny
	}
	switch {
	case f.Format == JSONL && seen.onlyCR():
		return []error{&Error{Message: "its lines end with a carriage return alone", Hint: "save it with the line ends of Unix or Windows"}}
	case !f.Tabular():
		return surveyJSON(ctx, f, l)
	}
	return surveyHeader(f, head, o, l)
}

// scanFile reads the whole of an input. It fills in what the bytes alone tell, and returns the beginning of the content, without byte
// order mark and in UTF-8 where it was UTF-16: all of it, or more than a record may have. It closes raw.
func scanFile(ctx context.Context, f *File, raw *rawFile, o Options, l Limits) (head []byte, seen *scan, err error) {
	f.inner = filepath.Base(f.Path)
	t, compression, err := decompress(raw, l)
	if err != nil {
		return nil, nil, err
	}
	if compression == Zip {
		if m, err := memberOf(raw.file, f.Size); err == nil {
			f.inner = m.name
		}
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
		_, _ = dst.Write(buf[:n]) // a scan takes everything
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

// formatOf tells the format: as set, else by the file's name, else by the first characters that are no space.
func formatOf(name string, head []byte, setting string) (string, error) {
	format := setting
	if format == "" {
		name = strings.ToLower(name)
		for _, packed := range []string{".gz", ".zst", ".zip"} {
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
	within, array := bytes.CutPrefix(start, []byte("["))
	within = bytes.TrimLeft(within, " \t\r\n")
	objects := array && (bytes.HasPrefix(within, []byte("{")) || bytes.HasPrefix(within, []byte("]")))
	switch {
	case setting == XLSX:
		return "", &Error{Message: "it is no workbook", Hint: "leave the format unset"}
	case setting == JSONL && objects:
		return "", &Error{Message: "it is one JSON array, and jsonl is set", Hint: "say json, or leave the format unset"}
	case format == JSONL && objects, format == "" && array && (objects || strings.HasSuffix(name, ".json")):
		return JSON, nil
	case format != "":
		return format, nil
	case bytes.HasPrefix(start, []byte("{")):
		return JSONL, nil
	}
	return CSV, nil
}
