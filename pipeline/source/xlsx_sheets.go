package source

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Sheet is a worksheet of a workbook.
type Sheet struct {
	Name   string
	Header []string // its first row that is not blank; nil where there is none
}

// Sheets lists the worksheets of a workbook that are not hidden, in the order of their tabs; nil for any other file. It reads the whole file.
func Sheets(ctx context.Context, path string) (list []Sheet, err error) {
	defer recovered(&err)
	raw, err := openRaw(&File{Input: Input{Path: path, Title: path}}, nil)
	if err != nil {
		return nil, err
	}
	t := newText(raw)
	defer t.Close()
	if !isWorkbook(raw) {
		return nil, nil
	}
	packed, err := io.ReadAll(t)
	if err != nil {
		return nil, err
	}
	b, err := readBook(packed, Limits{}.withDefaults())
	if err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook})
	if err != nil {
		return nil, badWorkbook(err)
	}
	defer book.Close()
	for _, s := range b.sheets {
		switch header, err := firstRow(book, s.name); {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case s.hidden:
		case err != nil:
			return nil, badWorkbook(fmt.Errorf("sheet %q: %w", s.name, err))
		default:
			list = append(list, Sheet{s.name, header})
		}
	}
	return list, nil
}

// firstRow returns the names in the first row of a sheet that is not blank.
func firstRow(book *excelize.File, sheet string) ([]string, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil || len(cells) > 0 {
			return headerNames(cells), err
		}
	}
	return nil, rows.Error()
}
