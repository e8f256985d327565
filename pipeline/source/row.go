package source

// Row is one record of the input as read. Its slices are its own: a Row may be kept.
type Row struct {
	Number int64    // 1 for the first data row; goes on counting across several inputs of one run
	Input  int      // which input of the run, 0-based
	Line   int64    // physical line on which the record starts in its input, 1-based
	Offset int64    // byte offset of the record's first byte in its input, after decompression (and, for UTF-16, after conversion to UTF-8)
	End    int64    // byte offset just after the record, in the same measure
	Cells  []string // one per header cell, in header order, valid UTF-8; nil when Broken is set
	Broken *Broken  // set when the record could not be read as a row
}
