// Package ahead looks through a whole list before its first row is sent: it finds which row of a person counts, and in which order rows go so that
// sponsors are registered before those whom they sponsor. Only policies that ask for one of the two need it. It also keeps what the engine finds of
// different people who share what a vendor takes from one user only, where that must be known before.
//
// [New] makes a [Look]; [Look.Add] takes every row; [Look.Order] says what was found. The engine then reads the list in as many passes as
// [Order.Passes] says. Within a pass, and from pass to pass, a sponsor's row is read before the rows that it sponsors. So a row that waits, waits
// for one that is under way, and no two rows wait for each other. A list that is in order already takes one pass.
//
// A look takes 24 bytes a row in an unnamed temporary file, besides some MiB. An order takes one bit a row in memory, or 9 bytes with sponsors first,
// and one bit a row more for each field that people share.
package ahead
