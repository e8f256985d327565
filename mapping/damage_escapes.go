package mapping

import (
	"html"
	"io"
	"mime"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// entityText is an HTML entity with its semicolon: without one it is text, as in AT&T.
var entityText = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// entity returns the character that an entity stands for; false where HTML has none of that name.
func entity(written string) (string, bool) {
	meant := html.UnescapeString(written)
	return meant, meant != written && utf8.RuneCountInString(meant) <= 2 && (!strings.HasSuffix(meant, ";") || meant == ";")
}

func hasEntities(s string) bool {
	if !strings.Contains(s, "&") {
		return false
	}
	for _, written := range entityText.FindAllString(s, -1) {
		if _, known := entity(written); known {
			return true
		}
	}
	return false
}

func withoutEntities(s string) (string, bool) {
	return entityText.ReplaceAllStringFunc(s, func(written string) string {
		if meant, known := entity(written); known {
			return meant
		}
		return written
	}), true
}

var (
	mailWord    = regexp.MustCompile(`=\?[A-Za-z0-9_-]+\?[bBqQ]\?[^? ]*\?=`)
	mailLetters = regexp.MustCompile(`(?:=[0-9A-F]{2}){2,}`)
)

func hasMailWords(s string) bool {
	if !strings.Contains(s, "=") {
		return false
	}
	return mailWord.MatchString(s) || mailLetters.MatchString(s)
}

// withoutMailWords reads encoded words (RFC 2047) and quoted-printable letters (RFC 2045) in UTF-8.
func withoutMailWords(s string) (string, bool) {
	if mailWord.MatchString(s) {
		decoder := mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
			enc, err := htmlindex.Get(charset)
			if err != nil {
				return nil, err
			}
			return enc.NewDecoder().Reader(in), nil
		}}
		whole, err := decoder.DecodeHeader(s)
		return whole, err == nil && !mailWord.MatchString(whole)
	}
	good := true
	whole := mailLetters.ReplaceAllStringFunc(s, func(written string) string {
		letters, err := url.PathUnescape(strings.ReplaceAll(written, "=", "%"))
		good = good && err == nil && utf8.ValidString(letters)
		return letters
	})
	return whole, good
}

// escapeText is an escape of program texts. \n and the like are none: C:\new is a folder.
var escapeText = regexp.MustCompile(`\\+u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*|\\+['"]`)

// hasEscapes reports escapes of program texts, and in names also quotes that SQL doubled.
func hasEscapes(s string, t texture) bool {
	if t == codeText {
		return false
	}
	return strings.Contains(s, `\`) && escapeText.MatchString(s) || t == nameText && doubledQuote.MatchString(s)
}

// doubledQuote is an apostrophe as SQL writes it: O”Brien.
var doubledQuote = regexp.MustCompile(`\pL''\pL`)

func withoutEscapes(s string) (string, bool) {
	good := true
	whole := escapeText.ReplaceAllStringFunc(s, func(written string) string {
		if last := written[len(written)-1:]; last == "'" || last == `"` {
			return last
		}
		var units []uint16
		for _, digits := range strings.FieldsFunc(written, func(r rune) bool { return r == '\\' || r == 'u' }) {
			unit, err := strconv.ParseUint(digits, 16, 16)
			good = good && err == nil
			units = append(units, uint16(unit))
		}
		return string(utf16.Decode(units))
	})
	whole = doubledQuote.ReplaceAllStringFunc(whole, func(written string) string { return strings.Replace(written, "''", "'", 1) })
	return whole, good && !strings.Contains(whole, "\ufffd")
}

var percentText = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)

// hasPercents reports percent-encoding: in names any, elsewhere blanks between letters and letters outside ASCII.
func hasPercents(s string, t texture) bool {
	if t == codeText || !strings.Contains(s, "%") || looksLikeLink(s) {
		return false
	}
	for _, at := range percentText.FindAllStringIndex(s, -1) {
		meant, err := url.PathUnescape(s[at[0]:at[1]])
		switch {
		case t == nameText, err == nil && utf8.ValidString(meant) && !isASCII(meant):
			return true
		case meant == " " && at[0] > 0 && isLetter(s[at[0]-1]) && at[1] < len(s) && isLetter(s[at[1]]):
			return true
		}
	}
	return false
}

func withoutPercents(s string) (string, bool) {
	whole, err := url.PathUnescape(s)
	if err != nil || !utf8.ValidString(whole) {
		return "", false
	}
	return whole, strings.IndexFunc(whole, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,-'’&()/", r)
	}) < 0
}

var (
	anyTag   = regexp.MustCompile(`</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?>|<!`)
	knownTag = regexp.MustCompile(`(?i)</?(?:a|b|i|u|em|strong|small|sub|sup|br|hr|p|div|span|font|center|h[1-6]|ul|ol|li|table|tr|td|th|tbody|script|style|img|html|head|body|iframe|svg|input|form|button|meta|link|title|o:p)(?:\s[^<>]*)?/?>|<!--|<!doctype`)
)

// hasMarkup reports tags of HTML, and in names of any markup.
func hasMarkup(s string, t texture) bool {
	if t == codeText || !strings.Contains(s, "<") {
		return false
	}
	return knownTag.MatchString(s) || t == nameText && anyTag.MatchString(s)
}
