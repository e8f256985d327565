package profile

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestThePageNamesEveryMember of a field in summary.json, every change and every suspicion.
func TestThePageNamesEveryMember(t *testing.T) {
	text, err := os.ReadFile("../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, found := strings.Cut(string(text), "### What `check` shows that it read\n")
	if !found {
		t.Fatal("the section is gone")
	}
	page, _, _ = strings.Cut(page, "\n## ")
	var names []string
	for _, of := range []any{Field{}, Place{}, Count{}, Found{}, Sample{}} {
		for i := range reflect.TypeOf(of).NumField() {
			name, _, _ := strings.Cut(reflect.TypeOf(of).Field(i).Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	for _, way := range ways {
		names = append(names, string(way))
	}
	for _, why := range suspicions {
		names = append(names, string(why))
	}
	for _, name := range names {
		if name != "" && !strings.Contains(page, "`"+name+"`") {
			t.Errorf("%s is not named", name)
		}
	}
}
