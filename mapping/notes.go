package mapping

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"importer/mapping/problem"
)

// Note is one thing that mapping did to the cells of a field, or noticed in them, that is no fault: the rows are still sent.
type Note struct {
	Code  string   // stable snake_case name, one of the Note constants
	Field string   // as in [Fault]
	Cells int64    // how many cells
	Seen  []string // examples that are safe to show, the commonest first; at most five, often none
}

// The codes of notes.
const (
	NoteTrimmed     = "trimmed"
	NoteInvisible   = "invisible_removed"
	NoteSpace       = "space_replaced"
	NotePlaceholder = "placeholder_emptied"
	NoteEmailTypo   = "email_typo"
	NoteDecimals    = "decimals_removed"
	NotePlus        = "plus_restored"
	NoteTwoPhones   = "phone_two_readings"
	NoteTimeDropped = "time_dropped"
	NoteFillerDay   = "date_placeholder"
	NoteEscape      = "escape_removed"
	NoteApostrophe  = "apostrophe_kept"
	NoteShownNumber = "number_as_shown"
	NoteDamaged     = "text_looks_damaged"
	NoteRepaired    = "text_repaired"
	NoteEmailTaken  = "email_taken"
	NoteGuest       = "email_guest"
	NoteReserved    = "email_reserved"
	NoteRole        = "email_role"
	NoteNobody      = "email_placeholder"
	NoteDisposable  = "email_disposable"
	NoteLanguageNA  = "language_na"
)

// noteKinds says what each note means: its bit of a [noteSet], or 0 where it is counted otherwise, and its code, whose Hint is the meaning. It is never
// changed.
var noteKinds = []struct {
	bit noteSet
	problem.Code
}{
	{trimmedEnds, problem.Code{Name: NoteTrimmed, Hint: "blanks at the ends were cut off"}},
	{removedInvisible, problem.Code{Name: NoteInvisible, Hint: "characters that show nothing (soft hyphens, zero-width spaces, byte order marks) were taken out"}},
	{replacedSpaces, problem.Code{Name: NoteSpace, Hint: "no-break spaces were made plain ones"}},
	{placeholderCell, problem.Code{Name: NotePlaceholder, Hint: "texts that `empty` lists were read as an empty cell"}},
	{emailTypo, problem.Code{Name: NoteEmailTypo, Hint: "the domain looks like a typo; the address is sent as it is written"}},
	{removedDecimals, problem.Code{Name: NoteDecimals, Hint: "the .0 of a column kept as decimal numbers was taken off"}},
	{restoredPlus, problem.Code{Name: NotePlus, Hint: "digits without + were read as international numbers, as the setting or the whole column says"}},
	{twoPhones, problem.Code{Name: NoteTwoPhones, Hint: "national numbers that would be numbers of another country with a + in front; `without_plus: international` reads them so"}},
	{droppedTime, problem.Code{Name: NoteTimeDropped, Hint: "a date had a time of day besides midnight, which was dropped; where many have 22:00 or 23:00, midnights were shifted, and the days may be wrong"}},
	{0, problem.Code{Name: NoteFillerDay, Hint: "days that programs write where they have none stand out; they are sent as they are unless `empty` lists them"}},
	{removedEscape, problem.Code{Name: NoteEscape, Hint: "what keeps a spreadsheet from changing a value was taken off: an apostrophe in front, =\"…\" around it, or quotes around a code"}},
	{keptApostrophe, problem.Code{Name: NoteApostrophe, Hint: "an apostrophe in front may be such an escape; the value is sent with it"}},
	{shownNumber, problem.Code{Name: NoteShownNumber, Hint: "the value looks like a number or a date as a spreadsheet writes it (1024.0; 1,234,567; 15 digits and then zeros; 3-May); it is sent as it is written"}},
	{damagedText, problem.Code{Name: NoteDamaged, Hint: "the text looks damaged (decoded twice, escapes, markup); what the vendor's own fields and metadata hold is sent as it is written"}},
	{repairedText, problem.Code{Name: NoteRepaired, Hint: "damage was repaired, as `repair: true` asks"}},
	{emailTaken, problem.Code{Name: NoteEmailTaken, Hint: "the first address of the cell was taken, as `take: first` asks, and the rest was left out"}},
	{emailGuest, problem.Code{Name: NoteGuest, Hint: "the name of a guest in Microsoft Entra ID: it receives no mail; the person's own address stands in front of #EXT#, with _ for the @"}},
	{emailReserved, problem.Code{Name: NoteReserved, Hint: "the domain ends in a name that no mail can reach, such as .invalid or .test"}},
	{emailRole, problem.Code{Name: NoteRole, Hint: "the address is that of an office, such as info@, and not of one person"}},
	{emailNobody, problem.Code{Name: NoteNobody, Hint: "the address looks made up to fill the cell; list it under `empty` if it stands for nothing"}},
	{emailDisposable, problem.Code{Name: NoteDisposable, Hint: "the domain gives addresses that are thrown away"}},
	{languageNA, problem.Code{Name: NoteLanguageNA, Hint: "NA is read as Nauruan, whose code it is; where it stands for nothing, add `empty: [NA]` to the field"}},
}

// String returns the note in one line, such as `email: email_typo in 3 cells (gmial.com for gmail.com?)`.
func (n Note) String() string {
	cells := "cells"
	if n.Cells == 1 {
		cells = "cell"
	}
	text := fmt.Sprintf("%s: %s in %d %s", n.Field, n.Code, n.Cells, cells)
	if len(n.Seen) > 0 {
		text += " (" + strings.Join(n.Seen, ", ") + ")"
	}
	return text
}

// noted counts what happened to the cells of one field. It is safe for concurrent use.
type noted struct {
	counts [maxNotes]atomic.Int64 // by the place of the bit
	mu     sync.Mutex
	shown  map[noteSet]map[string]int64 // by note, and by what is shown of the cell
	days   fillers
}

// The bounds of what is kept of examples, for each note.
const (
	maxExamples = 100 // different ones that are counted
	maxSeen     = 5   // that are shown
)

// noteSet is what is to be noted of one cell: what cleaning did to it, or what its reader saw in it. See noteKinds.
type noteSet uint32

const (
	trimmedEnds      noteSet = 1 << iota // white space cut off the ends
	removedInvisible                     // characters that show nothing taken out, at the ends or inside
	replacedSpaces                       // no-break and other special spaces made plain ones
	placeholderCell                      // a text that stands for an empty cell
	emailTypo                            // a domain that looks like a typo
	removedDecimals                      // the decimals of a whole number taken off
	restoredPlus                         // digits read as an international number
	twoPhones                            // a national number that a + would make another country's
	droppedTime                          // a time of day that is not midnight
	removedEscape                        // armour taken off
	keptApostrophe                       // an apostrophe in front that may be armour
	shownNumber                          // 1024.0 or 1,234,567 where a text is meant
	damagedText                          // damage in a text that is sent all the same
	repairedText                         // damage that was repaired
	emailTaken                           // the first address of a cell that holds more
	emailGuest                           // the name of a guest, which receives no mail
	emailReserved                        // a domain that cannot exist
	emailRole                            // an address of an office
	emailNobody                          // an address that is nobody's
	emailDisposable                      // a domain of addresses that are thrown away
	languageNA                           // NA as a language
)

// maxNotes is how many different notes there can be.
const maxNotes = 32

// count counts a cell under each note of the set; a nil noted counts nothing.
func (n *noted) count(set noteSet) {
	if n == nil {
		return
	}
	for ; set != 0; set &= set - 1 {
		n.counts[bits.TrailingZeros32(uint32(set))].Add(1)
	}
}

// of is how many cells have a note; 0 for no bit.
func (n *noted) of(bit noteSet) int64 {
	if bit == 0 {
		return 0
	}
	return n.counts[bits.TrailingZeros32(uint32(bit))].Load()
}

// example counts a cell under one note, and keeps what may be shown of it.
func (n *noted) example(of noteSet, shown string) {
	if n == nil {
		return
	}
	n.count(of)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.shown == nil {
		n.shown = map[noteSet]map[string]int64{}
	}
	examples := n.shown[of]
	if examples == nil {
		examples = map[string]int64{}
		n.shown[of] = examples
	}
	if _, ok := examples[shown]; ok || len(examples) < maxExamples {
		examples[shown]++
	}
}

// seen returns the examples of one note, the commonest first.
func (n *noted) seen(of noteSet) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	examples := n.shown[of]
	all := slices.SortedFunc(maps.Keys(examples), func(a, b string) int {
		return cmp.Or(cmp.Compare(examples[b], examples[a]), cmp.Compare(a, b))
	})
	return all[:min(len(all), maxSeen)]
}

// Notes returns what [Mapper.Map] did to cells so far without calling it a fault, in job-file order. Rows mapped twice count
// twice; MapOnly counts nothing.
func (m *Mapper) Notes() []Note {
	var notes []Note
	for _, st := range m.steps {
		for _, kind := range noteKinds {
			note := Note{Code: kind.Name, Field: st.name, Cells: st.noted.of(kind.bit), Seen: st.noted.seen(kind.bit)}
			switch kind.Name {
			case NoteTimeDropped:
				note.Seen = st.noted.days.seenTimes()
			case NoteFillerDay:
				note.Cells, note.Seen = st.noted.days.standOut()
			}
			if note.Cells == 0 {
				continue
			}
			notes = append(notes, note)
		}
	}
	return notes
}
