// Package mapping turns a row into a [Customer] by what a job file says under `fields`.
//
// A [Field] is one of the standard customer fields; the catalogue says its name, [Kind], [Privacy] and meaning.
// A [Spec] says where each field comes from. [Compile] fits a Spec to a header once and reports every misfit at once,
// as [Problems] that point into the job file. The [Mapper] it returns then turns row after row into customers:
//
//	m, err := mapping.Compile(spec, header, mapping.Options{Today: today})
//	customer, faults := m.Map(cells)
//
// Everything is text until a field's Kind says otherwise, so no leading zero and no plus sign is ever lost. A cell is
// tidied (white space at the ends, no-break spaces, characters that show nothing), then taken for empty when `empty` lists it,
// then translated by `values`, then replaced by `default` when empty, then read as its Kind. What can't be read without a guess
// is a [Fault]: dates that do not exist or could mean two days, numbers of no known country, names that come apart in two
// ways, words nobody listed. All faults of a row are reported together. What was done to cells without being a fault is
// counted in [Mapper.Notes].
//
// docs/mapping.md shows all of it with examples, which the tests run.
//
// No text made here shows a personal value in clear: [Mask] is applied to everything that goes into a Fault.
//
// The job file's syntax is read by package mapping/job; this package does not know YAML.
package mapping
