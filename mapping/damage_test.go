package mapping

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// TestDamage: damage is found, named, and repaired only where nobody can doubt what was there.
func TestDamage(t *testing.T) {
	for _, c := range []struct{ in, says, repaired string }{
		// UTF-8 read as another encoding.
		{"ZoÃ«", "decoded twice", "Zoë"}, {"MÃ¼ller", "decoded twice", "Müller"}, {"Oâ€™Brien", "decoded twice", "O’Brien"}, {"JosÃ© MuÃ±oz", "decoded twice", "José Muñoz"},
		{"MarÃ\u00ada", "decoded twice", "María"}, {"VoilÃ\u00a0", "decoded twice", "Voilà"}, {"JOSÃ‰", "decoded twice", "JOSÉ"}, {"Ã‰ric", "decoded twice", "Éric"},
		{"Ã\u0081ngel", "decoded twice", "Ángel"}, {"Ã…se", "decoded twice", "Åse"}, {"SKÃ…NE", "decoded twice", "SKÅNE"}, {"Å\u00a0imon", "decoded twice", "Šimon"}, {"ÄŒapek", "decoded twice", "Čapek"},
		{"WaÅ‚Ä™sa", "decoded twice", "Wałęsa"}, {"DvoÅ™Ã¡k", "decoded twice", "Dvořák"}, {"Nguyá»…n", "decoded twice", "Nguyễn"}, {"È™tefan", "decoded twice", "ștefan"},
		{"Ã¶ztÃ¼rk", "decoded twice", "öztürk"}, {"ZoÃƒÂ«", "decoded twice", "Zoë"}, {"ZoÃƒÆ’Ã‚Â«", "decoded twice", "Zoë"}, {"ï»¿Ann", "decoded twice", "\ufeffAnn"},
		{"ZoĂ«", "decoded twice", "Zoë"}, {"MĂĽller", "decoded twice", "Müller"}, {"Zo√´", "decoded twice", "Zoë"}, {"M√ºller", "decoded twice", "Müller"}, {"O‚ÄôBrien", "decoded twice", "O’Brien"},
		{"M├╝ller", "decoded twice", "Müller"}, {"ZoГ«", "decoded twice", "Zoë"}, {"Р\u0098РІР°РЅ", "decoded twice", "Иван"}, {"РўРѕР»СЃС‚РѕР№", "decoded twice", "Толстой"},
		{"å¼\u00a0ä¸‰", "decoded twice", ""}, {"ÎœÎ±Ï\u0081Î¯Î±", "decoded twice", "Μαρία"}, {"ÎœÎ±ÏÎ¯Î±", "nobody can tell", ""},
		{"ZoÃ« Müller", "nobody can tell", ""}, {"Zoã«", "nobody can tell", ""}, {"MarÃa", "nobody can tell", ""}, {"waå‚ä™sa", "nobody can tell", ""}, {"mã¼ller", "nobody can tell", ""},
		// Bytes of windows-1252 read as ISO-8859-1.
		{"O\u0092Brien", "control characters", "O’Brien"}, {"Agnie\u009aka", "control characters", "Agnieška"}, {"a\u0081b", "control characters", ""},
		// What is lost.
		{"Zo\ufffd", "U+FFFD", ""}, {"M\ufffdller", "U+FFFD", ""}, {"Zoï¿½", "decoded twice", ""}, {"M?ller", "question mark", ""}, {"Fran?ois", "question mark", ""}, {"Zo?", "question mark", ""},
		{"?ukasz", "question mark", ""}, {"???? ??????", "question mark", ""}, {"Ann\ue000", "private use", ""},
		// Letters that another encoding has as signs, and Cyrillic and Greek read as windows-1252.
		{"M¸ller", "a sign where", ""}, {"Bj÷rk", "a sign where", ""}, {"Fran‡ois", "a sign where", ""}, {"J”rg", "a sign where", ""}, {"Ren‚", "a sign where", ""}, {"Zo‰", "a sign where", ""},
		{"Jos¥", "a sign where", ""}, {"Bj¶rn", "a sign where", ""}, {"Sm¢th", "a sign where", ""}, {"Èâàíîâ", "another script", ""}, {"Ïåòð", "another script", ""}, {"Ãéþñãïò", "another script", ""},
		// Escapes of other formats.
		{"Tom &amp; Co", "entities", "Tom & Co"}, {"Zo&euml;", "entities", "Zoë"}, {"M&#252;ller", "entities", "Müller"}, {"M&#xFC;ller", "entities", "Müller"}, {"Van&nbsp;Dyke", "entities", "Van\u00a0Dyke"},
		{"O&#039;Brien", "entities", "O'Brien"}, {"M&amp;uuml;ller", "entities", "Müller"}, {"&lt;b&gt;Ann&lt;/b&gt;", "entities", "<b>Ann</b>"},
		{`Zo\u00eb`, "backslash", "Zoë"}, {`O\'Brien`, "backslash", "O'Brien"}, {`O\\\'Brien`, "backslash", "O'Brien"}, {`O''Brien`, "backslash", "O'Brien"}, {`\ud83d\ude00`, "backslash", "😀"}, {`\ud83d`, "backslash", ""},
		{"Anna%20Maria", "percent", "Anna Maria"}, {"Zo%C3%AB", "percent", "Zoë"}, {"M%FCller", "percent", ""}, {"Anna+Maria", "a + between", ""},
		{"=?UTF-8?Q?Zo=C3=AB?=", "head of an e-mail", "Zoë"}, {"=?utf-8?B?Wm/Dqw==?=", "head of an e-mail", "Zoë"}, {"=?iso-8859-1?q?Zo=EB?=", "head of an e-mail", "Zoë"},
		{"=?windows-1252?Q?O=92Brien?=", "head of an e-mail", "O’Brien"}, {"=?klingon?Q?x?=", "head of an e-mail", ""}, {"Zo=C3=AB", "head of an e-mail", "Zoë"},
		{"<b>Ann</b>", "markup", ""}, {"<script>x</script>", "markup", ""}, {"Ann<br/>", "markup", ""}, {"<none>", "markup", ""},
	} {
		found := findDamage(c.in, nameText)
		if found == nil || !strings.Contains(found.bad.message, c.says) || found.bad.code != CodeTextDamaged || found.bad.hint == "" {
			t.Errorf("%q: got %+v, want damage that %q", c.in, found, c.says)
			continue
		}
		whole, did := repaired(c.in, nameText)
		switch {
		case c.repaired != "" && (whole != c.repaired || !did):
			t.Errorf("%q: repaired to %q, %t, want %q", c.in, whole, did, c.repaired)
		case c.repaired == "" && findDamage(whole, nameText) == nil:
			t.Errorf("%q: repaired to %q, which nobody can know", c.in, whole)
		}
	}
}

// TestNoDamage: what looks like damage and is none.
func TestNoDamage(t *testing.T) {
	for _, s := range []string{
		"JOÃO", "ÃNGELA", "ÂNGELA", "PÂRVU", "RĂŞINARI", "CONCEIÇÃO", "IRMÃ\u00a0MARIA", "MAÇÃ™", "KŘÍŽ", "LÍŠKA", "ÅÄÖ", "Åse", "Äöü", "Ñandú", "FRANÇOIS", "CAFÉ™", "ANDRÉ’S", "RENÉ", "NOËL", "ÉÈÊ", "Đặng", "Ōtani",
		"Müller", "Zoë", "Łukasz Żółć", "Ağaoğlu", "Þór", "Иван Сёмин", "Сё", "Рё", "Георгий", "Μαρία", "张三", "山田", "李娜", "김민지", "محمد", "דוד", "नरेश", "สมชาย", "Nguyễn Thị Ánh",
		"O'Brien", "O’Brien", "D'Angelo", "Anne-Marie", "Jr.", "", "x", "Zoe\u0308", "Jane “JJ” Doe", "Søren Ærø", "Kõiv", "Õõtsa", "Tõnu Õnnepalu", "Jõeäär", "«Ann»", "Ann 😀", "👩‍🚀", "Ann…", "Ånn–Bø",
		"Mª Carmen", "Gal·la", "Marcel·lí", "O´Brien", "„Ann“ Roe", "Kaʻōhinani", "Øyvind Åæs", "Jõõäär", "Saint–Étienne", "Ann † 2020",
	} {
		if found := findDamage(s, nameText); found != nil {
			t.Errorf("%q is said to be damaged: %s", s, found.bad.message)
		}
		if whole, did := repaired(s, nameText); did || whole != s {
			t.Errorf("%q is repaired to %q", s, whole)
		}
	}
	for _, s := range []string{
		"AT&T", "Marks & Spencer", "R&D;", "R&D; Ltd", "Smith &Co;", `C:\new`, `C:\users\ann`, "100%", "50%25 off", "a<b", "a < b > c", "<3", "Who?", "Why? Because", "Yahoo! Inc", "C++", "A+B GmbH", "Foo+Bar", "x=1", "E=mc2", "1 + 1 = 2",
		"https://example.com/a%20b?c=d&amp", "O''Brien & Sons", "Tom?", "Apt 3?", "5° N", "½ acre", "12 m²", "Café Ñ", "§ 5", "Größe 10€", "Straße 5", "Nº 7", "3ª", "N°5", "¿Qué?", "100 £", "©2024", "Foo®", "Pré–Saint–Gervais", "Évry–Étampes", "Paris–École", "Ø 5", "smith=jones",
	} {
		if found := findDamage(s, freeText); found != nil {
			t.Errorf("%q is said to be damaged: %s", s, found.bad.message)
		}
	}
	for _, s := range []string{"a?b", "a%20b", "<x>", `a\u00e4b`, "a+b", "x''y", "00123", "A&B"} {
		if found := findDamage(s, codeText); found != nil {
			t.Errorf("the id %q is said to be damaged: %s", s, found.bad.message)
		}
	}
	if found := findDamage("ZoÃ«", unchecked); found != nil {
		t.Error("a text that is not to be looked at is")
	}
}

// TestDoubleDecodings: names of many countries, written in UTF-8 and read as each of the usual encodings, are found, and none is repaired into another text.
func TestDoubleDecodings(t *testing.T) {
	wrongs := map[string]*charmap.Charmap{"windows-1252": charmap.Windows1252, "windows-1250": charmap.Windows1250, "MacRoman": charmap.Macintosh, "CP850": charmap.CodePage850, "CP437": charmap.CodePage437, "ISO-8859-1": charmap.ISO8859_1}
	for name, wrong := range wrongs {
		seen, restored := 0, 0
		for _, n := range nameLines(t, "testdata/names/ordinary.txt", 230) {
			text := n[0] + " " + n[1]
			spoilt, err := wrong.NewDecoder().String(text)
			if err != nil || isASCII(text) {
				continue
			}
			if !strings.Contains(spoilt, "\ufffd") { // whose letters are lost
				seen++
			}
			if findDamage(spoilt, nameText) == nil {
				t.Errorf("%s: %q, once %q, is not found", name, spoilt, text)
			}
			whole, did := repaired(spoilt, nameText)
			if did && whole != text && findDamage(whole, nameText) == nil {
				t.Errorf("%s: %q, once %q, is repaired to %q", name, spoilt, text, whole)
			}
			if whole == text {
				restored++
			}
		}
		if seen < 50 || restored < seen*8/10 {
			t.Errorf("%s: %d of %d are restored", name, restored, seen)
		}
	}
}

// FuzzDamage: what is repaired is text without certain damage, and what is whole stays.
func FuzzDamage(f *testing.F) {
	for _, s := range []string{"ZoÃ«", "&amp;amp;", `\u00e4\'`, "%41%20", "=?UTF-8?Q?=41?=", "a\u0092", "Ã\u0083Â«", "\xff&amp;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, how := range []texture{codeText, freeText, nameText} {
			whole, did := repaired(s, how)
			if did != (whole != s) || did && findDamage(s, how) == nil {
				t.Fatalf("%q is repaired to %q, %t", s, whole, did)
			}
			if utf8.ValidString(s) && !utf8.ValidString(whole) {
				t.Fatalf("%q is repaired to %q", s, whole)
			}
		}
	})
}

// TestRepairOption: damage is a fault, or is repaired and noted; a vendor's own fields and metadata are noted.
func TestRepairOption(t *testing.T) {
	header := []string{"F", "L", "M", "W", "P"}
	fields := func(repair string) []FieldSpec {
		return []FieldSpec{{Name: "first_name", Columns: []string{"F"}, Repair: repair, Empty: []string{"<none>"}}, {Name: "last_name", Columns: []string{"L"}, Values: map[string]string{"M&uuml;ller": "Mü", "Müller": "Müller"}},
			{Name: "metadata.bio", Columns: []string{"M"}}, {Name: "password", Columns: []string{"P"}}}
	}
	row := []string{" ZoÃ« ", "M&uuml;ller", "MarÃ\u00ada &amp; Co", "ZoÃ«", "pÃ¤ss&amp;word?x"}
	const password, bio, damagedBio = "password=pÃ¤ss&amp;word?x", "bio=María & Co", "bio=MarÃa &amp; Co" // cleaning takes the soft hyphen
	for _, c := range []struct {
		name string
		spec Spec
		want []string
	}{
		{"no repair", Spec{Fields: fields("")}, []string{"first_name text_damaged", "first=", "last=Mü", damagedBio, "x=ZoÃ«", password,
			"first_name: trimmed", "metadata.bio: invisible_removed", "metadata.bio: text_looks_damaged", "x: text_looks_damaged"}},
		{"the field", Spec{Fields: fields("true")}, []string{"first=Zoë", "last=Mü", damagedBio, "x=ZoÃ«", password,
			"first_name: trimmed", "first_name: text_repaired", "metadata.bio: invisible_removed", "metadata.bio: text_looks_damaged", "x: text_looks_damaged"}},
		{"the job", Spec{Fields: fields(""), Repair: true}, []string{"first=Zoë", "last=Müller", bio, "x=Zoë", password,
			"first_name: trimmed", "first_name: text_repaired", "last_name: text_repaired", "metadata.bio: text_repaired", "x: text_repaired"}},
		{"the job, not the field", Spec{Fields: fields("false"), Repair: true}, []string{"first_name text_damaged", "first=", "last=Müller", bio, "x=Zoë", password,
			"first_name: trimmed", "last_name: text_repaired", "metadata.bio: text_repaired", "x: text_repaired"}},
	} {
		c.spec.Wire = []FieldSpec{{Name: "x", Columns: []string{"W"}}}
		m, err := Compile(c.spec, header, Options{})
		if err != nil {
			t.Fatal(err)
		}
		customer, faults := m.Map(row)
		var got []string
		for _, f := range faults {
			got = append(got, f.Field+" "+f.Code)
		}
		got = append(got, "first="+customer.Text(FirstName), "last="+customer.Text(LastName), "bio="+customer.Metadata()[0].Text, "x="+customer.Wire()[0].Text, "password="+customer.Text(Password))
		for _, n := range m.Notes() {
			got = append(got, n.Field+": "+n.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q\nwant\n%q", c.name, got, c.want)
		}
		if customer, faults := m.Map([]string{"<none>", "", "", "", ""}); len(faults) > 0 || customer.Has(FirstName) {
			t.Errorf("%s: a text listed under empty: %+v", c.name, faults)
		}
	}
	for _, bad := range []FieldSpec{{Name: "email", Columns: []string{"F"}, Repair: "true"}, {Name: "password", Columns: []string{"F"}, Repair: "true"}, {Name: "first_name", Columns: []string{"F"}, Repair: "maybe"},
		{Name: "first_name", Value: new("x"), Repair: "true"}, {Name: "metadata.n", Columns: []string{"F"}, Type: "number", Repair: "true"}} {
		if err := Check(Spec{Fields: []FieldSpec{bad}}); err == nil {
			t.Errorf("%s takes repair: %s", bad.Name, bad.Repair)
		}
	}
}

// TestDamageSaysNothing: no message of damage holds a part of the cell.
func TestDamageSaysNothing(t *testing.T) {
	for i := range harmsOf {
		if said := fmt.Sprint(harmsOf[i].bad); strings.Contains(said, "Zo") || !utf8.ValidString(said) {
			t.Error(said)
		}
	}
}

// TestDamagedWords: a country or a language that is damaged is said to be so, and is read once it is repaired.
func TestDamagedWords(t *testing.T) {
	spec := Spec{Fields: []FieldSpec{{Name: "country", Columns: []string{"C"}}, {Name: "gender", Columns: []string{"G"}, From: "salutation"}}}
	for _, repair := range []bool{false, true} {
		spec.Repair = repair
		m, err := Compile(spec, []string{"C", "G"}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		c, faults := m.Map([]string{"CÃ´te d&#39;Ivoire", "SeÃ±ora"})
		switch {
		case repair && (len(faults) > 0 || c.Text(Country) != "CI" || c.Text(Gender) != "female"):
			t.Errorf("repaired: %q, %q, %+v", c.Text(Country), c.Text(Gender), faults)
		case !repair && (len(faults) != 2 || faults[0].Code != CodeTextDamaged || faults[1].Code != CodeTextDamaged):
			t.Errorf("not repaired: %+v", faults)
		}
	}
}

// BenchmarkDamageWorst: the longest cell there may be costs little, whatever is in it.
func BenchmarkDamageWorst(b *testing.B) {
	for _, part := range []string{"Ã«", "%20", "&amp;", `\u00eb`, "=C3=AB", "?", "–É", "<b ", "a''b"} {
		b.Run(part, func(b *testing.B) {
			text := strings.Repeat(part, 4000/len(part))
			for b.Loop() {
				repaired(text, nameText)
			}
		})
	}
}
