// Package problem is the one way in which this project says that something is wrong.
//
// An [Error] has fields for the place (file, line, column), what is wrong, what to do about it, and its cause; a [Kind] says whose business it is.
// Make one with a literal or [New], return several with errors.Join, and let the front end print them: [All] takes them apart, [Error.Detail] and
// [Hint] are their texts, [KindOf] decides the exit code.
package problem
