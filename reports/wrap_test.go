package reports

import "testing"

func TestWrapKeepsWhatIsPastedWhole(t *testing.T) {
	for text, want := range map[string]string{
		"one two three four":            "  one two three\n  four",
		"given `a: {b: c}` or `d`; go":  "  given\n  `a: {b: c}` or\n  `d`; go",
		"one `two` three `four five` 6": "  one `two` three\n  `four five` 6",
		"a `stray mark is no span":      "  a `stray mark\n  is no span",
		"`longer than any line` is":     "  `longer than\n  any line` is",
		"":                              "",
	} {
		if got := wrapAt(17)("  ", text); got != want {
			t.Errorf("%q:\n%s\nwant:\n%s", text, got, want)
		}
	}
}
