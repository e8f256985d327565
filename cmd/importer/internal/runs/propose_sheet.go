package runs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping/job"
	"importer/mapping/suggest"
	"importer/pipeline/source"
)

// maxTried is how many sheets of a workbook a proposal looks at.
const maxTried = 20

// sheetTried is what an input, or a sheet of a workbook, looks like to a proposal.
type sheetTried struct {
	source.Sheet
	sample  *suggest.Sample
	doubt   *source.Doubt  // about its encoding; nil: none
	unread  int            // rows that cannot be read
	read    source.Options // with which it was read
	refused error          // why it cannot be read without them; nil where it can
	mapped  int            // columns that are a standard field for certain
	sum     suggest.Score  // of these, which decides between two
}

// sheetSample is a sample of the sheet that looks most like a list of people, where a workbook has several and none is named. Of two that look alike it
// is the first. The name is "" where the first sheet is the one, as it is for any other input; beside says in comments which others there are.
func (c *call) sheetSample(ctx context.Context, in input, options source.Options, propose func(*suggest.Sample, source.Options) *suggest.Proposal) (found sheetTried, beside string, err error) {
	sheets, err := source.Sheets(ctx, in.Path)
	if err != nil || options.Sheet != "" || len(sheets) < 2 {
		found, err = c.readAdvised(ctx, in, options) // which says better what is wrong with a file
		return found, "", err
	}
	var tried []sheetTried
	var first error
	for _, s := range sheets[:min(len(sheets), maxTried)] {
		options.Sheet = job.JoinColumns([]string{s.Name})
		one, err := c.readAdvised(ctx, in, options)
		if ctx.Err() != nil {
			return found, "", context.Cause(ctx)
		}
		if err != nil {
			first = errors.Join(first, err)
			continue
		}
		one.Sheet = s
		one.weigh(propose(one.sample, one.read))
		tried = append(tried, one)
	}
	if len(tried) == 0 {
		return found, "", first
	}
	best := slices.MaxFunc(tried, func(a, b sheetTried) int {
		if a.mapped != b.mapped {
			return a.mapped - b.mapped
		}
		return int(a.sum*100) - int(b.sum*100)
	})
	beside = besideText(best, sheets)
	if best.Name == sheets[0].Name {
		best.Name = ""
	}
	return best, beside, nil
}

// weigh counts what a proposal maps. A sheet without rows is no list.
func (t *sheetTried) weigh(p *suggest.Proposal) {
	if rows, _ := t.sample.Rows(); rows == 0 {
		return
	}
	for _, choice := range p.Choices {
		if choice.Spec != nil && len(choice.Spec.Columns) > 0 {
			t.mapped++
			t.sum += choice.Score
		}
	}
}

// besideText says which other sheets there are, and how those with the same columns are read too.
func besideText(best sheetTried, sheets []source.Sheet) string {
	var others, same []string
	for _, s := range sheets {
		switch {
		case s.Name == best.Name:
			same = append(same, s.Name)
		case sameNames(s.Header, best.Header):
			same = append(same, s.Name)
			others = append(others, fmt.Sprintf("%q (the same columns)", s.Name))
		default:
			others = append(others, fmt.Sprintf("%q", s.Name))
		}
	}
	text := fmt.Sprintf("\n# The workbook has %d sheets. This is %q; there are also: %s\n", len(sheets), best.Name, strings.Join(others, ", "))
	if len(same) > 1 {
		text += "# To read those with the same columns too:\n#   input: {sheet: " + yamlList(same) + "}\n"
	}
	return text
}

func yamlList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// sameNames reports whether two headers name the same columns, in any order.
func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// withSheet is what a call that named the sheet would be given.
func (p precedence) withSheet(name string) precedence {
	if name == "" {
		return p
	}
	given := maps.Clone(p.given)
	if given == nil {
		given = map[string]string{}
	}
	given["sheet"] = job.JoinColumns([]string{name})
	p.given = given
	return p
}
