package vendors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"importer/vendors"
)

func TestSecretPrintsNowhere(t *testing.T) {
	const value = "s3cr3t-value"
	s := vendors.NewSecret(value)
	hidden := struct{ inner vendors.Secret }{s}
	var all bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%t", "%10s", "%-5v", "%c", "%U"} {
		fmt.Fprintf(&all, verb+"\n", s)
		fmt.Fprintf(&all, verb+"\n", &s)
		fmt.Fprintf(&all, verb+"\n", hidden)
		fmt.Fprintf(&all, verb+"\n", []vendors.Secret{s})
		fmt.Fprintf(&all, verb+"\n", map[string]any{"a": s})
	}
	asJSON, err := json.Marshal(map[string]any{"a": s, "b": &s, "c": hidden})
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(map[string]any{"a": s, "b": []vendors.Secret{s}})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&all, nil), slog.NewJSONHandler(&all, nil)} {
		slog.New(h).Info("x", "secret", s, "pointer", &s, "group", slog.GroupValue(slog.Any("a", s)))
	}
	all.Write(asJSON)
	all.Write(asYAML)
	text := all.String()
	if strings.Contains(text, value) || strings.Contains(text, fmt.Sprintf("%x", value)) || strings.Contains(text, fmt.Sprintf("%X", value)) {
		t.Errorf("a secret is shown:\n%s", text)
	}
	if !strings.Contains(text, "[secret]") || s.Reveal() != value || (vendors.Secret{}).Reveal() != "" {
		t.Errorf("a secret says %q, reveals %q", s.String(), s.Reveal())
	}
}
