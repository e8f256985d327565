package reports

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestGuard(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "it's": "it's", "'quoted'": "'quoted'", "'": "'", "a=b": "a=b",
		"=1+1": "'=1+1", "+353": "'+353", "-1": "'-1", "@x": "'@x", "\t=x": "'\t=x", "\rx": "'\rx", "\nx": "'\nx",
		"  =x": "'  =x", "'=x": "''=x", "''=x": "'''=x", "' =x": "'' =x", "＝x": "'＝x", "＠x": "'＠x",
	} {
		if got := Guard(text); got != want {
			t.Errorf("Guard(%q) = %q, want %q", text, got, want)
		}
		if got := Unguard(want); got != text {
			t.Errorf("Unguard(%q) = %q, want %q", want, got, text)
		}
	}
}

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"plain Ünï 👩‍👧": "plain Ünï 👩‍👧", "a\nb\tc\rd": `a\nb\tc\rd`, "\x1b[31m": `\u001b[31m`, "\x00\x7f\u0085": `\u0000\u007f\u0085`,
		"a\u202eb\u2066": `a\u202eb\u2066`, "\ufeffx": `\ufeffx`, "\u2028": `\u2028`, "a\xffb\xc3": `a\xffb\xc3`, "\ufffd": "\ufffd", `C:\n`: `C:\n`,
	} {
		if got := Shown(text); got != want {
			t.Errorf("Shown(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzGuard(f *testing.F) {
	for _, seed := range []string{"", "=1", "'=1", "'' +", "\t", "x\x1b", "＝", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		guarded := Guard(text)
		if got := Unguard(guarded); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
		if strings.HasPrefix(strings.TrimLeft(guarded, " "), "=") || strings.IndexAny(guarded, "=+-@\t\r\n") == 0 {
			t.Errorf("%q is a formula", guarded)
		}
		shown := Shown(text)
		if Shown(shown) != shown || !utf8.ValidString(shown) || strings.ContainsFunc(shown, hidden) {
			t.Errorf("%q is shown as %q", text, shown)
		}
	})
}
