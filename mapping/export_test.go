package mapping

import "importer/mapping/problem"

// Function documents one function of expressions.
type Function struct{ Name, Usage, Doc string }

// Functions returns what expressions can call, in the order of the documentation.
func Functions() []Function {
	docs := make([]Function, len(functions))
	for i, f := range functions {
		docs[i] = Function{f.name, f.usage, f.doc}
	}
	return docs
}

// NoteCodes returns every code a Note can carry, each with its meaning, in the order in which notes are told.
func NoteCodes() (codes []problem.Code) {
	for _, kind := range noteKinds {
		codes = append(codes, kind.Code)
	}
	return codes
}
