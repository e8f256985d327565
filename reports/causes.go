package reports

import (
	"cmp"
	"fmt"
)

// cause is a code as a list shows it: with what was wrong, where that is known.
type cause struct {
	CodeCount
	Said   []said
	Advice string // what to do about all of it; empty where each message has its own
	Others string // what Said leaves out
	First  string // of a run, the message of the first row
}

// said is one message of a cause.
type said struct {
	Count  int64
	Text   string
	Hint   string // empty where the cause's Advice is the same
	Places string // empty where the cause has no other message
}

// causeOf shows at most so many messages of a code. A code of one field names it by itself.
func causeOf(c CodeCount, most int) cause {
	shown := c.Messages[:min(len(c.Messages), most)]
	if len(shown) == 0 {
		return cause{CodeCount: c, Advice: c.Hint, First: c.first}
	}
	v := cause{CodeCount: c, Advice: c.sharedHint()}
	left := c.Count
	for _, m := range shown {
		left -= m.Count
	}
	if left > 0 {
		v.Others = fmt.Sprintf("and %s with other messages", Grouped(left))
	}
	for _, m := range shown {
		one := said{Count: m.Count, Text: m.Message}
		if m.Field != "" && c.Field == "" {
			one.Text = m.Field + ": " + m.Message
		}
		if v.Advice == "" {
			one.Hint = cmp.Or(m.Hint, c.Hint)
		}
		if len(shown) > 1 || left > 0 {
			one.Places = placesOf(m.Samples, m.Count)
		}
		v.Said = append(v.Said, one)
	}
	return v
}

// sharedHint is the hint of all messages; "" where they have several. One without a hint has that of its code.
func (c CodeCount) sharedHint() string {
	shared := cmp.Or(c.Messages[0].Hint, c.Hint)
	for _, m := range c.Messages {
		if cmp.Or(m.Hint, c.Hint) != shared {
			return ""
		}
	}
	return shared
}

// Apart reports whether the messages have places of their own, and those of the code say nothing more.
func (c cause) Apart() bool { return len(c.Said) > 1 || c.Others != "" }
