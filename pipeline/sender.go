package pipeline

import (
	"context"

	"importer/mapping"
)

// Sender is what a run does with rows that are fit to be sent. A plan without one sends them to the vendor; [DryRun] sends nothing.
type Sender interface {
	serve(*Engine) sender
}

// sender serves one engine. placing, accept and unfit are called in input order from one goroutine, question and send from the workers.
type sender interface {
	begin(context.Context) error                // before the first row
	end(context.Context) error                  // after the last, when the journal has everything
	intends() bool                              // whether rows are written down before they are sent: that needs the digests of their contents
	placing(ctx context.Context, t *task) error // the row is reached, and nothing is decided
	unfit(t *task)                              // the row has faults
	accept(t *task) (bool, error)               // the row is to be sent. True: sending takes no time, and needs no worker
	question(hard context.Context, t *task, q question) (*mapping.Fault, bool)
	send(hard context.Context, t *task)
}

// wire sends rows to the vendor; its send is in way.go.
type wire struct{ *Engine }

func (w wire) begin(ctx context.Context) error      { return w.recollect(ctx) }
func (w wire) end(context.Context) error            { return nil }
func (w wire) intends() bool                        { return true }
func (w wire) placing(context.Context, *task) error { return nil }
func (w wire) unfit(*task)                          {}
func (w wire) accept(*task) (bool, error)           { return false, nil }
