// Package standintest holds a stand-in to the vendor's page: its examples work, every error of the page can be had, and what is not on the
// page is refused. A stand-in's test is a table of cases and one call of [Run].
package standintest
