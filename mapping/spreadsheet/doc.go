// Package spreadsheet recognises what a spreadsheet program does to the cells of a list when it opens the file and saves it again: leading zeros and the
// + of a telephone number go, dates are rewritten, long numbers are rounded, UTF-8 is read as something else.
//
//	damage, found := spreadsheet.Of("00107", "107")   // spreadsheet.Zeros, true
//
// It compares two texts and knows nothing of columns and fields. A change that a person makes on purpose is not found, unless it is one that a program
// makes too: 05/06/1990 to 06/05/1990.
package spreadsheet
