package source

import (
	"context"
	"encoding/xml"
	"path"
	"strings"
)

// The bounds of a workbook's lists. Excel allows as many sheets as there is memory for; nobody looks through a thousand.
const (
	maxSheets    = 1000
	maxRelations = 10_000
)

// relation is a part that the workbook refers to.
type relation struct{ kind, part string }

// readSheets lists the worksheets in the order of their tabs, without sheets of other kinds, such as charts.
func (b *book) readSheets(ctx context.Context) error {
	relations, err := b.relations(ctx)
	if err != nil {
		return err
	}
	for _, r := range relations {
		switch path.Base(r.kind) {
		case "sharedStrings":
			b.strings = r.part
		case "styles":
			b.stylesAt = r.part
		}
	}
	sheets, seen := 0, map[string]bool{}
	err = b.walk(ctx, workbookPart, func(_ *xml.Decoder, start xml.StartElement, within string) error {
		switch start.Name.Local {
		case "workbookPr":
			b.date1904 = isTrue(attribute(start, "date1904"))
		case "calcPr":
			b.recomputes = isTrue(attribute(start, "fullCalcOnLoad"))
		case "sheet":
			if within != "sheets" {
				return nil
			}
			if sheets++; sheets > maxSheets {
				return unusable(hintLarge, "the workbook has more than %d sheets", maxSheets)
			}
			r := relations[relationID(start)]
			if !strings.HasSuffix(r.kind, "/worksheet") {
				return nil
			}
			if seen[r.part] {
				return unusable(hintWorkbook, "two sheets of the workbook are the same part of it")
			}
			seen[r.part] = true
			state := attribute(start, "state")
			b.sheets = append(b.sheets, sheet{name: attribute(start, "name"), hidden: state == "hidden" || state == "veryHidden", part: r.part})
		}
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		err = unusable("save the list as CSV UTF-8", "the workbook has no worksheet")
	}
	return err
}

// relations lists the parts that the workbook refers to, by the name that it has for each.
func (b *book) relations(ctx context.Context) (map[string]relation, error) {
	all := map[string]relation{}
	err := b.walk(ctx, relationsPart, func(_ *xml.Decoder, start xml.StartElement, _ string) error {
		if start.Name.Local != "Relationship" {
			return nil
		}
		id, target := attribute(start, "Id"), attribute(start, "Target")
		if _, twice := all[id]; twice {
			return unusable(hintWorkbook, "the workbook has two relations of one name, and which of them counts cannot be known")
		}
		part := path.Join("xl", target)
		if strings.HasPrefix(target, "/") {
			part = path.Clean(target[1:])
		}
		all[id] = relation{attribute(start, "Type"), part}
		if len(all) > maxRelations {
			return unusable(hintLarge, "the workbook has more than %d relations", maxRelations)
		}
		return nil
	})
	return all, err
}

// relationID is a sheet's relation, in the usual and in the strict variant of the format.
func relationID(start xml.StartElement) string {
	for _, a := range start.Attr {
		if a.Name.Local == "id" && (a.Name.Space == officeTypes || a.Name.Space == "http://purl.oclc.org/ooxml/officeDocument/relationships") {
			return a.Value
		}
	}
	return ""
}
