package source

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// The encodings of Unicode, and the one that a list is read in where nothing speaks against it, as File.Encoding has them. Encodings lists all.
const (
	UTF8        = "utf-8"
	Windows1252 = "windows-1252"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	UTF32LE     = "utf-32le"
	UTF32BE     = "utf-32be"
)

// Settings: one of two, by the byte order mark, and without one by the place of the NULs.
const (
	utf16ByMark = "utf-16"
	utf32ByMark = "utf-32"
)

// charset is one encoding besides UTF-8 and UTF-16. One of the two members after the name is set.
type charset struct {
	name   string
	page   *codePage         // one byte a character: cells are decoded one by one, so that offsets are those of the file
	stream encoding.Encoding // a second byte may be that of a delimiter: the whole content is converted before it is split
	also   []string          // names besides those of https://encoding.spec.whatwg.org/#names-and-labels
}

// charsets is the table of encodings. A new one is a line here.
var charsets = []charset{
	{name: UTF32LE, stream: utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{name: UTF32BE, stream: utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{name: Windows1252, page: windows1252, also: []string{"ansi-1252"}},
	{name: "windows-1250", page: newCodePage(charmap.Windows1250)},
	{name: "windows-1251", page: newCodePage(charmap.Windows1251)},
	{name: "windows-1253", page: newCodePage(charmap.Windows1253)},
	{name: "windows-1254", page: newCodePage(charmap.Windows1254)},
	{name: "windows-1255", page: newCodePage(charmap.Windows1255)},
	{name: "windows-1256", page: newCodePage(charmap.Windows1256)},
	{name: "windows-1257", page: newCodePage(charmap.Windows1257)},
	{name: "windows-1258", page: newCodePage(charmap.Windows1258)},
	{name: "iso-8859-2", page: newCodePage(charmap.ISO8859_2)},
	{name: "iso-8859-5", page: newCodePage(charmap.ISO8859_5)},
	{name: "iso-8859-7", page: newCodePage(charmap.ISO8859_7)},
	{name: "iso-8859-13", page: newCodePage(charmap.ISO8859_13)},
	{name: "iso-8859-15", page: newCodePage(charmap.ISO8859_15)},
	{name: "macintosh", page: newCodePage(charmap.Macintosh), also: []string{"macroman", "mac-roman"}},
	{name: "cp437", page: newCodePage(charmap.CodePage437), also: []string{"ibm437", "437"}},
	{name: "cp850", page: newCodePage(charmap.CodePage850), also: []string{"ibm850", "850"}},
	{name: "cp852", page: newCodePage(charmap.CodePage852), also: []string{"ibm852", "852"}},
	{name: "cp858", page: newCodePage(charmap.CodePage858), also: []string{"ibm858", "858", "ibm00858"}},
	{name: "ibm866", page: newCodePage(charmap.CodePage866)},
	{name: "koi8-r", page: newCodePage(charmap.KOI8R)},
	{name: "koi8-u", page: newCodePage(charmap.KOI8U)},
	{name: "gbk", stream: simplifiedchinese.GBK, also: []string{"cp936", "936"}},
	{name: "gb18030", stream: simplifiedchinese.GB18030},
	{name: "big5", stream: traditionalchinese.Big5, also: []string{"cp950", "950"}},
	{name: "shift_jis", stream: japanese.ShiftJIS, also: []string{"cp932", "932", "windows-932"}},
	{name: "euc-jp", stream: japanese.EUCJP},
	{name: "euc-kr", stream: korean.EUCKR, also: []string{"cp949", "949", "uhc"}},
}

// Encodings lists the names of the encodings, as Options.Encoding takes them; each also has its usual other names.
func Encodings() []string {
	names := []string{UTF8, utf16ByMark, UTF16LE, UTF16BE, utf32ByMark}
	for _, c := range charsets {
		names = append(names, c.name)
	}
	return names
}

// encodingNamed returns the encoding that a person's setting means, empty when it is none we read.
// As on the web (https://encoding.spec.whatwg.org/#names-and-labels), latin1 and iso-8859-1 are names of windows-1252: what is written as the one
// nearly always is the other, and the bytes in which they differ are control characters in the former, which no list has.
func encodingNamed(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "utf8":
		return UTF8
	case "utf16":
		return utf16ByMark
	case "utf32":
		return utf32ByMark
	}
	if slices.Contains(Encodings(), name) {
		return name
	}
	for _, c := range charsets {
		if slices.Contains(c.also, name) {
			return c.name
		}
	}
	if e, err := htmlindex.Get(name); err == nil {
		if name, err = htmlindex.Name(e); err == nil && charsetOf(name) != nil {
			return name
		}
	}
	return ""
}

// charsetOf returns the entry of an encoding, nil for UTF-8 and UTF-16.
func charsetOf(name string) *charset {
	if i := slices.IndexFunc(charsets, func(c charset) bool { return c.name == name }); i >= 0 {
		return &charsets[i]
	}
	return nil
}

// pageOf returns the code page of an encoding of one byte a character, nil for others.
func pageOf(name string) *codePage {
	if c := charsetOf(name); c != nil {
		return c.page
	}
	return nil
}

// newDecodingReader converts a content to UTF-8 where that is not left to its cells. What is no character becomes bytes that are not UTF-8, so that the
// row that has it, and no other, is broken by the check that every row goes through.
func newDecodingReader(src io.Reader, name string) io.Reader {
	if name == UTF16LE || name == UTF16BE {
		return newUTF16Reader(src, name)
	}
	if c := charsetOf(name); c != nil && c.stream != nil {
		return transform.NewReader(transform.NewReader(src, c.stream.NewDecoder()), markReplaced{})
	}
	return src
}

// markReplaced makes a byte that is not UTF-8 of each U+FFFD, which the decoders of golang.org/x/text write where they find no character.
type markReplaced struct{ transform.NopResetter }

const replaced = "\uFFFD"

// Transform is that of transform.Transformer.
func (markReplaced) Transform(dst, src []byte, atEOF bool) (out, in int, err error) {
	for in < len(src) {
		if out == len(dst) {
			return out, in, transform.ErrShortDst
		}
		rest := src[in:]
		switch {
		case rest[0] != replaced[0]:
			dst[out] = rest[0]
			in++
		case len(rest) < len(replaced) && !atEOF:
			return out, in, transform.ErrShortSrc
		case strings.HasPrefix(string(rest[:min(len(rest), len(replaced))]), replaced):
			dst[out] = 0xFF
			in += len(replaced)
		default:
			dst[out] = rest[0]
			in++
		}
		out++
	}
	return out, in, nil
}
