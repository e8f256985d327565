package runs

import "testing"

func TestQuoted(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"a/b.csv": "a/b.csv", "my list.csv": "'my list.csv'", "it's": `'it'\''s'`, "": "''", "$HOME": "'$HOME'"} {
		if got := quoted(word); got != want {
			t.Errorf("%q is %s, want %s", word, got, want)
		}
	}
}
