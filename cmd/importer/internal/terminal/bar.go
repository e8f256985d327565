package terminal

import (
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"

	"importer/cmd/importer/internal/runs"
)

// barWidth is how many columns the bar itself takes on a terminal that has room for it.
const barWidth = 24

// bar draws a bar with a sentence behind it on the bottom line of the screen. It is drawn by the one goroutine that looks at the import, so that no
// worker ever waits for a terminal.
type bar struct {
	screen *screen
	width  func() (int, bool)
	bar    *progressbar.ProgressBar // made with the first snapshot, which has the size
	own    int                      // columns of the bar itself
}

func newBar(s *screen, width func() (int, bool)) *bar { return &bar{screen: s, width: width} }

func (b *bar) show(s runs.Snapshot) {
	columns, _ := b.width()
	size := max(s.Size, 1)
	if b.bar == nil {
		b.own = min(barWidth, max(columns/5, 4))
		b.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(bottomLine{b.screen}),
			progressbar.OptionUseANSICodes(true),
			progressbar.OptionSetWidth(b.own),
			progressbar.OptionSetTheme(progressbar.Theme{Saucer: "=", SaucerHead: ">", SaucerPadding: " ", BarStart: "[", BarEnd: "]"}),
			progressbar.OptionShowDescriptionAtLineEnd(),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false),
		)
	}
	const around = len(" 100% ") + len("[]") + len("  ") + len(" ") // what the library writes besides the bar and the sentence
	b.bar.Describe(cutTo(sentence(s, false), columns-1-b.own-around))
	_ = b.bar.Set64(min(s.Bytes, size-1)) // at its maximum the library takes the bar for finished; its writer never fails
}

// end takes the bar away: the summary says it all.
func (b *bar) end(runs.Snapshot) { b.screen.erase() }

// cutTo cuts a line to what fits.
func cutTo(line string, columns int) string {
	if columns < 1 {
		return ""
	}
	if utf8.RuneCountInString(line) <= columns {
		return line
	}
	return string([]rune(line)[:columns-1]) + "…"
}
