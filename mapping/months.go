package mapping

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// monthWords are the names of months and their short forms, folded, in English, German, French, Spanish, Italian, Portuguese,
// Dutch and Polish (nominative and genitive). No word stands for two months. Never changed.
var monthWords = [12]string{
	"jan january januar janner jaenner janv janvier ene enero gen genn gennaio janeiro januari sty stycz styczen stycznia",
	"feb february februar feber fev fevr fevrier febrero febbr febbraio fevereiro febr februari lut luty lutego",
	"mar march mrz marz maerz mae mars marzo mrt maart marc marzec marca marco",
	"apr april avr avril abr abril aprile kwi kwiec kwiecien kwietnia",
	"may mai mayo mag magg maggio maio mei maj maja",
	"jun june juni juin junio giu giugno junho cze czerw czerwiec czerwca",
	"jul july juli juil juillet julio lug luglio julho lip lipiec lipca",
	"aug august aout ago agosto augustus sie sierp sierpien sierpnia",
	"sep sept september septembre septiembre setiembre set sett settembre setembro wrz wrzes wrzesien wrzesnia",
	"oct october okt oktober octobre octubre ott ottobre out outubro paz pazdz pazdziernik pazdziernika",
	"nov november novembre noviembre novembro lis listop listopad listopada",
	"dec december dez dezember decembre dic diciembre dicembre dezembro gru grud grudzien grudnia",
}

// monthNames finds months by their folded names. It is made on first use and never changed.
var monthNames = sync.OnceValue(func() map[string]int {
	index := make(map[string]int, 200)
	for i, names := range monthWords {
		for _, name := range strings.Fields(names) {
			index[name] = i + 1
		}
	}
	return index
})

// readMonthName reads a month's name at the beginning of s, in whatever case and with or without accents. A full stop behind
// it belongs to it, unless the layout asks for one there.
func readMonthName(s string, dotted bool) (month, n int) {
	n = strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if n < 0 {
		n = len(s)
	}
	if n == 0 || n > 24 {
		return 0, 0
	}
	var low [24]byte
	plain := true
	for i := range n {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		plain = plain && c < utf8.RuneSelf
		low[i] = c
	}
	if plain {
		month = monthNames()[string(low[:n])]
	} else {
		month = monthNames()[foldWord(s[:n])]
	}
	if month > 0 && !dotted && n < len(s) && s[n] == '.' {
		n++
	}
	return month, n
}

// readOrdinal reads what may follow the number of a day: 1st, 2nd, 3rd, 4th, 1er, 1º, 1ª, 1°.
func readOrdinal(s string) (n int) {
	for _, mark := range []string{"st", "nd", "rd", "th", "er", "re", "º", "ª", "°"} {
		if len(s) >= len(mark) && strings.EqualFold(s[:len(mark)], mark) {
			return len(mark)
		}
	}
	return 0
}
