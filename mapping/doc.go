// Package mapping turns a row into a [Customer] by what a job file says under `fields`.
//
// Call [Compile] first, once for a job and a header; the [Mapper] it returns then turns row after row into customers:
//
//	m, err := mapping.Compile(spec, header, mapping.Options{Today: today})
//	customer, faults := m.Map(cells)
//
// Between the two, [Mapper.Study] looks at all rows where a cell by itself does not say what it is: without it such cells are faults.
//
// The [Spec] comes from package mapping/job, which reads the job file; this package does not know YAML. Compile reports everything that
// does not fit at once, as joined [problem.Error]s that point into the job file. The standard fields ([Field]) have a name, a [Kind], a
// [Privacy] and a meaning, all in catalogue.go.
//
// Everything is text until a field's Kind says otherwise, so no leading zero and no plus sign is ever lost. A cell is read in these steps:
//
//  1. Damage in it is repaired, where `repair` asks for that and it is certain (damage.go).
//  2. It is cleaned: white space at the ends, no-break spaces, invisible characters (clean.go); what keeps a spreadsheet from changing it is taken off, and
//     what a spreadsheet shows in place of a value is refused (armour.go, cell_error.go).
//  3. It counts as empty when `empty` lists it.
//  4. It is translated by `values`.
//  5. When it is empty, it is replaced by `default`.
//  6. It is looked through for damage (damage.go).
//  7. It is read as its Kind.
//
// Digits without + may be two telephone numbers, and the column as a whole can tell which: [Mapper.Study] looks through it before the first row is read.
//
// What can't be read without a guess is a [Fault]: dates that do not exist or could mean two days, numbers of no known country, names that
// can be split in two ways, words nobody listed, texts that were decoded twice. All faults of a row are reported together. What was done to cells without being a fault is
// counted in [Mapper.Notes]. [Mapper.Readings] is for showing a cell beside what was made of it; mapping/profile does that.
//
// No text made here shows a personal value in clear: [Mask] is applied to everything that goes into a Fault.
//
// Names of months and countries, forms of address and the like are in words/*.txt. docs/mapping.md shows everything with examples, which the
// tests run.
package mapping
