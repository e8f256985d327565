// Package journaltest holds a journal's store to its contract: a store's test is one call of [Run].
package journaltest
