package source

import (
	"encoding/hex"
	"os"
	"testing"
)

// TestDigestsStay: an unfinished run is continued only over the digest that the journal keeps, also by a later release.
func TestDigestsStay(t *testing.T) {
	book, err := os.ReadFile("testdata/digest.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, content, want string
		options             Options
	}{
		{"list.csv", "a,b\n1,2\n", "1d3e9f6967479e421197db66b7abb0d924c412972773d0e7ee0487c3737f8f20", Options{}},
		{"list.csv", "x\na;b;\n1;2;\n", "8b9150dedbe6dc531b645b469c823f14969eb98f434ebc15cb59f33b9b3fcc35",
			Options{HeaderRow: 2, Quote: QuoteBackslash, Quotes: QuotesLoose, Comment: '#', Ragged: RaggedPad, LineEnds: LineEndsAny}},
		{"list.csv", "sep=;\n1;2\n", "79a2e7f07df909345f5e202ab058cf6e63fdc5e116b7f30f5557faf547ee08aa", Options{Columns: []string{"a", "b"}}},
		{"list.json", `[{"a":1}]`, "50b78aa45886f43ca0025bdd43d9fd3ff3b1c8aac13f71eaffb8898449b75335", Options{}},
		{"list.xlsx", string(book), "b7d44259d84a41105c8b4d9668051bd26d0f0745b421caff25bb3456fdbd2baf", Options{}},
	} {
		if got := hex.EncodeToString(survey(t, test.options, write(t, test.name, test.content)).Digest()); got != test.want {
			t.Errorf("%s %+v has the digest %s, want %s", test.name, test.options, got, test.want)
		}
	}
}
