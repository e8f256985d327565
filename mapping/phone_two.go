package mapping

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// twoNumbers says that a text holds two numbers, or may do so: `030 1234567 / 0171 1234567`, `030 1234567/8`, `030 1234567/68`. Both readings
// are tried: joined says whether the text as a whole is a number. A stroke behind an area code (030/1234567) is ordinary writing, since what
// stands before it is no number.
func (p phoneReader) twoNumbers(text string, joined bool) *flaw {
	for i, r := range text {
		stroke, dash := r == '/' || r == '(' && i >= leastDigits, isDash(r)
		if !stroke && !dash && (joined || r != ' ') {
			continue
		}
		left, right := text[:i], text[i+utf8.RuneLen(r):]
		short := onlyDigits(right)
		if short == "" || joined && dash && (len(short) > mostShort || !endsLong(left)) {
			continue
		}
		first, bad := parsePhone(p.region, left)
		switch {
		case bad != nil:
		case p.second(first, right):
			return phoneTwo
		case stroke && endsAnother(first, short), dash && follows(first, short):
			if joined {
				return phoneOneOrTwo
			}
			return phoneTwo
		}
	}
	return nil
}

// mostShort is how many digits at most stand for a second number behind a dash: longer ones are an extension as Germans and Austrians write it.
const mostShort = 2

func isDash(r rune) bool { return r == '-' || 0x2010 <= r && r <= 0x2014 || r == 0x2212 }

// leastBefore is how many digits at least stand together before a dash that makes two numbers of one: numbers are written in groups of two and
// three as well (12-34-56-78).
const leastBefore = 4

// endsLong reports whether a text ends with so many digits.
func endsLong(text string) bool {
	text = strings.TrimRight(text, " ")
	return len(text) >= leastBefore && isDigits(text[len(text)-leastBefore:], leastBefore)
}

// second reports whether right is a whole number by itself, beside the first.
func (p phoneReader) second(first value, right string) bool {
	region := p.region
	if region == "" {
		region = first.phone.Region
	}
	if lacksPlus(right) && !writtenWithoutTrunk(region) {
		return false
	}
	_, bad := parsePhone(region, strings.TrimLeft(right, " /"))
	return bad == nil
}

// endsAnother reports whether the digits make another number of the first one's country when they stand in the place of its last ones.
func endsAnother(first value, short string) bool {
	kept := len(first.phone.National) - len(short)
	if kept < 1 {
		return false
	}
	_, bad := parsePhone("", "+"+strconv.Itoa(first.phone.CountryCode)+first.phone.National[:kept]+short)
	return bad == nil
}

// follows is endsAnother for digits that count on from the first number's last ones, as in 1234567-8 and 1234567-69: others are an extension,
// which belongs to the number.
func follows(first value, short string) bool {
	if len(short) > mostShort || len(short) >= len(first.phone.National) {
		return false
	}
	last, _ := strconv.Atoi(first.phone.National[len(first.phone.National)-len(short):])
	next, _ := strconv.Atoi(short)
	return next > last && next-last < 10 && endsAnother(first, short)
}
