package suggest

import (
	"strings"
	"unicode"

	"importer/mapping"
)

// The bounds of looking at cells closely.
const (
	maxDistinct = 5000 // distinct texts of a column that are counted
	maxClose    = 300  // of these, how many are read as telephone numbers and the like
)

// content is what the sampled cells of a column look like. Shares are of the filled cells that were looked at closely.
type content struct {
	rows   int            // cells looked at
	filled int            // of these, not blank and no placeholder
	counts map[string]int // by trimmed text; at most maxDistinct
	order  []string       // the texts in the order of their first appearance
	blanks map[string]int // placeholders such as "n/a", by text

	emails, phones, international, hashes, webs, digits, lettered, spaced, dateLike float64
}

// look counts a column's cells and says what they are.
func look(cells []string) content {
	c := content{rows: len(cells), counts: map[string]int{}, blanks: map[string]int{}}
	for _, cell := range cells {
		text := mapping.Trim(cell)
		switch {
		case text == "":
		case len(text) <= 20 && cellWords().placeholders[strings.ToLower(text)]:
			c.blanks[text]++
		default:
			c.count(text)
		}
	}
	c.shares()
	return c
}

func (c *content) count(text string) {
	c.filled++
	if _, seen := c.counts[text]; !seen {
		if len(c.counts) >= maxDistinct {
			return
		}
		c.order = append(c.order, text)
	}
	c.counts[text]++
}

// close returns the texts that are looked at closely.
func (c *content) close() []string { return c.order[:min(len(c.order), maxClose)] }

func (c *content) shares() {
	texts := c.close()
	if len(texts) == 0 {
		return
	}
	each := 1 / float64(len(texts))
	for _, text := range texts {
		for _, is := range []struct {
			share *float64
			true  bool
		}{
			{&c.emails, isEmail(text)},
			{&c.phones, isPhoneLike(text)},
			{&c.international, isInternational(text)},
			{&c.hashes, isHash(text)},
			{&c.webs, strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "www.")},
			{&c.digits, strings.Trim(text, "0123456789") == ""},
			{&c.lettered, strings.IndexFunc(text, unicode.IsLetter) >= 0},
			{&c.spaced, strings.ContainsAny(text, " ,")},
			{&c.dateLike, isDateLike(text)},
		} {
			if is.true {
				*is.share += each
			}
		}
	}
}

// distinct is how many of the filled cells differ, as a share; 1 where nothing was seen.
func (c *content) distinct() float64 {
	if c.filled == 0 {
		return 1
	}
	return float64(len(c.counts)) / float64(min(c.filled, maxDistinct))
}

// isEmail reports what has the shape of an address: the closer look is package mapping's.
func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || strings.ContainsAny(text, " ,;<>()/") || strings.Count(text, "@") != 1 {
		return false
	}
	domain := text[at+1:]
	dot := strings.LastIndexByte(domain, '.')
	return dot > 0 && dot < len(domain)-1
}

// isPhoneLike reports 7 to 15 digits written as telephone numbers are, and no date.
func isPhoneLike(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune(" +()-./\u00a0\u2010\u2011", r):
		default:
			return false
		}
	}
	return 7 <= digits && digits <= 15 && !isDateLike(text)
}

func isInternational(text string) bool {
	return isPhoneLike(text) && (strings.HasPrefix(text, "+") || strings.HasPrefix(text, "(+"))
}

// isHash reports what passwords are kept as: modular crypt formats ($2y$…, $P$…, $argon2…, {SSHA}…), Django's, and bare
// hexadecimal digests of the usual lengths.
func isHash(text string) bool {
	for _, prefix := range []string{"$1$", "$2", "$5$", "$6$", "$P$", "$H$", "$S$", "$argon2", "$scrypt", "$pbkdf2", "pbkdf2", "{SSHA", "{SHA", "{MD5", "{bcrypt", "bcrypt$", "bcrypt_sha256", "argon2$", "md5$", "sha1$", "$wp$"} {
		if len(text) >= 20 && strings.HasPrefix(text, prefix) {
			return true
		}
	}
	digest, _, _ := strings.Cut(text, ":") // digest:salt
	switch len(digest) {
	case 32, 40, 56, 64, 96, 128:
		return strings.Trim(strings.ToLower(digest), "0123456789abcdef") == "" && strings.ContainsAny(digest, "0123456789")
	}
	return false
}

// isDateLike reports three numbers with separators, one of them a year of four digits, perhaps with a time behind; or a date with
// a month's name.
func isDateLike(text string) bool {
	if len(text) < 8 || len(text) > 40 || strings.HasPrefix(text, "+") {
		return false
	}
	var numbers []int
	var widths []int
	for i := 0; i < len(text) && len(numbers) < 3; {
		n, width := 0, 0
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			n, width, i = n*10+int(text[i]-'0'), width+1, i+1
			if width > 4 {
				return false
			}
		}
		if width > 0 {
			numbers, widths = append(numbers, n), append(widths, width)
		}
		if i < len(text) && !strings.ContainsRune("/-. T", rune(text[i])) && len(numbers) < 3 {
			return false
		}
		if width == 0 {
			i++
		}
	}
	if len(numbers) < 3 {
		return false
	}
	year := numbers[2]
	day, month := numbers[0], numbers[1]
	if widths[0] == 4 {
		year, month, day = numbers[0], numbers[1], numbers[2]
	} else if widths[2] != 4 {
		return false
	}
	return 1000 <= year && year <= 2999 && 1 <= day && day <= 31 && 1 <= month && month <= 31 && (day <= 12 || month <= 12) && widths[1] <= 2
}
