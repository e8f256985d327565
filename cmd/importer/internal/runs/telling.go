package runs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"importer/mapping"
)

// telling is who is told how a call ended. Of a dry run nobody is told: it says nothing of the night.
// A fault is returned with whoever can be told nevertheless.
func (c *call) telling(o Options, values precedence) (Telling, error) {
	if o.DryRun {
		return Telling{}, nil
	}
	told := o.Telling
	if told.Metrics == "" {
		return told, nil
	}
	option := OptionsNamed("metrics")[0]
	_, from, pos := values.find(option)
	told.Metrics = c.absolute(told.Metrics)
	if err := folderThere(told.Metrics); err != nil {
		told.Metrics = ""
		return told, values.wrong(option, from, pos, err)
	}
	return told, nil
}

// folderThere refuses a file whose folder is not there: at the end of a night it would be too late.
func folderThere(path string) error {
	info, err := os.Stat(filepath.Dir(path))
	if err == nil && info.IsDir() {
		return nil
	}
	text := fmt.Sprintf("there is no folder %s for the metrics", mapping.Escape(filepath.Dir(path), 200))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		text = fmt.Sprintf("the folder %s for the metrics cannot be looked at", mapping.Escape(filepath.Dir(path), 200))
	}
	return errors.New(text + "; make it first, readable for node_exporter")
}
