package source

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestForeign names each kind of file that is no list, whatever its ending.
func TestForeign(t *testing.T) {
	html := "<html>\n<head></head><body><table><tr><td>Mail</td></tr></table></body></html>"
	locked, old := compoundFile(t)
	tests := []struct{ name, content, want string }{
		{"list.csv", "<!DOCTYPE html>\n<html><body><h1>Not found</h1></body></html>", "a web page (HTML)"},
		{"list.csv", "\ufeff\n <HTML><body>Please sign in</body></HTML>", "a web page (HTML) that asks to sign in"},
		{"list.xls", html, "a web page (HTML) with a table"},
		{"list.xls", "\xff\xfe" + string(toUTF16(html, false)), "a web page (HTML) with a table"},
		{"list.xls", "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook/>", "an XML spreadsheet of 2003"},
		{"list.csv", "<?xml version=\"1.0\"?><users><user/></users>", "this is XML"},
		{"list.csv", "<users>\n  <user id=\"1\"/></users>", "this is XML"},
		{"list.csv", "dn: uid=ann,dc=example,dc=com\nmail: ann@example.com\n", "LDIF"},
		{"list.csv", "# base <dc=example>\n#\n\nversion: 1\n\ndn:: dWlkPWFubg==\n", "LDIF"},
		{"list.csv", "BEGIN:VCARD\r\nVERSION:3.0\r\n", "vCard"},
		{"list.csv", "BEGIN:VCALENDAR\r\n", "a calendar"},
		{"list.csv", "From ann@example.com Mon May  6 10:00:00 2024\nFrom: ann\n", "a mailbox"},
		{"list.csv", "Received: from a\n\tby b\nFrom: ann@example.com\nSubject: the list\n\nhello\n", "an e-mail message"},
		{"list.csv", "INSERT INTO users (mail) VALUES ('ann@example.com');\n", "SQL"},
		{"list.csv", "-- a dump\nSET NAMES utf8;\nDROP TABLE IF EXISTS users;\nCREATE TABLE users (id int);\n", "SQL"},
		{"list.csv", "COPY public.users (id, mail) FROM stdin;\n1\tann@example.com\n", "SQL"},
		{"list.csv", "-----BEGIN PGP MESSAGE-----\n\nxx\n", "encrypted or signed with PGP"},
		{"list.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n", "Git LFS"},
		{"list.csv", "[InternetShortcut]\r\nURL=https://example.com\r\n", "a shortcut"},
		{"list.csv", `{\rtf1\ansi hello}`, "RTF"},
		{"list.slk", "ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"},
		{"list.csv", "row,line,key,status,code,http_status,vendor_code\n1,2,k,created,,,\n", "a results.csv of this program"},
		{"job.yaml", "# a job\nvendor: thanx\nfields:\n  email: Mail\n", "a job file"},
		{"list.csv", "extends: other.yaml\nfields: {email: Mail}\n", "a job file"},
		{"list.xls", "\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d", "an old Excel file (.xls)"},
		{"list.csv", old, "an old Excel file (.xls)"},
		{"list.xlsx", locked, "with a password"},
		{"list.csv", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "an old Office file (.xls), or one with a password"},
		{"list.xlsb", archiveOf(t, map[string]string{"xl/workbook.bin": ""}), "a binary workbook (.xlsb)"},
		{"list.csv", archiveOf(t, map[string]string{"word/document.xml": ""}), "a text document (.docx)"},
		{"list.ods", archiveOf(t, map[string]string{"META-INF/manifest.xml": "", "content.xml": ""}), "an OpenDocument file (.ods)"},
		{"list.numbers", archiveOf(t, map[string]string{"Index/Document.iwa": ""}), "a Numbers document"},
		{"list.zip", archiveOf(t, map[string]string{"a.csv": "", "b.csv": "", "c.csv": "", "d.csv": ""}), "the zip archive has 4 members: "},
		{"list.zip", archiveOf(t, map[string]string{"a.xlsx": archiveOf(t, map[string]string{"xl/workbook.xml": ""})}), "a packed workbook"},
		{"list.csv", "%PDF-1.7\n", "a PDF"},
		{"list.csv.gz", gzipped(t, "%PDF-1.7\n"), "a PDF"},
		{"list.tgz", gzipped(t, strings.Repeat("x", 257)+"ustar\x0000"), "a tar archive"},
		{"list.csv", "BZh91AY", "bzip2"},
		{"list.csv", "\xfd7zXZ\x00", "compressed with xz"},
		{"list.csv", "7z\xbc\xaf\x27\x1c", "a 7z archive"},
		{"list.csv", "Rar!\x1a\x07\x01\x00", "a RAR archive"},
		{"list.csv", "PAR1\x15\x00", "a Parquet file"},
		{"list.csv", "SQLite format 3\x00", "an SQLite database"},
		{"list.csv", "\x89PNG\r\n\x1a\n", "a picture (PNG)"},
		{"._list.csv", "\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", "what macOS keeps beside a file"},
		{"~$list.xlsx", "\x03Ann", "somebody has the file open"},
		{"list.csv.crdownload", "a,b\n", "not complete"},
		{"list.csv", strings.Repeat("\x00", 4096), "nothing but NUL bytes"},
		{"list.csv", "\x01\x02" + strings.Repeat("\x00x\x03y", 40), "this is no text"},
	}
	for _, test := range tests {
		got := problems(t, Options{}, write(t, test.name, test.content))
		if len(got) != 1 || !strings.Contains(got[0], test.want) || !strings.Contains(got[0], "; hint: ") {
			t.Errorf("%s with %.40q: %q, want %s", test.name, test.content, got, test.want)
		}
		if strings.Contains(strings.Join(got, ""), "ann@") {
			t.Errorf("%q shows what is in the file", got)
		}
	}
}

// TestNotForeign reads lists that look a little like something else.
func TestNotForeign(t *testing.T) {
	for _, content := range []string{
		"From,To,Subject\na,b,c\n", "ID;PHONE;NAME\n1;2;Ann\n", "vendor,fields\nthanx,a\n", "dn,mail\nuid=ann,a\n", "TABLE,x\n0,1\n", "<none>,b\n1,2\n",
		"version,b\n1,2\n", "subject: a,b\nx,y\n", "begin,end\n1,2\n", "insert,into\n1,2\n", "--,b\n1,2\n", "BZip,b\n1,2\n", "GIF,b\n1,2\n", "row,line,key\n1,2,3\n", "MM,b\n1,2\n",
	} {
		if rows := readAll(t, survey(t, Options{}, write(t, "list.csv", content))); len(rows) != 1 || rows[0].Broken != nil {
			t.Errorf("%q: %q", content, shorts(rows))
		}
	}
	survey(t, Options{Format: CSV}, write(t, "list.csv", "vendor: thanx\nfields:\n")) // a person who says so knows
}

// compoundFile makes a workbook with a password, and of it what looks like one of an old Excel.
func compoundFile(t *testing.T) (locked, old string) {
	book := excelize.NewFile()
	defer book.Close()
	var b bytes.Buffer
	if err := book.Write(&b, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	part := toUTF16("EncryptedPackage", false)
	other := append(toUTF16("Workbook", false), make([]byte, 16)...)
	at := bytes.LastIndex(b.Bytes(), part)
	if at < 0 {
		t.Fatal("no directory")
	}
	changed := bytes.Clone(b.Bytes())
	copy(changed[at:], other)
	changed[at+64] = byte(len("Workbook")+1) * 2
	return b.String(), string(changed)
}

// TestForeignInFolders: what lies beside lists is no list by its name.
func TestForeignInFolders(t *testing.T) {
	for _, name := range []string{"~$list.xlsx", ".~lock.list.csv", "list.csv.part"} {
		if IsList(filepath.Join("lists", name)) {
			t.Errorf("%s is taken for a list", name)
		}
	}
}
