package reports

import (
	"cmp"
	"slices"
)

const (
	messagesCounted = 50 // different messages that are counted apart; rows with further ones are counted by their code alone
	messagesListed  = 10 // of them, those in the summary and on the page
	messagesInText  = 3  // of them, those in the text
)

// MessageCount is how often one message was given with one hint. A message says what was wrong and quotes no value.
type MessageCount struct {
	Field   string   `json:"field,omitzero"` // empty where the row as a whole is meant
	Message string   `json:"message"`
	Hint    string   `json:"hint"`
	Count   int64    `json:"count"`
	Samples []Sample `json:"samples"` // the first three
}

// Messages counts the messages of one code. Some of them name bytes or members, which differ from row to row: its size does not grow with the list. The
// zero Messages is ready to use.
type Messages struct {
	kinds map[messageKind]*MessageCount
}

type messageKind struct{ field, message, hint string }

// Add counts one message of a row.
func (m *Messages) Add(at Sample, field, message, hint string) {
	if m.kinds == nil {
		m.kinds = map[messageKind]*MessageCount{}
	}
	key := messageKind{field, message, hint}
	count := m.kinds[key]
	if count == nil {
		if len(m.kinds) == messagesCounted {
			return
		}
		count = &MessageCount{Field: field, Message: message, Hint: hint}
		m.kinds[key] = count
	}
	count.Count++
	if len(count.Samples) < samplesPerCode {
		count.Samples = append(count.Samples, at)
	}
}

// Counts returns the most frequent messages, the most frequent first.
func (m *Messages) Counts() []MessageCount {
	var list []MessageCount
	for _, count := range m.kinds {
		list = append(list, *count)
	}
	slices.SortFunc(list, func(a, b MessageCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Hint, b.Hint))
	})
	return list[:min(len(list), messagesListed)]
}
