package source

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"importer/mapping/problem"
)

// Sheet is a worksheet of a workbook.
type Sheet struct {
	Name   string
	Header []string // its first row that is not blank; nil where there is none
}

// Sheets lists the worksheets of a workbook that are not hidden, in the order of their tabs; nil for any other file. It reads the whole file.
func Sheets(ctx context.Context, path string) (list []Sheet, err error) {
	defer recovered(&err)
	b, packed, err := bookOf(ctx, &File{Input: Input{Path: path, Title: path}}, Limits{}.withDefaults())
	if b == nil || err != nil {
		return nil, err
	}
	shown := slices.DeleteFunc(slices.Clone(b.sheets), func(s sheet) bool { return s.hidden })
	if len(shown) == 0 {
		return nil, nil
	}
	return b.headers(ctx, packed, shown)
}

// headers reads the first rows of sheets.
func (b *book) headers(ctx context.Context, packed []byte, sheets []sheet) (list []Sheet, err error) {
	if err := b.countStrings(ctx); err != nil {
		return nil, err
	}
	for _, s := range sheets {
		if err := b.checkFirst(ctx, s); err != nil {
			return nil, ofSheet(s.name, err)
		}
	}
	book, err := b.open(ctx, packed, sheets)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	for i, s := range sheets {
		header, err := firstRow(ctx, book, sheetName(i))
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			return nil, ofSheet(s.name, badWorkbook(err))
		}
		list = append(list, Sheet{s.name, header})
	}
	return list, nil
}

// ofSheet names a sheet in an error that may be of another than the one that is wanted.
func ofSheet(name string, err error) error {
	e, ours := errors.AsType[*problem.Error](err)
	if !ours {
		return err
	}
	at := *e
	at.Message = fmt.Sprintf("sheet %q: %s", name, e.Message)
	return &at
}

// checkFirst looks at a sheet's rows down to the first that holds something, before excelize reads them, and at the length of the rest.
func (b *book) checkFirst(ctx context.Context, s sheet) error {
	src, err := openPart(b.archive, s.part)
	if err != nil {
		return err
	}
	defer src.Close()
	row, column, filled := 0, 0, false
	err = walk(ctx, src, func(_ *xml.Decoder, start xml.StartElement, _ string) error {
		switch start.Name.Local {
		case "row":
			if filled {
				return errEnough
			}
			row, column = row+1, 0
			if at := attribute(start, "r"); at != "" {
				row, _ = strconv.Atoi(at)
			}
		case "c":
			column++
		case "v", "is", "f":
			filled = true
		}
		if row > excelize.TotalRows || column > excelize.MaxColumns {
			return badWorkbook(fmt.Errorf("there is no row %d, or no cell %d in it", row, column))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err = io.Copy(io.Discard, src); err != nil {
		return badWorkbook(err)
	}
	return nil
}

// firstRow returns the names in the first row of a sheet that is not blank.
func firstRow(ctx context.Context, book *excelize.File, sheet string) ([]string, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() && ctx.Err() == nil {
		cells, err := rows.Columns()
		if err != nil || len(cells) > 0 {
			return headerNames(cells), err
		}
	}
	return nil, rows.Error()
}
