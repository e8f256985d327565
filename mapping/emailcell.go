package mapping

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// emailReader returns how cells of an e-mail field are read.
func (c *compiler) emailReader(s *FieldSpec) func(string) (value, *flaw) {
	if s.Take == "" {
		hint := "fix the address in the list, or have the first one read: `take: first`"
		if len(s.Columns) == 1 {
			hint += " in the field, as in `" + s.Name + ": {column: " + Scalar(s.Columns[0]) + ", take: first}`"
		}
		return func(text string) (value, *flaw) {
			v, bad := readEmail(text)
			if bad != nil && bad.hint == takeHint {
				bad = bad.withHint(hint)
			}
			return v, bad
		}
	}
	if !slices.Contains(takeWords, s.Take) {
		c.addf(s.at("take", ""), didYouMean(s.Take, takeWords, "use first"), "take of %q is %q", s.Name, Escape(s.Take, maxShown))
	}
	if s.Value != nil {
		c.addf(s.at("take", ""), "write the address itself", "%q is a constant: there is nothing to take", s.Name)
	}
	return readFirstEmail
}

// takeHint marks the flaws of cells of which an address can be taken.
const takeHint = "fix the address in the list, or have the first one read by `take: first`"

// readFirstEmail reads a cell as readEmail does, and takes the first address where the cell holds more than one plain address and it
// is clear which that is.
func readFirstEmail(s string) (value, *flaw) {
	v, bad := readEmail(s)
	if bad == nil || bad.hint != takeHint {
		return v, bad
	}
	first := firstAddress(s)
	if first == "" {
		return value{}, bad.withHint("fix the address in the list: nobody can tell which part of the cell it is")
	}
	if v, bad = readEmail(first); bad != nil {
		return value{}, bad
	}
	v.noted |= emailTaken
	return v, nil
}

var (
	atSign     = regexp.MustCompile(`(?i)\s*[\[({]\s*(?:at|ät|arroba)\s*[\])}]\s*|\s+at\s+`)
	dotSign    = regexp.MustCompile(`(?i)[\[({]\s*(?:dot|punkt|point|punto)\s*[\])}]|\s+dot\s+`)
	inBrackets = regexp.MustCompile(`<\s*(?i:mailto:)?([^<>\s]*@[^<>\s]*)\s*>`)
	remark     = regexp.MustCompile(`^([^\s()]+@[^\s()]+)\s*\([^()@]*\)$`)
	blankedAt  = regexp.MustCompile(`\s@|@\s`)
)

// otherThanAddress says what a cell holds that is no plain address, nil when nothing more exact than "not an address" can be said.
func otherThanAddress(s string) *flaw {
	wide := strings.ContainsAny(s, "＠﹫")
	ats := strings.Count(s, "@")
	switch {
	case len(s) > 4*maxAddress:
		return nil
	case wide:
		return newFlaw(CodeEmailInvalid, "has a wide ＠ in place of @").withHint("write @ in the list")
	case hasEntities(s):
		return newFlaw(CodeEmailInvalid, "holds HTML entities, such as &amp;").withHint("fix the export, or the address in the list")
	case ats == 0 && strings.Contains(s, "%40"):
		return newFlaw(CodeEmailInvalid, "has the @ written as %40").withHint("write @ in the list")
	case ats == 0 && atSign.MatchString(s):
		return newFlaw(CodeEmailInvalid, "has the @ written as a word, such as (at)").withHint("write @ in the list")
	case strings.Contains(s, "@") && dotSign.MatchString(s):
		return newFlaw(CodeEmailInvalid, "has a dot written as a word, such as [dot]").withHint("write the dot in the list")
	}
	addresses := addressesIn(s)
	_, behind := cutMailto(s)
	switch {
	case len(addresses) > 1:
		return takeable("holds " + []string{"two", "three", "several"}[min(len(addresses), 4)-2] + " addresses")
	case inBrackets.MatchString(s) && strings.TrimSpace(inBrackets.ReplaceAllString(s, "")) == "":
		return takeable("holds an address in brackets")
	case inBrackets.MatchString(s):
		return takeable("holds a name and an address")
	case behind:
		return takeable("is a link to write to an address (mailto:)")
	case remark.MatchString(s):
		return takeable("holds an address and a remark in brackets")
	case ats == 1 && blankedAt.MatchString(s):
		return newFlaw(CodeEmailInvalid, "has a blank beside the @").withHint("take the blank out of the list")
	case ats == 1 && strings.ContainsAny(s[len(s)-1:], ",;"):
		return takeable("ends with a comma or semicolon")
	case ats == 1 && s[len(s)-1] == '.':
		return newFlaw(CodeEmailInvalid, "ends with a dot").withHint("take the dot out of the list")
	}
	return nil
}

func takeable(message string) *flaw { return newFlaw(CodeEmailInvalid, message).withHint(takeHint) }

// cutMailto returns what stands behind mailto:, without the subject and the like.
func cutMailto(s string) (string, bool) {
	const scheme = "mailto:"
	if len(s) < len(scheme) || !strings.EqualFold(s[:len(scheme)], scheme) {
		return s, false
	}
	address, _, _ := strings.Cut(s[len(scheme):], "?")
	return strings.TrimPrefix(address, "//"), true
}

// separators stand between addresses. A / may stand in an address too: it separates only where there are two.
func isSeparator(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|/", r) }

// addressesIn returns the parts of a cell that hold an @: those in brackets where there are such, and the ones between separators otherwise.
func addressesIn(s string) (found []string) {
	for _, part := range partsOf(s) {
		if strings.Contains(part, "@") {
			found = append(found, part)
		}
	}
	return found
}

func partsOf(s string) []string {
	if all := inBrackets.FindAllStringSubmatch(s, -1); len(all) > 0 && !strings.Contains(inBrackets.ReplaceAllString(s, ""), "@") {
		parts := make([]string, len(all))
		for i, one := range all {
			parts[i] = one[1]
		}
		return parts
	}
	s, _ = cutMailto(inBrackets.ReplaceAllString(s, " $1 "))
	parts := strings.FieldsFunc(s, isSeparator)
	for i, part := range parts {
		parts[i], _ = cutMailto(part)
	}
	return parts
}

// firstAddress returns the address of a cell that otherThanAddress calls takeable, empty when that is not clear: between two addresses there is
// nothing but separators and words such as "or".
func firstAddress(s string) string {
	if found := remark.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	for _, part := range partsOf(s) {
		if !strings.Contains(part, "@") && !addressWords().Has("between", strings.ToLower(part)) {
			return ""
		}
	}
	if found := addressesIn(s); len(found) > 0 {
		return found[0]
	}
	return ""
}
