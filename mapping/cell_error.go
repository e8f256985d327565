package mapping

import "strings"

// IsCellError reports whether a text is what a spreadsheet shows in place of a value that it cannot compute or has no room for, in any of the usual
// languages and programs: #N/A, #NAME?, #BEZUG!, Err:502, ######. White space must have been trimmed.
func IsCellError(text string) bool {
	const longest = 40 // bytes
	if len(text) < 3 || len(text) > longest {
		return false
	}
	if name, ok := strings.CutPrefix(text, "#"); ok {
		return strings.Trim(name, "#") == "" || spreadsheetWords().Has("errors", strings.ToUpper(name))
	}
	name, number, ok := strings.Cut(text, ":")
	return ok && len(number) == 3 && number[0] == '5' && isDigits(number, 3) && spreadsheetWords().Has("numbered", strings.ToUpper(strings.TrimSpace(name)))
}

var (
	cellError   = newFlaw(CodeCellError, "holds an error of the spreadsheet, in place of a value")
	cellFormula = newFlaw(CodeCellError, "holds a formula of a spreadsheet, in place of its value")
)
