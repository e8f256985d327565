package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// earliestBirth is the first year a birth date may have.
const earliestBirth = 1900

// birthDates reads cells as birth dates.
type birthDates struct {
	layouts  []layout       // one at least
	zone     *time.Location // in which UTC instants are read; nil: none is given
	today    Date           // dates after it are faults; the zero Date checks nothing
	settings string         // the field with a time zone, as a job file would say it, for hints
}

// read reads a date and checks that somebody living may have been born on it.
func (b *birthDates) read(cell string) (value, *flaw) {
	s := plainDate(cell)
	m, bad := b.moment(s)
	if bad != nil && isPlainISO(s) && !slices.ContainsFunc(b.layouts, layout.refusesISO) {
		m, bad = isoLayout.read(s)
	}
	var did noteSet
	if bad != nil {
		m, did, bad = b.momentShown(s, bad)
	}
	if bad != nil {
		return value{}, bad.emptied(cell)
	}
	m, bad = m.day(b.zone, b.settings)
	d := m.date
	switch {
	case bad != nil:
		return value{}, bad
	case d.Year < earliestBirth:
		bad = newFlaw(CodeDateTooEarly, "is before 1900")
	case b.today != (Date{}) && b.today.Before(d):
		bad = newFlaw(CodeDateInFuture, "is in the future")
	default:
		return value{text: d.String(), date: d, clock: m.clock, noted: m.noted() | did}, nil
	}
	if hint := eraHint(d, b.today); hint != "" {
		return value{}, bad.withHint(hint)
	}
	return value{}, bad.emptied(cell)
}

// moment reads a text in the one format that fits. Where formats fit that give different days, nobody can tell which is right.
func (b *birthDates) moment(s string) (moment, *flaw) {
	if len(b.layouts) == 1 {
		return b.layouts[0].read(s)
	}
	var found moment
	var fits string // the format that gave it
	var worst *flaw // the flaw that says most
	for _, l := range b.layouts {
		m, bad := l.read(s)
		switch {
		case bad != nil && (worst == nil || worst.unknown()):
			worst = bad
		case bad != nil:
		case fits == "":
			found, fits = m, l.text
		case m.date != found.date:
			return moment{}, newFlaw(CodeDateAmbiguous, fmt.Sprintf("fits %s and %s, which give different days", fits, l.text)).
				withHint("fix the date in the list, or take one of them out of the field's `format`")
		}
	}
	if fits != "" {
		return found, nil
	}
	if worst.unknown() {
		return moment{}, newFlaw(CodeDateInvalid, "is written in none of "+strings.Join(b.formats(), ", ")).
			likely(s, "fix the date in the list, or add how it is written to the field's `format`")
	}
	return moment{}, worst
}

// shownMidnight is a day with the midnight of no time zone behind it, as spreadsheets and databases show days: 03/05/1990 0:00:00, 12:00:00 AM. shownDecimals is
// a day of eight digits that was kept as a decimal number.
var (
	shownMidnight = regexp.MustCompile(`^(.*\d)(?:(?: +|T)00?:00(?::00(?:\.0{1,9})?)?| +12:00(?::00(?:\.0{1,9})?)? ?[Aa][Mm])$`)
	shownDecimals = regexp.MustCompile(`^(\d{8})\.0+$`)
)

// momentShown reads a text that fits no format without the midnight behind it, or without its decimals, either of which is no part of the day. Bad is what it
// is with them.
func (b *birthDates) momentShown(s string, bad *flaw) (moment, noteSet, *flaw) {
	if slices.ContainsFunc(b.layouts, func(l layout) bool { return l.parts == nil }) {
		return moment{}, 0, bad // a number of days or seconds is another thing
	}
	var did noteSet
	found := shownMidnight.FindStringSubmatch(s)
	if found == nil {
		found, did = shownDecimals.FindStringSubmatch(s), removedDecimals
	}
	if found == nil {
		return moment{}, 0, bad
	}
	m, without := b.moment(found[1])
	switch {
	case without == nil:
		return m, did, nil
	case without.code == CodeDateInvalid:
		return moment{}, 0, bad
	}
	return moment{}, 0, without
}

// unknown reports a flaw that says no more than that the text is not written in the format. That day or month may be first is said of a column
// without a format.
func (f *flaw) unknown() bool {
	return f.code == CodeDateInvalid || f.code == CodeDateEpoch || f.code == CodeDigitsLost || f.message == dayOrMonthFirst
}

// refusesISO reports a layout in whose column a date as YYYY-MM-DD might be misread, which has the year first and then the day. In any other it cannot: the
// cells of a workbook that are dates come so, whatever their display format is.
func (l layout) refusesISO() bool {
	place := func(tokens ...token) int {
		return slices.IndexFunc(l.parts, func(p part) bool { return slices.Contains(tokens, p.token) })
	}
	year, month, day := place(tokenYear, tokenYear2), place(tokenMonth2, tokenMonth, tokenMonthName), place(tokenDay2, tokenDay, tokenOrdinal)
	return year < day && day < month
}

// plainISO is a date, or a date and a time of day in no time zone.
var plainISO = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$`)

func isPlainISO(s string) bool { return len(s) > 4 && s[4] == '-' && plainISO.MatchString(s) }

func (b *birthDates) formats() (texts []string) {
	for _, l := range b.layouts {
		texts = append(texts, l.text)
	}
	return texts
}

// maxFormats is how many ways of writing dates one field may have.
const maxFormats = 12

// dateReader compiles `format`, `century` and `time_zone`.
func (c *compiler) dateReader(s *FieldSpec) func(string) (value, *flaw) {
	b := &birthDates{today: c.opts.Today, settings: zoneHint(s)}
	century := c.century(s)
	for i, format := range s.Formats {
		l, problem := parseLayout(format, century)
		switch {
		case problem != nil:
			c.addf(s.at("format", format), problem.hint, "format %q %s", Escape(format, maxShown), problem.message)
		case slices.Contains(s.Formats[:i], format):
			c.addf(s.at("format", format), "keep one of them", "format lists %q twice", Escape(format, maxShown))
		case len(b.layouts) == maxFormats:
			c.addf(s.at("format", ""), "keep those that the list has", "format lists more than %d ways of writing dates", maxFormats)
		}
		b.layouts = append(b.layouts, l)
	}
	if s.Century != "" && !slices.ContainsFunc(b.layouts, layout.short) {
		c.addf(s.at("century", ""), "write YY into the `format`, such as `format: DD/MM/YY`, or take century out", "century is about years of two digits, and no format of %q has them", s.Name)
	}
	if len(b.layouts) == 0 {
		b.layouts = []layout{isoLayout}
	}
	if s.TimeZone != "" {
		b.zone = c.timeZone(s)
	}
	return b.read
}

// century reads the first year that two digits can stand for; 0 is none.
func (c *compiler) century(s *FieldSpec) int {
	if s.Century == "" {
		return 0
	}
	year, err := strconv.Atoi(s.Century)
	last := 2000
	if c.opts.Today.Year > 0 {
		last = c.opts.Today.Year
	}
	if err != nil || len(s.Century) != 4 || year < earliestBirth || year > last {
		c.addf(s.at("century", ""), fmt.Sprintf("give the year from which two digits count, from %d to %d: with 1930, 30 is 1930 and 29 is 2029", earliestBirth, last),
			"century %q is no year that people are born in", Escape(s.Century, maxShown))
		return earliestBirth
	}
	return year
}

// timeZone finds a time zone. Abbreviations are refused: EST has no summer time, and what IST is nobody can tell.
func (c *compiler) timeZone(s *FieldSpec) *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil || s.TimeZone != "UTC" && !strings.Contains(s.TimeZone, "/") {
		c.addf(s.at("time_zone", ""), "name it by region and city, such as Europe/Berlin or America/New_York, or UTC", "unknown time zone %q", Escape(s.TimeZone, maxShown))
		return time.UTC
	}
	return zone
}

// zoneHint is the field with a time zone in one line that can be pasted into a job file, or that key alone where the field has more to it.
func zoneHint(s *FieldSpec) string {
	const zone = "time_zone: Europe/Berlin"
	if len(s.Columns) != 1 || s.Expr != "" || len(s.Values) > 0 || s.Default != nil || s.Empty != nil || s.OnInvalid != "" {
		return zone
	}
	parts := "column: " + Scalar(s.Columns[0])
	switch quoted := scalars(s.Formats); len(quoted) {
	case 0:
	case 1:
		parts += ", format: " + quoted[0]
	default:
		parts += ", format: [" + strings.Join(quoted, ", ") + "]"
	}
	if s.Century != "" {
		parts += ", century: " + s.Century
	}
	return s.Name + ": {" + parts + ", " + zone + "}"
}

func scalars(texts []string) []string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = Scalar(text)
	}
	return quoted
}
