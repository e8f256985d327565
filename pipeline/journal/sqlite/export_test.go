package sqlite

import (
	"context"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Migrating returns options with steps added to the schema's.
func Migrating(steps ...string) Options { return Options{migrations: slices.Concat(migrations, steps)} }

// Newest is the version of the schema that this package writes.
var Newest = newest(migrations)

// PurgeableSteps is how many steps of SQLite's machine Purgeable takes.
func (s *Store) PurgeableSteps(ctx context.Context, before time.Time) (steps int, err error) {
	err = s.read(ctx, func(d *db) error {
		q := d.query(sqlOld, before.UnixMicro())
		q.stmt.Status(sqlite3.STMTSTATUS_VM_STEP, true)
		err := q.each(func(*query) {})
		steps = q.stmt.Status(sqlite3.STMTSTATUS_VM_STEP, true)
		return err
	})
	return steps, err
}
