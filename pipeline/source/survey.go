package source

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"

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
	set := &Set{Files: make([]File, len(inputs)), limits: limits}
	var problems []error
	for i, in := range inputs {
		f := &set.Files[i]
		f.Input = in
		f.Title = cmp.Or(in.Title, in.Path)
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
		content, err = io.ReadAll(t)
	} else {
		content, err = surveyText(ctx, f, t, o, l, table)
	}
	if err != nil {
		return err
	}
	f.Format, f.SHA256, f.info = f.format.name, raw.digest(), raw.begin
	return f.format.survey(ctx, f, content, o, l)
}

// beforeHeader is how many bytes of a text the survey looks at beyond the longest record, for a header that is not on the first line.
const beforeHeader = 128 << 10

// surveyText reads the whole of a text. It fills in what does not depend on the format, and the format. It returns the beginning of the content,
// without byte order mark and in UTF-8 where it was UTF-16: all of it, or as much as a record and what may precede the header.
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
	if f.format, err = formatOf(table, t.name, head, o.Format); err != nil {
		return nil, err
	}
	if f.Encoding == "" {
		f.Encoding = UTF8 // which JSON is by its standard (RFC 8259, 8.1)
		if f.format.tabular {
			f.Encoding = counts.encoding()
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
	case marked == utf32:
		return "", 0, unusable("save it as UTF-8", "it is written in UTF-32")
	case marked != "" && wanted != "" && wanted != marked && (wanted != utf16ByMark || marked == UTF8):
		return "", 0, unusable("leave the encoding unset", "it begins with the byte order mark of %s, and %s is set", marked, wanted)
	case marked == UTF8:
		return UTF8, length, nil
	case marked != "":
		return marked, 0, nil
	case wanted != "" && wanted != utf16ByMark:
		return wanted, 0, nil
	}
	encoding = utf16ByNUL(sample)
	if encoding == "" && wanted == utf16ByMark {
		return "", 0, unusable("use utf-16le or utf-16be", "it has no byte order mark")
	}
	return encoding, 0, nil
}
