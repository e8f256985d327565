package mapping

import (
	_ "embed" // phone_plans.txt
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

//go:embed phone_plans.txt
var plansFile string

// oldPlan is one line of phone_plans.txt, which says what its parts are.
type oldPlan struct {
	code    int
	digits  *regexp.Regexp
	now     string
	changed string
}

// oldPlans are those of the file, by calling code. It is made on first use and never changed. A test reads every line.
var oldPlans = sync.OnceValue(func() map[int][]oldPlan {
	plans := map[int][]oldPlan{}
	for line := range strings.Lines(plansFile) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 4 {
			panic("phone_plans.txt: not four parts: " + line)
		}
		code, err := strconv.Atoi(parts[0])
		if err != nil {
			panic("phone_plans.txt: " + err.Error())
		}
		plans[code] = append(plans[code], oldPlan{code, regexp.MustCompile("^(?:" + parts[1] + ")$"), parts[2], parts[3]})
	}
	return plans
})

// oldPlanFlaw says what changed, where a number that is not valid was valid in an earlier plan of its country; nil otherwise.
func oldPlanFlaw(number *phonenumbers.PhoneNumber, text string) *flaw {
	code := int(number.GetCountryCode())
	digits := onlyDigits(text)
	if behind, ok := strings.CutPrefix(digits, strconv.Itoa(code)); ok && strings.ContainsRune(text, '+') {
		digits = behind
	}
	for _, plan := range oldPlans()[code] {
		if plan.digits.MatchString(digits) && plan.isNow(digits) {
			return newFlaw(CodePhoneRenumbered, "is written as before a change of plan. "+plan.changed)
		}
	}
	return nil
}

// isNow reports whether the new digits are a number, as far as the plan says them.
func (o oldPlan) isNow(digits string) bool {
	if o.now == "-" {
		return true
	}
	number, err := phonenumbers.Parse("+"+strconv.Itoa(o.code)+o.digits.ReplaceAllString(digits, o.now), "")
	return err == nil && phonenumbers.IsValidNumber(number)
}
