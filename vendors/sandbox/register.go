package sandbox

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

// Key is one thing by which a vendor knows a person.
type Key uint8

const (
	EmailKey Key = iota
	PhoneKey
	UsernameKey
	MemberKey // a username that others can name as their sponsor
)

// Identity is what identifies a person to a vendor; empty members are unknown. E-mail addresses and usernames compare without case.
type Identity struct {
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty"` // with the country code: +353861234567
	Username string `json:"username,omitempty"`
	Member   bool   `json:"member,omitempty"` // the person can be named as a sponsor
}

// name is what the register calls the person: the e-mail address, else the username, else the phone number.
func (id Identity) name() (Key, string) {
	switch {
	case id.Email != "":
		return EmailKey, id.Email
	case id.Username != "":
		return UsernameKey, id.Username
	}
	return PhoneKey, id.Phone
}

// Register remembers who is registered with one vendor. It holds about 150 bytes a person: keys as 64-bit hashes (two of ten million
// people are taken for each other once in 300,000 runs) and the name. It is safe for concurrent use.
type Register struct {
	seed   maphash.Seed
	seeded func(Key, string) bool
	file   *registerFile // nil keeps nothing

	mu       sync.Mutex
	keys     map[uint64]struct{} // hashes of the keys that are taken
	enrolled map[uint64]struct{} // hashes of the e-mail addresses of seeded people
	entries  []entry
	members  []string
	again    int
	people   int
}

// entry is one accepted act. Its number is its index plus one.
type entry struct {
	name     string
	enrolled bool
	again    bool
}

// Act is what the vendor did for a person.
type Act string

const (
	Created  Act = "created"  // registered
	Enrolled Act = "enrolled" // a user of the platform already; signed up with the brand
)

func newRegister(seeded func(Key, string) bool) *Register {
	return &Register{seed: maphash.MakeSeed(), seeded: seeded, keys: map[uint64]struct{}{}, enrolled: map[uint64]struct{}{}}
}

// Has says whether a person is known by the key, by seed or by an earlier Add.
func (g *Register) Has(k Key, value string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.has(k, value)
}

// Add registers a person, unless one of the unique keys is taken: then it returns those keys, in the order given, and changes nothing.
// Keys the person does not have are never taken. The number counts accepted acts from 1. A person whose name is there already is
// registered again and listed by Snapshot as created twice.
func (g *Register) Add(id Identity, unique ...Key) (number int, taken []Key, err error) {
	g.mu.Lock()
	for _, k := range unique {
		if v := id.value(k); v != "" && g.has(k, v) {
			taken = append(taken, k)
		}
	}
	if len(taken) > 0 {
		g.mu.Unlock()
		return 0, taken, nil
	}
	number = g.add(id)
	return number, nil, g.keep(number, Created, id)
}

// keep writes an act to the file, releases the lock, and returns once the act is durable.
func (g *Register) keep(number int, act Act, id Identity) error {
	mark, err := g.file.write(number, act, id)
	g.mu.Unlock()
	if err == nil {
		err = g.file.sync(mark)
	}
	return err
}

// Enroll signs up a person whom the platform knows already. Doing it again changes nothing.
func (g *Register) Enroll(id Identity) error {
	g.mu.Lock()
	if !g.enroll(id) {
		g.mu.Unlock()
		return nil
	}
	return g.keep(len(g.entries), Enrolled, id)
}

// Members lists the usernames that can be named as a sponsor, in the order registered.
func (g *Register) Members() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.members)
}

// Reset forgets everybody but the seeded people. The file, where there is one, is emptied.
func (g *Register) Reset() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.keys)
	clear(g.enrolled)
	g.entries, g.members, g.again, g.people = nil, nil, 0, 0
	return g.file.truncate()
}

func (g *Register) has(k Key, value string) bool {
	if g.seeded != nil && g.seeded(k, value) {
		return true
	}
	_, ok := g.keys[g.hash(k, value)]
	return ok
}

func (g *Register) add(id Identity) int {
	key, name := id.name()
	_, again := g.keys[g.hash(key, name)]
	if again {
		g.again++
	} else {
		g.people++
	}
	g.entries = append(g.entries, entry{name: strings.Clone(name), again: again})
	for k := EmailKey; k <= MemberKey; k++ {
		if v := id.value(k); v != "" {
			g.keys[g.hash(k, v)] = struct{}{}
		}
	}
	if id.Member {
		g.members = append(g.members, strings.Clone(id.Username))
	}
	return len(g.entries)
}

func (g *Register) enroll(id Identity) bool {
	key, name := id.name()
	h := g.hash(key, name)
	_, here := g.keys[h]
	_, before := g.enrolled[h]
	if here || before {
		return false
	}
	g.people++
	g.entries = append(g.entries, entry{name: strings.Clone(name), enrolled: true})
	g.enrolled[h] = struct{}{}
	return true
}

func (id Identity) value(k Key) string {
	switch k {
	case EmailKey:
		return id.Email
	case PhoneKey:
		return id.Phone
	case UsernameKey:
		return id.Username
	case MemberKey:
		if id.Member {
			return id.Username
		}
	}
	return ""
}

func (g *Register) hash(k Key, value string) uint64 {
	if k != PhoneKey {
		value = strings.ToLower(value)
	}
	var h maphash.Hash
	h.SetSeed(g.seed)
	h.WriteByte(byte(k))
	h.WriteString(value)
	return h.Sum64()
}
