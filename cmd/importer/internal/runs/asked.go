package runs

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"importer/pipeline/journal"
)

// askedName is the file in a run's folder with what was given to options that may name people, as JSON: {"where": "…"}. The journal has keyed digests of
// these texts, and nothing else.
const askedName = "asked.json"

// withoutPeople splits what was asked for: what the journal may hold, the texts that may name people, and the digests by which these are known again.
func (ws *workspace) withoutPeople(asked map[string]string) (open, texts, digests map[string]string) {
	open = maps.Clone(asked)
	for _, o := range AllOptions() {
		text, said := asked[o.Name]
		if !o.Personal || !said {
			continue
		}
		if digests == nil {
			texts, digests = map[string]string{}, map[string]string{}
		}
		delete(open, o.Name)
		texts[o.Name], digests[o.Name] = text, ws.optionDigest(o.Name, text)
	}
	return open, texts, digests
}

func (ws *workspace) optionDigest(name, text string) string {
	d := ws.key.Option(name, text)
	return hex.EncodeToString(d[:])
}

// fill gives a note the texts that the journal does not hold: from the run's folder or, where they are not there or were changed, from what this call was given.
func (ws *workspace) fill(r journal.Run, n *note, given map[string]string) error {
	if len(n.Kept) == 0 {
		return nil
	}
	left := ws.askedIn(r)
	asked := maps.Clone(n.Asked)
	if asked == nil {
		asked = map[string]string{}
	}
	for _, name := range slices.Sorted(maps.Keys(n.Kept)) {
		is := func(text string, said bool) bool { return said && ws.optionDigest(name, text) == n.Kept[name] }
		switch {
		case is(pick(left, name)):
			asked[name] = left[name]
		case is(pick(given, name)):
			asked[name] = given[name]
		default:
			return ws.lacks(r, name)
		}
	}
	n.Asked = asked
	return nil
}

func pick(texts map[string]string, name string) (string, bool) {
	text, said := texts[name]
	return text, said
}

// lacks says that the text of an option is needed and nowhere to be found.
func (ws *workspace) lacks(r journal.Run, name string) error {
	o := OptionsNamed(name)[0]
	return unusable(fmt.Sprintf("run %s was begun with --%s, and what was given to it is no longer in %s", r.Name, name, ws.pathText(filepath.Join(ws.folder(r), askedName))),
		fmt.Sprintf("put the file back or, if you know the text, give it again as it was before the same command: %s='…'", o.Variable()))
}

// saidNow are the texts of options that may name people, as this call was given them.
func (c *call) saidNow() map[string]string {
	said := map[string]string{}
	for _, o := range AllOptions() {
		if !o.Personal {
			continue
		}
		if text, from, _ := (precedence{given: c.Options, env: c.LookupEnv}).find(o); from >= byEnvironment {
			said[o.Name] = text
		}
	}
	return said
}

// askedIn reads what lies in the run's folder; nil where nothing can be read.
func (ws *workspace) askedIn(r journal.Run) (texts map[string]string) {
	for _, folder := range ws.foldersOf(r) {
		text, err := os.ReadFile(filepath.Join(folder, askedName))
		if err == nil && json.Unmarshal(text, &texts) == nil {
			return texts
		}
	}
	return nil
}

// foldersOf are the places where a run's folder may be: where it was made, and beside its journal or with it, wherever both were moved to.
func (ws *workspace) foldersOf(r journal.Run) []string {
	places := []string{ws.absolute(r.Folder), filepath.Join(ws.dir, r.Name)}
	if ws.place.kind == runPlace {
		places = append(places, ws.dir)
	}
	return places
}

// keepAsked writes the texts into a folder, durable before the journal knows their digests. No texts is no file.
func keepAsked(folder string, texts map[string]string) error {
	if len(texts) == 0 {
		return nil
	}
	text, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	text = append(text, '\n')
	path := filepath.Join(folder, askedName)
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, text) {
		return nil
	}
	if err := journal.CheckOwn(path); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, "."+askedName+".*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return journal.SyncFolder(folder)
}

// keepAsked writes the texts of the run into its folder again, which may have been deleted meanwhile.
func (x *execution) keepAsked() error {
	_, texts, _ := x.workspace.withoutPeople(x.note.Asked)
	if len(texts) == 0 {
		return nil
	}
	return storage(errors.Join(os.MkdirAll(x.folder(), 0o700), keepAsked(x.folder(), texts)))
}

// names reports whether what was given to the run's options has a text in it, in whatever case.
func (ws *workspace) names(r journal.Run, text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, given := range ws.askedIn(r) {
		if text != "" && strings.Contains(strings.ToLower(given), text) {
			return true
		}
	}
	return false
}

// amend brings the runs of earlier versions to what the journal may hold: digests of inputs under its key, and no text that may name people.
func (ws *workspace) amend(r journal.Run) (_ journal.Run, changed bool, err error) {
	r = r.Clone()
	if len(r.Input) == plainSum {
		d := ws.key.Input(r.Input)
		r.Input, changed = d[:], true
	}
	for i, in := range r.Inputs {
		if sum, err := hex.DecodeString(in.Digest); err == nil && len(sum) == plainSum {
			r.Inputs[i].Digest, changed = ws.inputDigest(in.Digest), true
		}
	}
	n, err := noteOf(r)
	if err != nil {
		return r, changed, nil //nolint:nilerr // of another version: it says so when the run is named
	}
	open, texts, digests := ws.withoutPeople(n.Asked)
	if len(texts) == 0 {
		return r, changed, nil
	}
	if !ws.moveAsked(r, texts) {
		return r, changed, nil
	}
	r.Note, err = replaced(r.Note, map[string]any{"asked": open, "kept": digests})
	return r, true, err
}

// plainSum is the length of a SHA-256, by which digests of earlier versions are told from those under a key.
const plainSum = 32

// moveAsked puts texts of the journal into the run's folder. They go with the folder where that is gone; they stay where it cannot be written.
func (ws *workspace) moveAsked(r journal.Run, texts map[string]string) bool {
	for _, folder := range ws.foldersOf(r) {
		if info, err := os.Stat(folder); err == nil && info.IsDir() && filepath.Base(folder) == r.Name {
			return keepAsked(folder, texts) == nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

// replaced is a JSON object with other members, and all else as it was.
func replaced(object []byte, members map[string]any) ([]byte, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(object, &all); err != nil {
		return nil, err
	}
	for name, value := range members {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		all[name] = text
	}
	return json.Marshal(all)
}

// inputDigest is the digest that the journal has of a file whose SHA-256 this is, in hex; "" where that is not known.
func (ws *workspace) inputDigest(sum string) string {
	plain, err := hex.DecodeString(sum)
	if err != nil || len(plain) == 0 {
		return ""
	}
	d := ws.key.Input(plain)
	return hex.EncodeToString(d[:])
}

// digestOf is the digest that the journal has of the inputs of a setup.
func (ws *workspace) digestOf(s *setup) []byte {
	d := ws.key.Input(s.set.Digest())
	return d[:]
}
