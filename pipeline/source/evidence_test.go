package source

import (
	"slices"
	"strings"
	"testing"
)

// encoded writes text in an encoding.
func encoded(t testing.TB, name, text string) string {
	t.Helper()
	text, ok := writeWord(text, name)
	if !ok {
		t.Fatalf("%s cannot write it", name)
	}
	return text
}

// reads returns whether an encoding reads words as they were written in another.
func reads(t *testing.T, in, words string) func(as string) bool {
	return func(as string) bool {
		for _, word := range strings.Fields(words) {
			if text, ok := readWord(encoded(t, in, word), as); !ok || text != word {
				return false
			}
		}
		return true
	}
}

// TestVerdict writes words in an encoding and says what becomes of them where nobody names it: certain is the reading in windows-1252, and whatever is
// doubtful has the true encoding among its candidates.
func TestVerdict(t *testing.T) {
	tests := []struct {
		in, words string
		certain   bool
	}{
		{Windows1252, "Zoë Müller", true},
		{Windows1252, "José André Jürgen Weiß Öztürk", true},
		{Windows1252, "Müller “Annie” O’Brien 5€ Café® Straße", true},
		{Windows1252, "JOSÉ MÜLLER", true},
		{Windows1252, "O’Brien", true},
		{Windows1252, "D’Arcy Sant’Anna", true},
		{Windows1252, "Dublin – Cork €5 • …", true},
		{Windows1252, "“Annie”", true},
		{Windows1252, "Café", true},
		{Windows1252, "Weiß", true},
		{Windows1252, "Ödegård", true},
		{Windows1252, "ÅSE", false},
		{Windows1252, "Jäger", true},
		{Windows1252, "Søren", false},
		{Windows1252, "Muñoz", false},
		{Windows1252, "Ibáñez Núñez Yáñez Zúñiga", true},
		{Windows1252, "Hélène François Benoît Gaëlle", false},
		{Windows1252, "Åsa Sjöström", false},
		{Windows1252, "Sigurður Guðrún Þórdís", true},
		{"windows-1250", "Dvořák Šimůnek Novotný Čapek", false},
		{"windows-1250", "Łukasz Wójcik Śliwiński", false},
		{"windows-1250", "Jovanović Đorđević", false},
		{"windows-1250", "Kovačič", false},
		{"windows-1250", "Kovács Erdős Ferenc", false},
		{"iso-8859-2", "Dvořák Šimůnek Novotný Čapek", false},
		{"iso-8859-2", "Łukasz Wójcik Śliwiński", false},
		{"windows-1251", "Петрова", false},
		{"windows-1251", "Иванов Сергей иван", false},
		{"koi8-r", "Петрова Иванов", false},
		{"ibm866", "Петрова Иванов", false},
		{"windows-1253", "Παπαδόπουλος Γιώργος", false},
		{"windows-1254", "Yıldız Çağlar Şahin", false},
		{"windows-1254", "Işık", false},
		{"windows-1257", "Eglė Petraitė", false},
		{"windows-1257", "Žukauskas Rūta Šarūnas", false},
		{"windows-1257", "Jānis Bērziņš", false},
		{"windows-1257", "Tõnis Mäger Šmidt Žanna", false},
		{"iso-8859-15", "Žukova Šmidt Müller", false},
		{"macintosh", "José Müller François", false},
		{"macintosh", "Zoë", false},
		{"cp850", "José Müller", false},
		{"cp850", "Ängel", false},
		{"cp437", "José Müller Peña", false},
		{"cp852", "Łukasz Dvořák", false},
		{"gbk", "小明 王", false},
		{"gbk", "李 张伟 王芳", false},
		{"big5", "陳大文 林美玲", false},
		{"shift_jis", "山田 太郎 サトウ", false},
		{"euc-jp", "山田 太郎", false},
		{"euc-kr", "김철수 박영희", false},
	}
	for _, test := range tests {
		t.Run(test.in+" "+test.words, func(t *testing.T) {
			var list strings.Builder
			list.WriteString("Mail,Name\n")
			for _, word := range strings.Fields(test.words) {
				list.WriteString("a@example.com," + encoded(t, test.in, word) + "\n")
			}
			set := survey(t, Options{}, write(t, "list.csv", list.String()))
			f := set.Files[0]
			switch {
			case test.certain && (f.Doubt != nil || f.Encoding != Windows1252):
				t.Errorf("read as %s, in doubt: %+v", f.Encoding, f.Doubt)
			case !test.certain && f.Doubt == nil:
				t.Errorf("read as %s without doubt", f.Encoding)
			case !test.certain && (!slices.ContainsFunc(f.Doubt.Candidates, reads(t, test.in, test.words)) || f.Doubt.Candidates[0] != f.Encoding || len(set.Samples(0, []int{1})) == 0):
				t.Errorf("read as %s: %+v", f.Encoding, f.Doubt)
			default:
				t.Log(f.Encoding, f.Doubt)
			}
			if named := survey(t, Options{Encoding: test.in}, write(t, "list.csv", list.String())); named.Files[0].Doubt != nil {
				t.Error("a doubt where the encoding is said")
			} else if rows := readAll(t, named); rows[0].Cells[1] != strings.Fields(test.words)[0] {
				t.Errorf("read as %q", rows[0].Cells)
			}
		})
	}
}

// TestManyWords: a long list in a language of western Europe lacks the letters that any list of another region has by then, and is certain without a
// setting. A short one is not.
func TestManyWords(t *testing.T) {
	tests := []struct {
		in, words string
		certain   bool
	}{
		{Windows1252, "Hélène François Benoît Lefèvre Gaëlle Léa Garçon Zoë", true},
		{Windows1252, "Muñoz Peña García Iñaki Begoña", true},
		{Windows1252, "Åsa Åkesson Sjöström Björn", true},
		{Windows1252, "Søren Kjær Åse Bjørn Jørgensen", true},
		{Windows1252, "João Simões Conceição Gonçalves Antônio", true},
		{Windows1252, "Niccolò Nicolò Libertà Cantù", true},
		{"windows-1250", "Kovačič Jovanović Đorđević Marušić", false},
		{"windows-1250", "Dvořák Čapek Novotný Tomáš", false},
		{"windows-1250", "Müller Wójcik Kamiński Michał", false},
		{"windows-1250", "Erdős Szűcs Török", false},
		{"windows-1254", "Çağlar Yıldız", false},
		{"windows-1257", "Eglė Petraitė Šarūnas", false},
		{"windows-1257", "Jānis Bērziņš", false},
	}
	for _, test := range tests {
		words := strings.Fields(test.words)
		var list strings.Builder
		list.WriteString("Name\n")
		for i := range 1200 { // each word as many
			list.WriteString(encoded(t, test.in, words[i%len(words)]) + strings.Repeat(string(rune('a'+i/len(words)%26)), 1+i/len(words)/26) + "\n")
		}
		for _, first := range []int{1200, 12} {
			text := strings.Join(strings.SplitAfter(list.String(), "\n")[:first], "")
			doubt := survey(t, Options{}, write(t, "list.csv", text)).Files[0].Doubt
			if certain := test.certain && first == 1200; (doubt == nil) != certain {
				t.Errorf("%s, the first %d of %s: in doubt: %+v", test.in, first, test.words, doubt)
			}
		}
	}
}
