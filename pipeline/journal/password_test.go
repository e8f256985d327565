package journal

import (
	"math"
	"strings"
	"testing"
)

func TestPassword(t *testing.T) {
	t.Parallel()
	const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%?@_"
	key, other := NewKey([]byte("one secret")), NewKey([]byte("another secret"))
	anyText := func(string) bool { return true }
	of := func(k *Key, parts ...string) string { return k.Password(alphabet, 20, anyText, parts...) }
	first := of(key, "thanx", "jane@example.com")
	if len(first) != 20 || strings.Trim(first, alphabet) != "" || first != of(NewKey([]byte("one secret")), "thanx", "jane@example.com") {
		t.Errorf("%d characters, not the same again, or others than asked for", len(first))
	}
	for name, text := range map[string]string{
		"another key": of(other, "thanx", "jane@example.com"), "another account": of(key, "pelcro", "jane@example.com"),
		"another person": of(key, "thanx", "joe@example.com"), "other parts": of(key, "thanxjane@example.com"),
	} {
		if text == first {
			t.Errorf("%s: the same password", name)
		}
	}
	digit := func(s string) bool { return strings.ContainsAny(s, "0123456789") && strings.ContainsAny(s, "!#%?@_") }
	for _, who := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		if got := key.Password(alphabet, 12, digit, who); !digit(got) || got != key.Password(alphabet, 12, digit, who) {
			t.Errorf("%s: the rule is not kept, or not in the same way", who)
		}
	}
	if got := key.Password(alphabet, 12, func(string) bool { return false }, "x"); got != "" {
		t.Error("a rule that nothing fits gives a password")
	}
}

// TestPasswordIsEven draws many characters of an alphabet whose size is no power of two, and counts them: with bytes taken modulo its size the first
// letters would come a third more often. The bound is chi-square's for 1 in 10,000; the key is fixed, so the outcome is too.
func TestPasswordIsEven(t *testing.T) {
	t.Parallel()
	const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%?@_+"
	key := NewKey([]byte("even"))
	counts := map[rune]int{}
	const draws = 100_000
	for _, r := range key.Password(alphabet, draws, func(string) bool { return true }, "x") {
		counts[r]++
	}
	square, each := 0.0, float64(draws)/float64(len(alphabet))
	for _, r := range alphabet {
		square += math.Pow(float64(counts[r])-each, 2) / each
	}
	if square > 121 {
		t.Errorf("chi-square %.0f", square)
	}
}
