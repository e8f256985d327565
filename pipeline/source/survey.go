package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"importer/mapping/problem"
)

// Survey reads every input once from end to end, and JSON twice, in bounded memory: what it is, whether it can be read, and its digest.
// It returns all that is wrong with all inputs at once, each a *problem.Error that names the input, joined (errors.Join); or the context's error.
// Broken rows are no error of the input; they show when the rows are read.
func Survey(ctx context.Context, inputs []Input, o Options) (*Set, error) {
	return surveyWith(ctx, inputs, o, formats())
}

func surveyWith(ctx context.Context, inputs []Input, o Options, table []format) (*Set, error) {
	limits := o.Limits.withDefaults()
	if err := o.check(limits); err != nil {
		return nil, err
	}
	if len(inputs) == 0 {
		return nil, unusable("name a CSV, JSON or .xlsx file, or - for standard input", "no input is named")
	}
	inputs, problems := eachInput(ctx, inputs, o, limits)
	set := &Set{Files: make([]File, len(inputs)), limits: limits}
	for i, in := range inputs {
		f := &set.Files[i]
		f.Input = in
		of := o
		of.Sheet = cmp.Or(in.Sheet, o.Sheet)
		for _, err := range problem.All(surveyFile(ctx, f, of, limits, table)) {
			problems = append(problems, named(f.Title, err))
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for _, earlier := range set.Files[:i] {
			if f.info != nil && earlier.info != nil && os.SameFile(f.info, earlier.info) && f.sheet.name == earlier.sheet.name {
				problems = append(problems, named(f.Title, unusable("name it once", "this input is named twice")))
			}
		}
	}
	if len(problems) == 0 {
		problems = []error{o.checkUsed(set.Files), set.matchColumns()}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return set, nil
}

// eachInput gives every input a title, and makes several of a workbook of which several sheets are wanted.
func eachInput(ctx context.Context, inputs []Input, o Options, l Limits) (each []Input, problems []error) {
	for _, in := range inputs {
		in.Title = cmp.Or(in.Title, in.Path)
		sheets := []Input{in}
		if in.Path != "-" {
			var err error
			if sheets, err = eachSheet(ctx, in, o, l); err != nil {
				for _, err := range problem.All(err) {
					problems = append(problems, named(in.Title, err))
				}
				continue
			}
		}
		each = append(each, sheets...)
	}
	return each, problems
}

func surveyFile(ctx context.Context, f *File, o Options, l Limits, table []format) error {
	if f.Path == "-" {
		return unusable("keep a copy of it first", "standard input can be read only once")
	}
	raw, err := openRaw(f, nil)
	if err != nil {
		return err
	}
	t := newText(raw)
	defer t.Close()
	f.Size = raw.size
	var content []byte
	if i := slices.IndexFunc(table, func(f format) bool { return f.holds != nil && f.holds(raw) }); i >= 0 {
		f.format = &table[i]
		if o.Format != "" && o.Format != f.format.name {
			return unusable("leave the format unset", "it is %s (%s), and %s is set", f.format.noun, f.format.endings[0], o.Format)
		}
		content, err = readPacked(t)
	} else {
		content, err = surveyText(ctx, f, t, o, l, table)
	}
	if err != nil {
		return err
	}
	f.Format = f.format.name
	if f.info == nil {
		f.SHA256, f.info = raw.digest(), raw.begin
	}
	return f.format.survey(ctx, f, content, o, l)
}

// beforeHeader is how many bytes of a text the survey looks at beyond the longest record, for a header that is not on the first line.
const beforeHeader = 128 << 10

// surveyText reads the whole of a text. It fills in what does not depend on the format, and the format. It returns the beginning of the content,
// without byte order mark and in UTF-8 where it is not decoded cell by cell: all of it, or as much as a record and what may precede the header.
func surveyText(ctx context.Context, f *File, t *text, o Options, l Limits, table []format) (head []byte, err error) {
	if err := t.unpack(l); err != nil {
		return nil, err
	}
	f.Compression = t.compression
	sample, err := t.Peek(4 << 10)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if f.Encoding, f.markLength, err = encodingBefore(sample, o.Encoding); err != nil {
		return nil, err
	}
	ascii := watchASCII(t, f.Encoding)
	if err := t.decode(f.Encoding); err != nil {
		return nil, err
	}
	counts := textCounts{ctx: ctx}
	head, err = io.ReadAll(io.TeeReader(io.LimitReader(t, int64(l.Record)+beforeHeader), &counts))
	if err == nil {
		_, err = io.Copy(&counts, t)
	}
	if err == nil {
		err = t.raw.finish()
	}
	if err != nil {
		return nil, err
	}
	counts.finish()
	if counts.bytes == 0 {
		return nil, unusable("an input has at least a header line", "there is nothing in it")
	}
	if o.Format == "" {
		if err := foreignText(head).refusal(); err != nil {
			return nil, err
		}
	}
	if f.format, err = formatOf(table, t.name, head, o.Format); err != nil {
		return nil, err
	}
	f.SHA256, f.info = t.raw.digest(), t.raw.begin
	if err := checkJoined(f, &counts, ascii); err != nil {
		return nil, err
	}
	if f.Encoding == "" {
		if err := f.findEncoding(ctx, &counts, l); err != nil {
			return nil, err
		}
		if head, err = io.ReadAll(newDecodingReader(bytes.NewReader(head), f.Encoding)); err != nil {
			return nil, err
		}
	}
	f.onlyCR = counts.onlyCR()
	if f.format.tabular {
		f.EmptyRows = counts.emptyRows
	}
	anyEnd := dialectOf(f, o).anyEnd
	f.Lines, f.NotUTF8, f.FirstNot, f.Multibyte = counts.lines(anyEnd), counts.notUTF8, counts.firstNot, counts.multibyte
	if anyEnd {
		f.FirstNot = counts.firstNotAny
	}
	return head, nil
}

// encodingBefore recognises the encoding by the beginning of a content and the setting; empty when all of it must be seen.
func encodingBefore(sample []byte, setting string) (encoding string, markLength int, err error) {
	marked, length := markOf(sample)
	wanted := encodingNamed(setting)
	switch {
	case marked != "" && wanted != "" && wanted != marked && !strings.HasPrefix(marked, wanted):
		return "", 0, unusable("leave the encoding unset", "it begins with the byte order mark of %s, and %s is set", marked, wanted)
	case marked == UTF8:
		return UTF8, length, nil
	case marked != "":
		return marked, 0, nil
	}
	encoding = cmp.Or(utf16ByNUL(sample), utf32ByNUL(sample))
	switch wide := strings.HasPrefix(wanted, utf16ByMark) || strings.HasPrefix(wanted, utf32ByMark); {
	case wanted != "" && !wide && encoding != "":
		return "", 0, unusable("leave the encoding unset", "it looks like %s, and %s is set", encoding, wanted)
	case wanted != "" && wanted != utf16ByMark && wanted != utf32ByMark:
		return wanted, 0, nil
	}
	if wanted != "" && !strings.HasPrefix(encoding, wanted) {
		return "", 0, unusable("use "+wanted+"le or "+wanted+"be", "it has no byte order mark")
	}
	return encoding, 0, nil
}
