package journal

import (
	"encoding/binary"
	"strconv"
)

// mostTries bounds how many texts are tried for one password. Half of the shortest ones fit the strictest rule.
const mostTries = 1000

// Password returns a text that is random to everybody who has not the key, and always the same for the same parts (account, person): length characters
// of the alphabet, which is ASCII and has 2 to 256 of them, each as likely as any other, the first such text that fits. "" when none of very many does: the
// rule and the length contradict each other. Nobody keeps it; it is made again when it is needed.
func (k *Key) Password(alphabet string, length int, fits func(string) bool, parts ...string) string {
	for try := range mostTries {
		stream := keyStream{key: k, parts: append([]string{strconv.Itoa(try)}, parts...)}
		text := make([]byte, length)
		for i := range text {
			text[i] = alphabet[stream.below(len(alphabet))]
		}
		if fits(string(text)) {
			return string(text)
		}
	}
	return ""
}

// keyStream gives bytes without end: the keyed digests of the parts and a block number, one after the other.
type keyStream struct {
	key   *Key
	parts []string
	block uint64
	left  []byte
}

// below returns a number from 0 to n-1, each as likely: bytes past the last whole multiple of n are passed over.
func (s *keyStream) below(n int) int {
	whole := 256 - 256%n
	for {
		if len(s.left) == 0 {
			number := binary.BigEndian.AppendUint64(nil, s.block)
			digest := s.key.digest("password", append([]string{string(number)}, s.parts...))
			s.left = digest[:]
			s.block++
		}
		b := int(s.left[0])
		if s.left = s.left[1:]; b < whole {
			return b % n
		}
	}
}
