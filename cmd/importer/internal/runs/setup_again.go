package runs

import (
	"context"
	"errors"
	"slices"
)

// lookAgain looks at the inputs once more, when time has passed since: at the files that folders and patterns stand for now, as they are now, and at their new
// columns. It tells only what differs from what was told before.
func (c *call) lookAgain(ctx context.Context, s *setup) error {
	inputs, columns := s.inputs, s.unmapped()
	again := c.call(c.Request)
	again.hold()
	if err := again.readInputs(ctx, s); err != nil {
		return err
	}
	if !slices.Equal(s.inputs, inputs) || !slices.Equal(s.unmapped(), columns) {
		again.release()
	}
	return nil
}

// readInputs does with the inputs as they are now what setUp did with them.
func (c *call) readInputs(ctx context.Context, s *setup) error {
	inputs := slices.Clone(s.named)
	for i := range inputs {
		if inputs[i].Name == "-" {
			inputs[i].Path = s.spooled
		}
	}
	var err error
	if s.inputs, err = c.expand(inputs); err != nil {
		return err
	}
	if s.set, err = c.survey(ctx, s.inputs, s.reading); err != nil {
		return err
	}
	s.left = nil
	faults := c.fit(s)
	if len(s.left) > 0 {
		faults = append(faults, c.newColumns(ctx, s, plan{}, len(faults) == 0)...)
	}
	if faults = append(faults, s.inDoubt(encodingOfList)...); len(faults) == 0 {
		return s.study(ctx)
	}
	return errors.Join(faults...)
}
