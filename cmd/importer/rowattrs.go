package main

import (
	"log/slog"

	"importer/pipeline/journal"
)

// rowAttrs is what a log says of a row: no identity, not even masked, and nothing in the vendor's words.
func rowAttrs(r journal.Record) []slog.Attr {
	attrs := []slog.Attr{slog.Int64("row", r.Row), slog.String("status", r.Status.String()), slog.String("code", r.Code)}
	if r.HTTPStatus != 0 {
		attrs = append(attrs, slog.Int("http_status", r.HTTPStatus))
	}
	return append(attrs, slog.Int("attempts", r.Attempt), slog.Duration("elapsed", r.Elapsed))
}
