package source

import (
	"fmt"
	"testing"
)

func TestSpans(t *testing.T) {
	var rows spans
	for _, row := range []int{2, 3, 4, 9, 11, 12} {
		rows.add(row)
	}
	if got := fmt.Sprint(rows); got != "[{2 4} {9 9} {11 12}]" {
		t.Errorf("added: %s", got)
	}
	for after, want := range map[int]int64{0: 6, 2: 5, 3: 4, 8: 3, 9: 2, 12: 0} {
		if got := rows.after(after); got != want {
			t.Errorf("after row %d are %d, want %d", after, got, want)
		}
	}
	joined := spans{{7, 9}, {1, 2}, {3, 4}, {8, 20}, {30, 30}}.joined()
	if got := fmt.Sprint(joined); got != "[{1 4} {7 20} {30 30}]" {
		t.Errorf("joined: %s", got)
	}
	looked, odd := cursor{rows}, oddCells{columns: []oddColumn{{place{1, covered}, cursor{rows}}, {place{1, uncomputed}, cursor{rows}}, {place{3, isoDay}, cursor{spans{{4, 4}}}}}}
	for row := 1; row < 15; row++ {
		want := row >= 2 && row <= 4 || row == 9 || row >= 11 && row <= 12
		if looked.has(row) != want {
			t.Errorf("row %d is in them: %v", row, !want)
		}
		found := len(odd.at(row, 3))
		if most := map[bool]int{true: 1, false: 0}[want] + map[bool]int{true: 1, false: 0}[row == 4]; found != most {
			t.Errorf("row %d: %d cells, want %d", row, found, most)
		}
	}
}
