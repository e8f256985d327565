package sqlite

import "slices"

// Migrating returns options with steps added to the schema's.
func Migrating(steps ...string) Options { return Options{migrations: slices.Concat(migrations, steps)} }

// Newest is the version of the schema that this package writes.
var Newest = newest(migrations)
