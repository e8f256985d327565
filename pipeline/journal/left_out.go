package journal

import (
	"regexp"
	"strings"
)

// LeftOut is a field that a row was sent without, and why: a value that could not be sent, or one that another person of the list has.
type LeftOut struct {
	Field string // its name, as in the job file
	Code  string // as of a fault
}

// leftOutClause is how a message says it, once for each field, in front of everything else: "sent without phone: phone_invalid; the rest".
var leftOutClause = regexp.MustCompile(`^sent without ([a-z][a-z_]*(?:\.[^;:]+)?): ([a-z][a-z0-9_]*)(?:; |$)`)

// WithLeftOut returns the message of a row that was sent without fields. [ReadLeftOut] reads them back: the journal is what reports are made from.
func WithLeftOut(fields []LeftOut, message string) string {
	var clauses []string
	for _, f := range fields {
		clauses = append(clauses, "sent without "+f.Field+": "+f.Code)
	}
	if message != "" {
		clauses = append(clauses, message)
	}
	return strings.Join(clauses, "; ")
}

// ReadLeftOut returns the fields that a row was sent without, by its message.
func ReadLeftOut(message string) (fields []LeftOut) {
	for strings.HasPrefix(message, "sent without ") { // the expression is asked only where it is worth it
		clause := leftOutClause.FindStringSubmatch(message)
		if clause == nil {
			break
		}
		fields = append(fields, LeftOut{clause[1], clause[2]})
		message = message[len(clause[0]):]
	}
	return fields
}
