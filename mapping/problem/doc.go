// Package problem is the one way in which this project says that something is wrong.
//
// An [Error] has fields for the place (file, line, column), what is wrong, what to do about it, and its cause; a [Kind] says whose business it is.
// Code that finds a problem makes an Error with a literal, [New] or [Wrap], and returns several with errors.Join. The front end prints them: [All]
// takes them apart, [Error.Detail] or Error and [Hint] are their texts, [KindOf] decides the exit code.
package problem
