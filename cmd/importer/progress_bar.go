package main

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
)

// barWidth is how many columns the bar itself takes on a terminal that has room for it.
const barWidth = 24

// barDisplay draws a bar with a sentence behind it on the bottom line. The library draws into the void: what it made of its state is
// put on the screen from here, by the one goroutine that looks at the run, so that no worker ever waits for a terminal.
type barDisplay struct {
	screen *screen
	width  func() (int, bool)
	bar    *progressbar.ProgressBar
	size   int64
}

func newBarDisplay(s *screen, width func() (int, bool), size int64) *barDisplay {
	columns, _ := width()
	bar := progressbar.NewOptions64(max(size, 1),
		progressbar.OptionSetWriter(io.Discard),
		progressbar.OptionSetWidth(min(barWidth, max(columns/5, 4))),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "=", SaucerHead: ">", SaucerPadding: " ", BarStart: "[", BarEnd: "]"}),
		progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
	)
	return &barDisplay{screen: s, width: width, bar: bar, size: max(size, 1)}
}

func (d *barDisplay) show(p picture) {
	_ = d.bar.Set64(min(p.bytes, d.size-1)) // at its maximum the library takes the bar for finished; its writer never fails
	d.bar.Describe(p.sentence())
	columns, _ := d.width()
	line := strings.Replace(strings.Trim(d.bar.String(), "\r"), "]  ", "] ", 1) // between them the library has room for figures of its own
	d.screen.draw(cutTo(line, columns-1))
}

// close takes the bar away: the summary says it all.
func (d *barDisplay) close(picture) { d.screen.erase() }

// cutTo cuts a line to what fits.
func cutTo(line string, columns int) string {
	line = strings.TrimRight(line, " ")
	if columns < 1 || utf8.RuneCountInString(line) <= columns {
		return line
	}
	return string([]rune(line)[:columns-1]) + "…"
}
