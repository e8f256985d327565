package main

// sayNotes tells what mapping did to cells without calling it a fault, and what it noticed: blanks cut off, characters that
// show nothing taken out, placeholders taken for empty, domains that look like slips. One line a field; the rows of this session only.
func (c *course) sayNotes() {
	if c.work.mapper == nil {
		return
	}
	for _, note := range c.work.mapper.Notes() {
		c.app.voice.say("note: %s", note)
	}
}
