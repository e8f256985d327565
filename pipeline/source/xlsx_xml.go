package source

import (
	"context"
	"encoding/xml"
	"errors"
	"io"

	"importer/mapping/problem"
)

// The bounds of the XML of a workbook's parts. Spreadsheet programs stay far below them; a file made to hurt would fill the memory with one element.
const (
	maxElement  = 1 << 20 // bytes of a tag, or of an element that is read as one, such as a cell
	maxNesting  = 64      // levels of elements
	askEachTime = 1 << 12 // pieces of XML between two looks at the context
)

// errEnough ends a walk early, without an error.
var errEnough = errors.New("enough was read")

// walk is the function of that name for a part of the workbook.
func (b *book) walk(ctx context.Context, part string, visit func(d *xml.Decoder, start xml.StartElement, within string) error) error {
	src, err := openPart(b.archive, part)
	if err != nil {
		return err
	}
	defer src.Close()
	return walk(ctx, src, visit)
}

// walk hands each element of a part's XML to visit when it begins, with the name of the one it is in. visit may decode the element, and may return
// errEnough. An error is the context's, or a *problem.Error.
func walk(ctx context.Context, src io.Reader, visit func(d *xml.Decoder, start xml.StartElement, within string) error) error {
	p := &pieces{ctx: ctx, src: boundedReader{src: src}}
	p.raw = xml.NewDecoder(&p.src)
	d := xml.NewTokenDecoder(p)
	for {
		p.src.left = maxElement
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if start, ok := token.(xml.StartElement); ok && err == nil {
			err = visit(d, start, p.within())
		}
		switch _, ours := errors.AsType[*problem.Error](err); {
		case err == nil:
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, errEnough):
			return nil
		case ours:
			return err
		default:
			return badWorkbook(err)
		}
	}
}

// pieces reads XML in bounded memory; what decodes elements reads from it.
type pieces struct {
	ctx  context.Context
	raw  *xml.Decoder
	src  boundedReader
	open []string // names of the elements that have begun
	n    int
}

// Token is for xml.NewTokenDecoder, which checks that elements end as they begin.
func (p *pieces) Token() (xml.Token, error) {
	if p.n++; p.n%askEachTime == 0 && p.ctx.Err() != nil {
		return nil, context.Cause(p.ctx)
	}
	token, err := p.raw.RawToken()
	switch t := token.(type) {
	case xml.StartElement:
		if p.open = append(p.open, t.Name.Local); len(p.open) > maxNesting {
			return nil, unusable(hintWorkbook, "the workbook has elements nested over %d levels", maxNesting)
		}
	case xml.EndElement:
		p.open = p.open[:max(len(p.open)-1, 0)]
	}
	return token, err
}

// within is the name of the element around the one that began last; empty for the first.
func (p *pieces) within() string {
	if len(p.open) < 2 {
		return ""
	}
	return p.open[len(p.open)-2]
}

// boundedReader refuses to read more than so many bytes until left is set again. Some KiB are read ahead of what is decoded.
type boundedReader struct {
	src  io.Reader
	left int
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.src.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, unusable(hintWorkbook, "the workbook has an element of more than %d MiB", maxElement>>20)
	}
	return n, err
}
