package journal

import (
	"slices"
	"time"
)

// Status is what happened to a row. The zero Status is Unsettled, which no report shows: a row without a settled status is Unsent.
type Status uint8

const (
	Unsettled Status = iota
	Created          // registered
	Exists           // the vendor has the e-mail, phone or username already: the person, or somebody with the same number
	Rejected         // the vendor says the row is wrong
	Invalid          // local checks failed, never sent
	Duplicate        // same identity as another row of this input, or something that the vendor takes from one user only, never sent
	Skipped          // already imported by an earlier run, or filtered
	InDoubt          // sent, and it is unknown whether the user is registered
	Unsent           // not reached; never stored, always derived: rows read minus rows settled
)

// Digest is a keyed digest (HMAC-SHA-256 cut to 128 bits) of an identity or of a row's content; the zero Digest is none.
type Digest [16]byte

// Claims are digests of what a request asks for and a vendor takes from one person only; zero where there is none. Their domain is their own: none
// is ever the same as an identity.
type Claims struct{ Phone, Username Digest }

// Kind says how a Record changes the state of its row; see the state machine in doc.go.
type Kind uint8

const (
	Intent        Kind = iota + 1 // attempt N is about to be sent: durable before the first byte leaves
	NotRegistered                 // attempt N ended, and the user was certainly not registered (throttled, not sent): may be sent again
	Uncertain                     // attempt N ended in doubt, and a repeat is refused or absorbed: will be sent again
	Settle                        // the row's status
	Ruling                        // what a person said of attempt N, by `importer settle`: Status is final, or Unsent for "was not created, may be sent again"
)

// Record is one state change of a row. Which members count depends on Kind.
type Record struct {
	Kind    Kind
	Row     int64
	Attempt int       // 1 for the first; 0 for rows settled without one
	At      time.Time // UTC, microseconds

	Content  Digest // of the row's cells; on Intent and Settle
	Identity Digest // of the person; on Intent and Settle; zero where the row has none

	Claims Claims // on Intent: kept for Store.Claimed and Forget, not in the row's state

	// Settle, and as far as known NotRegistered and Uncertain:
	Status     Status
	Code       string
	HTTPStatus int
	VendorCode string
	Field      string
	Message    string
	VendorID   string
	Elapsed    time.Duration // from the first intent to the settling
	Line       int64         // physical first line of the row in its input; on Intent, and on a Settle without one

	Key string // the person's masked identity, for reports: passed on to OnDurable, kept by no store
}

// RowState is the state of a row: what the records of one run say of it, folded by [Next]. The zero RowState is a row without a record.
type RowState struct {
	Record            // the last record that counts; Kind is the state: Intent = in flight (in doubt after a crash), NotRegistered, Uncertain or Settle; never Ruling
	First   time.Time // when attempt 1 was recorded; zero when there was none
	Doubted bool      // an attempt before the newest ended in doubt: the user may be registered, also when the newest did not do it. Never of NotRegistered
}

// InDoubt reports whether the row was sent and it is unknown whether the user is registered.
func (s RowState) InDoubt() bool {
	return s.Kind == Intent || s.Kind == Uncertain || s.Kind == Settle && s.Status == InDoubt
}

// Run is one execution of a job over one input.
type Run struct {
	ID      int64  // 1, 2, 3 …: assigned by Begin
	Name    string // its folder's name: "<UTC stamp>-<vendor>-<input name>", unique
	Folder  string // as given by the caller: where its reports are
	Vendor  string
	Account string // vendors.Account.ID
	Job     Digest // of what decides what is sent: the job's fields and settings
	Input   []byte // of the inputs: Key.Input of their SHA-256. Earlier versions had that itself: see Store.Amend
	Inputs  []InputFile
	Started time.Time
	Ended   time.Time // zero while it runs or after a crash
	State   RunState
	Note    []byte // the caller's own JSON: how the run was asked for, for `resume` and `report`; holds no secret, and nothing of a person
}

// Begun returns the run as a store keeps it when it begins.
func (r Run) Begun() Run {
	r = r.Clone()
	r.Started, r.Ended, r.State = Moment(r.Started), time.Time{}, Running
	return r
}

// Clone returns the run with slices of its own.
func (r Run) Clone() Run {
	r.Input, r.Inputs, r.Note = slices.Clone(r.Input), slices.Clone(r.Inputs), slices.Clone(r.Note)
	return r
}

// InputFile is one input of a run.
type InputFile struct {
	Path   string
	Size   int64
	Digest string // Key.Input of its SHA-256, in hex; "" where it is not known
}

// RunState says whether and how a run ended.
type RunState uint8

const (
	Running     RunState = iota // or crashed: its lock shows which
	Complete                    // every row was reached
	Stopped                     // too many errors, or a fatal answer: rows are unsent
	Interrupted                 // a person stopped it
	Superseded                  // it was not finished, and a later run imports its list as that has become: it is never continued
)
