package mapping

import (
	"strconv"
	"strings"
)

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
	if text == "Loading..." { // Google Sheets, while it computes
		return true
	}
	name, number, ok := strings.Cut(text, ":")
	return ok && len(number) == 3 && number[0] == '5' && isDigits(number, 3) && spreadsheetWords().Has("numbered", strings.ToUpper(strings.TrimSpace(name)))
}

var cellFormula = newFlaw(CodeCellError, "holds a formula of a spreadsheet, in place of its value").withHint("export the list with values in place of formulas, or fix the cell")

// cellError is the flaw of a text that [IsCellError] knows. The text is nobody's: it may be shown.
func cellError(text string) *flaw {
	bad := newFlaw(CodeCellError, "holds an error of the spreadsheet, in place of a value")
	return bad.withHint("fix the cell in the spreadsheet and export the list, or save the workbook, again; where it stands for no value, set empty: [" + strconv.Quote(text) + "]")
}
