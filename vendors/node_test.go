package vendors_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"importer/vendors"
)

func TestNode(t *testing.T) {
	doc, ok := vendors.ParseJSON([]byte(` {"b":"x","a":{"n":12,"s":"7","f":1.5,"t":true,"z":null},"l":["p",{"q":["r"]},3]} `))
	if !ok || !slices.Equal(doc.Names(), []string{"b", "a", "l"}) {
		t.Fatalf("%v %v", ok, doc.Names())
	}
	a := doc.Member("a")
	for name, want := range map[string]int{"n": 12, "s": 7} {
		if got, ok := a.Member(name).Int(); !ok || got != want {
			t.Errorf("%s: %d, %v", name, got, ok)
		}
	}
	for _, name := range []string{"f", "t", "z", "none"} {
		if got, ok := a.Member(name).Int(); ok {
			t.Errorf("%s: %d", name, got)
		}
	}
	if got := doc.Member("l").Texts(); !slices.Equal(got, []string{"p", "r"}) {
		t.Errorf("texts %v", got)
	}
	if !a.Member("t").IsTrue() || !a.Member("z").IsNull() || a.Member("none").Present() || doc.Member("x").Member("y").Scalar() != "" {
		t.Error("absent and null are mixed up")
	}
	for _, bad := range []string{"", " ", "{", `{"a":1,"a":2}`, `{"a":1} x`, `{"a":1}{}`, "[1,]", "{'a':1}", "nul", `"\ud800"x`, strings.Repeat("[", 65) + strings.Repeat("]", 65)} {
		if _, ok := vendors.ParseJSON([]byte(bad)); ok {
			t.Errorf("%q was read", bad)
		}
	}
}

// FuzzParseJSON holds the reader to encoding/json: whatever it takes, the standard library takes too.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"x",null,true]}`, `[[[[]]]]`, `"\u0000\ud83d\ude00"`, "1e999", "\xef\xbb\xbf{}", "{\"a\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		n, ok := vendors.ParseJSON(body)
		if ok && !json.Valid(body) {
			t.Errorf("%q was read", body)
		}
		n.Texts()
		n.Member("a").Int()
	})
}
