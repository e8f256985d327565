// Package job reads job files: the YAML that says which vendor a list goes to, how its columns become customer fields,
// and how the run is to be made.
//
// Call [Load] first. [File.Spec] is what package mapping compiles, [File.Settings] are the vendor's, [File.Option] gives everything else:
//
//	file, err := job.Load("job.yaml", options)
//	mapper, err := mapping.Compile(file.Spec(), header, mapping.Options{})
//	err = file.Explain(err) // with the lines of the job file
//	rate, given := file.Option("limits.rate")
//
// This package knows the keys that are about the mapping, and extends:
//
//	extends: base.yaml        # another job file as the base, relative to this one
//	settings: {name: value}   # not secret; named as the vendor names them
//	fields: {email: E-mail, phone: {column: Mobile, country: IE}}
//	wire: {vendorField: {column: X, type: number}}
//	ignore: [Internal Id]
//	empty: [n/a, "-"]         # texts that stand for an empty cell
//
// All others are options that the program declares, see [Option]: vendor, limits.rate, run.out and so on. Their values are checked by the program's own rules.
//
// Reading is strict: an unknown key, a wrong type, a key set twice are problems. All problems are found at once and returned as joined
// [problem.Error]s, each with file, line, column and the source line. Every text keeps its place as a [Scalar], so that code that looks at it later
// (a vendor at its settings, a limiter at its rate) can point at it too: see [File.Problem] and [File.Explain].
//
// A scalar is the text that was written: 007, +353861234567, NO, 2026-01-02 and 1.50 lose nothing. null is no value.
// Anchors, aliases and merge keys work within a file; tags, and more than one document, are refused.
//
// With `extends`, the base is read first: fields, wire members and settings merge by name (the extending file wins and
// replaces a field as a whole), ignore and empty lists add up, and every option of the extending file replaces the base's.
//
// All methods work on a nil *File, which is the job file that says nothing.
package job
