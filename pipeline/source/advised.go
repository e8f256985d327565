package source

import (
	"cmp"
	"context"
)

// Advised returns options with which an input can be read that [Survey] refuses with o, where the refusal names them; ok is false where it does not. It
// reads the input once for each thing that the refusals name, at most three times.
func Advised(ctx context.Context, in Input, o Options) (better Options, ok bool) {
	limits := o.Limits.withDefaults()
	if o.check(limits) != nil {
		return o, false
	}
	for range 3 {
		f := File{Input: in}
		f.Title = cmp.Or(in.Title, in.Path)
		of := o
		of.Sheet = cmp.Or(in.Sheet, o.Sheet)
		if err := surveyFile(ctx, &f, of, limits, formats()); err == nil {
			return o, ok
		}
		if f.better == nil {
			break
		}
		o, ok = *f.better, true
		o.Sheet = of.Sheet
	}
	return o, false
}
