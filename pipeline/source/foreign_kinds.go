package source

import "regexp"

// What to do about several kinds.
const (
	fixExport   = "export the list as CSV"
	fixSheet    = "save the sheet as .xlsx or as CSV UTF-8"
	fixUnpack   = "unpack it, or compress the list with gzip or zstd"
	fixDownload = "name the list itself; where this was downloaded, sign in and download it again"
	fixDatabase = "export the table as CSV"
)

// magics are the first bytes of files that are no text. Where a kind has them further on, at says where.
var magics = []struct {
	magic string
	at    int
	foreign
}{
	{"PK\x05\x06", 0, foreign{"the zip archive has no members", "pack the list again"}},
	{"%PDF-", 0, foreign{"this is a PDF", fixExport}},
	{"BZh", 0, foreign{"this is compressed with bzip2", fixUnpack}},
	{"\xfd7zXZ\x00", 0, foreign{"this is compressed with xz", fixUnpack}},
	{"7z\xbc\xaf\x27\x1c", 0, foreign{"this is a 7z archive", fixUnpack}},
	{"Rar!\x1a\x07", 0, foreign{"this is a RAR archive", fixUnpack}},
	{"ustar", 257, foreign{"this is a tar archive", "unpack it, and name the lists"}},
	{"\x04\x22\x4d\x18", 0, foreign{"this is compressed with lz4", fixUnpack}},
	{"\x1f\x9d", 0, foreign{"this is compressed with compress (.Z)", fixUnpack}},
	{"LZIP", 0, foreign{"this is compressed with lzip", fixUnpack}},
	{"PAR1", 0, foreign{"this is a Parquet file", fixDatabase}},
	{"ARROW1", 0, foreign{"this is an Arrow file", fixDatabase}},
	{"Obj\x01", 0, foreign{"this is an Avro file", fixDatabase}},
	{"SQLite format 3\x00", 0, foreign{"this is an SQLite database", fixDatabase}},
	{"Standard Jet DB", 4, foreign{"this is an Access database", fixDatabase}},
	{"Standard ACE DB", 4, foreign{"this is an Access database", fixDatabase}},
	{"!BDN", 0, foreign{"this is an Outlook data file (.pst)", "export the contacts as CSV"}},
	{"$FL2", 0, foreign{"this is an SPSS file", fixExport}},
	{"\x09\x08\x10\x00\x00\x06\x05\x00", 0, foreign{"this is an old Excel file (.xls)", fixSheet}},
	{"\x09\x04\x06\x00", 0, foreign{"this is an old Excel file (.xls)", fixSheet}},
	{"\x09\x02\x06\x00", 0, foreign{"this is an old Excel file (.xls)", fixSheet}},
	{"\x00\x05\x16\x07", 0, foreign{"this is what macOS keeps beside a file (its name begins with ._), not the file", "name the file without ._ in front"}},
	{"\x00\x05\x16\x00", 0, foreign{"this is a file of old Macs with its resources (AppleSingle)", "copy the list itself again"}},
	{"bplist00", 0, foreign{"this is a property list of macOS", fixExport}},
	{"\x89PNG\r\n", 0, foreign{"this is a picture (PNG)", fixExport}},
	{"\xff\xd8\xff", 0, foreign{"this is a picture (JPEG)", fixExport}},
	{"GIF8", 0, foreign{"this is a picture (GIF)", fixExport}},
	{"WEBP", 8, foreign{"this is a picture (WebP)", fixExport}},
	{"ftyp", 4, foreign{"this is a picture or a film", fixExport}},
	{"II*\x00", 0, foreign{"this is a picture (TIFF)", fixExport}},
	{"MM\x00*", 0, foreign{"this is a picture (TIFF)", fixExport}},
	{"\x7fELF", 0, foreign{"this is a program", fixExport}},
	{"Salted__", 0, foreign{"this is encrypted with OpenSSL", "decrypt it first"}},
	{"age-encryption.org/v1", 0, foreign{"this is encrypted with age", "decrypt it first"}},
}

// texts are files that are text and no list, by their beginning without the space in front.
var texts = []struct {
	begins *regexp.Regexp
	foreign
}{
	{regexp.MustCompile(`(?is)^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype html|<html|<head|<body|<meta|<script|<title|<div)\b.*(type="?password|log[ -]?in|sign[ -]?in)`), foreign{"this is a web page (HTML) that asks to sign in", fixDownload}},
	{regexp.MustCompile(`(?is)^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype html|<html|<head|<body|<meta|<style|<div|<table)\b.*<t[rdh]\b`), foreign{"this is a web page (HTML) with a table, as some programs write under the name .xls", "open it in a spreadsheet program, and " + fixSheet}},
	{regexp.MustCompile(`(?is)^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|body|meta|script|title|div|table|p|h1|center)\b`), foreign{"this is a web page (HTML)", fixDownload}},
	{regexp.MustCompile(`(?is)^<\?xml.*(progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet)`), foreign{"this is an XML spreadsheet of 2003", "open it in a spreadsheet program, and " + fixSheet}},
	{regexp.MustCompile(`(?is)^<\?xml.*urn:oasis:names:tc:opendocument`), foreign{"this is an OpenDocument file (.fods)", fixSheet}},
	{regexp.MustCompile(`(?s)^(<\?xml|<!DOCTYPE|<[A-Za-z_][\w.:-]*(\s+[\w.:-]+\s*=\s*"[^"]*")*\s*>\s*<)`), foreign{"this is XML", fixExport}},
	{regexp.MustCompile(`(?i)^((#|version:|search:|result:)[^\n]*\s+)*dn::?\s*\S+`), foreign{"this is LDIF, the entries of a directory", "export the people as CSV, for example with csvde, or with ldapsearch and a converter"}},
	{regexp.MustCompile(`(?i)^BEGIN:VCARD\s`), foreign{"these are contacts (vCard)", "export the contacts as CSV"}},
	{regexp.MustCompile(`(?i)^BEGIN:VCALENDAR\s`), foreign{"this is a calendar (iCalendar)", fixExport}},
	{regexp.MustCompile(`^From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) `), foreign{"this is a mailbox (mbox)", "save the list that is attached to the message"}},
	{regexp.MustCompile(`(?i)^((return-path|received|delivered-to|mime-version|from|to|cc|subject|date|message-id|reply-to|content-[a-z-]+|x-[a-z-]+):[^\n]*\n([ \t][^\n]*\n)*){3}`), foreign{"this is an e-mail message", "save the list that is attached to it"}},
	{regexp.MustCompile(`(?i)^(--[^\n]*\n\s*|/\*.*?\*/;?\s*|set [^\n]*;\s*|use [^\n]*;\s*|pragma [^\n]*;\s*|begin[^\n]*;\s*|drop table [^\n]*;\s*|lock tables [^\n]*;\s*)*(insert\s+into\s|create\s+table\s|copy\s+\S+\s*(\([^)]*\))?\s+from\s+stdin|replace\s+into\s)`), foreign{"this is SQL, a dump of a database", fixDatabase}},
	{regexp.MustCompile(`^-- (MySQL|MariaDB|PostgreSQL|phpMyAdmin|SQLite)`), foreign{"this is SQL, a dump of a database", fixDatabase}},
	{regexp.MustCompile(`^-----BEGIN PGP (MESSAGE|SIGNED MESSAGE)-----`), foreign{"this is encrypted or signed with PGP", "decrypt it first: gpg --decrypt"}},
	{regexp.MustCompile(`^-----BEGIN PGP `), foreign{"this is a key or a signature of PGP", "name the list itself"}},
	{regexp.MustCompile(`^-----BEGIN [A-Z ]+-----`), foreign{"this is a key or a certificate", "name the list itself"}},
	{regexp.MustCompile(`^version https://git-lfs\.github\.com/spec/`), foreign{"this is what Git LFS keeps in the place of a large file, not the file", "fetch it: git lfs pull"}},
	{regexp.MustCompile(`\A(?s:(?://[^\n]*\n|/\*.*?\*/)\s*)*(?:export\s+default\s+|module\.exports\s*=\s*|exports\.\w+\s*=\s*|(?:export\s+)?(?:var|let|const)\s+[\w$]+\s*=\s*|(?:window|self|globalThis)\.[\w$.]+\s*=\s*|[\w$.]+\(\s*)[\[{]\s*["'\[{\]}\w]`), foreign{"this is JavaScript, with a list in it", "remove what stands before the first bracket and behind the last one, and save the list as .json"}},
	{regexp.MustCompile(`\A(?s:(?://[^\n]*\n|/\*.*?\*/)\s*)+[\[{]\s*["\[{\]}]`), foreign{"this is JSON with comments above it, which JSON has not", "remove the comments"}},
	{regexp.MustCompile(`^\[InternetShortcut\]|^\[Desktop Entry\]`), foreign{"this is a shortcut to something else", "download the list itself"}},
	{regexp.MustCompile(`^\{\\rtf`), foreign{"this is a text document (RTF)", fixExport}},
	{regexp.MustCompile(`^ID;P[^\n]*\n[A-Z];`), foreign{"this is a SYLK file, an old format of spreadsheets", "open it in a spreadsheet program, and " + fixSheet}},
	{regexp.MustCompile(`^TABLE\r?\n0,1\r?\n"`), foreign{"this is a DIF file, an old format of spreadsheets", "open it in a spreadsheet program, and " + fixSheet}},
	{regexp.MustCompile(`^row,line,key,status,code,http_status,`), foreign{"this is a results.csv of this program, without the people's data", "name the list itself; importer retry takes a results.csv"}},
	{regexp.MustCompile(`(?m)\A(\s*(#[^\n]*)?\n|---\s*\n)*(vendor|extends|fields|settings|input|ignore|limits|run):( [^\n,;|]*)?\r?$(?s:.*)^(vendor|extends|fields|settings|input|ignore|limits|run):(\s|$)`), foreign{"this is a job file", "name it with --job, and the list after it"}},
	{regexp.MustCompile(`\A(vendor|extends): *[\w./-]+\s*\z`), foreign{"this is a job file", "name it with --job, and the list after it"}},
}

// compoundMagic begins the files of Office until 2003, and those with a password of later ones.
const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// compoundFiles tells them apart by the name of a part in them.
var compoundFiles = []struct {
	part string
	foreign
}{
	{"EncryptedPackage", foreign{"this is a workbook or a document with a password", "open it in the program, take the password off, save it as .xlsx, and name that"}},
	{"Workbook", foreign{"this is an old Excel file (.xls)", fixSheet}},
	{"Book", foreign{"this is an old Excel file (.xls)", fixSheet}},
	{"WordDocument", foreign{"this is an old text document (.doc)", fixExport}},
	{"PowerPoint Document", foreign{"this is an old presentation (.ppt)", fixExport}},
	{"__properties_version1.0", foreign{"this is a message of Outlook (.msg)", "save the list that is attached to it"}},
}

// packages are archives that hold no lists but a document, by a part of each.
var packages = []struct {
	part string
	foreign
}{
	{"xl/workbook.bin", foreign{"this is a binary workbook (.xlsb)", fixSheet}},
	{"word/document.xml", foreign{"this is a text document (.docx)", fixExport}},
	{"ppt/presentation.xml", foreign{"this is a presentation (.pptx)", fixExport}},
	{"META-INF/manifest.xml", foreign{"this is an OpenDocument file (.ods)", fixSheet}},
	{"Index/Document.iwa", foreign{"this is a Numbers document", fixSheet}},
	{"Index.zip", foreign{"this is a Numbers document", fixSheet}},
}
