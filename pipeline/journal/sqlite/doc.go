// Package sqlite keeps a journal in one SQLite file. [Open] opens it, and makes it where there is none.
//
// While the file is open, -wal and -shm are beside it; all are 0600. Every commit is synced to the disk before it counts. One connection writes;
// readers have their own and hold nobody up. After the first failure of the storage all calls fail with it: what is on the disk is unknown then,
// and a second sync can report success for data that is lost. Opening the file again shows what is there.
//
// The schema has a version. A file of an older version is brought up to date when it is opened (see migrate.go), one of a newer is refused.
package sqlite
