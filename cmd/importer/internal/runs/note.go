package runs

import (
	"encoding/json"
	"fmt"

	"importer/pipeline/journal"
)

// note is what a run leaves in the journal, so that it can be resumed, reported and retried. It holds no secret, and no text that may name a person.
type note struct {
	Version    int               `json:"version"` // 1
	Job        string            `json:"job,omitempty"`
	Digest     string            `json:"job_digest"` // see setup.digest
	Inputs     []input           `json:"inputs"`
	Asked      map[string]string `json:"asked,omitempty"` // options given by flag or environment; in the journal without those of Kept: see workspace.fill
	Kept       map[string]string `json:"kept,omitempty"`  // keyed digests of what was given to options that may name people
	Sandbox    bool              `json:"sandbox,omitempty"`
	State      string            `json:"sandbox_state,omitempty"` // the folder that the sandbox is kept in; "" for one that ended with the process
	FailedFile bool              `json:"mended,omitempty"`        // the input is a failed file of earlier runs
	Links      *rowLinks         `json:"links,omitempty"`         // which rows of earlier runs those of a failed file come from
	Of         string            `json:"of,omitempty"`            // the run whose rows are taken again
	Rows       string            `json:"rows,omitempty"`          // which of them, as spans: "3,7-9"
	Identity   string            `json:"identity,omitempty"`      // the fields that make a person, where they are not the vendor's: "phone,birth_date"
	Resend     bool              `json:"resend,omitempty"`        // rows in doubt among them are to be sent: the person said so
	Again      []journal.Status  `json:"again,omitempty"`         // rows of a retry that are sent although the vendor gave this answer before
	NewColumns bool              `json:"new_columns,omitempty"`   // it goes on with columns that are neither mapped nor ignored
	Fresh      bool              `json:"fresh,omitempty"`         // begun with --fresh: nobody is held for what earlier runs left in doubt
}

const noteVersion = 1

// noteOf reads a run's note.
func noteOf(r journal.Run) (note, error) {
	var n note
	if err := json.Unmarshal(r.Note, &n); err != nil {
		return n, fmt.Errorf("run %s: its note in the journal cannot be read: %w", r.Name, err)
	}
	if n.Version != noteVersion {
		return n, unusable(fmt.Sprintf("run %s was begun by another version of the importer", r.Name), "use that version")
	}
	return n, nil
}

// plain reports whether the run is one of `run` over whole inputs: the kind that the same command resumes.
func (n note) plain() bool { return n.Of == "" && !n.FailedFile }

// gone reports whether the run went into a sandbox that ended with the process: nothing of it can be resumed.
func (n note) gone() bool { return n.Sandbox && n.State == "" }
