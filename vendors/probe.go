package vendors

import (
	"context"
	"net/http"

	"importer/mapping"
)

// Probe is a question that can be asked without side effect before a row is sent (Epixel: does the sponsor exist).
type Probe struct {
	Name string
	Doc  string
	When func(a *Account) bool            // whether the account's settings ask for it; nil = always
	Key  func(c *mapping.Customer) string // what to ask about; "" = nothing to ask for this row. Each distinct key is asked once a run
	Ask  func(ctx context.Context, a *Account, rt http.RoundTripper, key string) (*mapping.Fault, *Verdict)
	// Ask makes the question's requests. A fault means the row is invalid and must not be sent. A verdict means that the question failed:
	// Throttled, NotSent or Fatal count as for a row; Unknown means nobody can say, and the row goes ahead. Both nil: all is well.
}
