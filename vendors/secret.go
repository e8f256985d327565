package vendors

import (
	"fmt"
	"io"
	"log/slog"
)

// secretShown is what every way of printing a Secret gives.
const secretShown = "[secret]"

// Secret is a key, password or token. Every fmt verb, JSON, YAML, text encoding and slog print it as "[secret]"; only [Secret.Reveal] gives
// the value, and only the code that writes it onto the wire calls that. The value is behind a pointer because fmt prints unexported members of
// other structs without asking their methods, and of a pointer it prints the address.
type Secret struct{ value *string }

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{&value} }

// Reveal returns the value in clear. Never pass it to anything that prints.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// String returns "[secret]".
func (s Secret) String() string { return secretShown }

// Format prints "[secret]" for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, secretShown) }

// MarshalText returns "[secret]"; encoding/json and YAML encoders use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(secretShown), nil }

// LogValue returns "[secret]".
func (s Secret) LogValue() slog.Value { return slog.StringValue(secretShown) }
