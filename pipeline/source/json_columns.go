package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
)

// learned is what a reading of a JSON input for its columns found.
type learned struct {
	names  []string
	over   int64 // the line up to which there are more than Limits.Columns; 0 where there are not
	wide   bool  // a row by itself has more
	commas int64 // lines with a comma behind the object
	astray bool  // there is no list under the path
}

// learnColumns reads the input once more for its columns: the flattened names of all rows that can be read, in order of first appearance. Where they
// are too many, those that the job ignores are left out, and it reads once again.
func learnColumns(ctx context.Context, f *File, o Options, l Limits) error {
	found, err := learnOnce(ctx, f, l)
	if (found.over > 0 || found.wide) && len(o.Ignore) > 0 {
		f.json.left = o.leftOut()
		found, err = learnOnce(ctx, f, l)
	}
	switch {
	case err != nil && found.astray:
		return f.astray(ctx, err, o, l)
	case err != nil:
		return err
	case found.over > 0:
		return f.tooManyMembers(found, o, l)
	}
	f.Header, f.json.commas = found.names, found.commas
	return nil
}

// leftOut returns which members can be left out: those that the job ignores and nothing draws on.
func (o Options) leftOut() func(string) bool {
	ignored := mapping.Ignores(o.Ignore)
	return func(name string) bool { return ignored(name) && (o.Kept == nil || !o.Kept(name)) }
}

func learnOnce(ctx context.Context, f *File, l Limits) (found learned, err error) {
	t, err := openText(f, l, nil)
	if err != nil {
		return found, err
	}
	defer t.Close()
	list, err := f.format.open(ctx, f, t, l)
	if err != nil {
		return found, err
	}
	j := list.(*jsonRows)
	j.learn = true
	none := unusable(hintObject, "none of its rows has a member")
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return found, context.Cause(ctx)
		}
		row, err := j.next()
		switch {
		case err == io.EOF && len(j.names) > 0:
			if lines, ok := j.elements.(*jsonLines); ok {
				found.commas = lines.commas
			}
			found.names = j.names
			return found, nil
		case err == io.EOF && n == 0:
			return found, unusable("where there should be people, export it again; an empty list needs no run", "the list is empty: there are no rows in it")
		case err == io.EOF:
			return found, none
		case err != nil:
			under, ok := j.elements.(*jsonUnder)
			found.astray = ok && under.lists == 0
			return found, err
		case len(j.names) > l.Columns:
			found.names, found.over = j.names, row.Line
			return found, nil
		case row.Broken != nil && none.Line == 0:
			none = unusableAt(row.Line, row.Broken.Hint, "no row can be read; the first: %s", row.Broken.Message)
		}
		found.wide = found.wide || row.Broken != nil && row.Broken.Code == CodeTooMany
	}
}

// astray adds to the refusal of a path under which there is no list where one is.
func (f *File) astray(ctx context.Context, err error, o Options, l Limits) error {
	lists, _ := wrapped(ctx, f, l) // what is wrong is known
	var e *problem.Error
	if len(lists) == 0 || lists[0].form != asObjects || !errors.As(err, &e) || ctx.Err() != nil {
		return err
	}
	better := f.underPath(lists, o)
	at := *e
	at.Fix = better.Message + ": " + better.Fix
	return &at
}

// tooManyMembers is the refusal of rows that have too many different members together.
func (f *File) tooManyMembers(found learned, o Options, l Limits) error {
	hint := hintTooMany(found.names)
	if grown := growing(found.names); grown != "" {
		better := o
		better.Ignore = append(o.Ignore[:len(o.Ignore):len(o.Ignore)], grown)
		f.better = &better
	}
	return unusableAt(found.over, hint, "the rows up to here have more than %d different members", l.Columns)
}

// hintTooMany says what to do about members that are too many.
func hintTooMany(names []string) string {
	grown := growing(names)
	if grown == "" {
		return "members of a row are columns; are these names, or values?"
	}
	return fmt.Sprintf("most of them are below %q, where each row seems to have names of its own: leave them out by the job file's line ignore: [%s]",
		mapping.Escape(strings.TrimRight(grown, ".[]*"), 100), mapping.Scalar(grown))
}

// growing returns the pattern for the members below the object or list that has the most of them, if that is more than half of all names; "" for none.
func growing(names []string) string {
	children := map[string]map[string]bool{}
	best := ""
	for _, name := range names {
		for i := 1; i < len(name); i++ {
			if name[i] != '.' && name[i] != '[' {
				continue
			}
			end := len(name)
			if next := strings.IndexAny(name[i+1:], ".["); next >= 0 {
				end = i + 1 + next
			}
			parent, child := name[:i]+name[i:i+1], name[i:end]
			if children[parent] == nil {
				children[parent] = map[string]bool{}
			}
			if children[parent][child] = true; len(children[parent]) > len(children[best]) {
				best = parent
			}
		}
	}
	switch {
	case len(children[best])*2 <= len(names):
		return ""
	case strings.HasSuffix(best, "["):
		return best + "*]"
	}
	return best + "*"
}
