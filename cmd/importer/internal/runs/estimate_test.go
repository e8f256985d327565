package runs

import (
	"testing"
	"time"

	"importer/vendors"
)

func TestLeastTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limits string
		n      int64
		want   time.Duration
	}{
		{"none", 1000, 0},
		{"20/s", 0, 0},
		{"20/s", 10, 500 * time.Millisecond},
		{"20/s", 20, time.Second},
		{"20/s", 2000, 100 * time.Second},
		{"5/s,2000/15m", 1000, 200 * time.Second},
		{"5/s,2000/15m", 3000, 15*time.Minute + 200*time.Second}, // 2,000 in the first window, the others from the second on
		{"5/s,2000/15m", 4000, 15*time.Minute + 400*time.Second},
	} {
		limits, err := vendors.ParseLimits(c.limits)
		if err != nil {
			t.Fatal(err)
		}
		if got := leastTime(limits, c.n); got.Round(time.Millisecond) != c.want {
			t.Errorf("%d requests at %s take %v, want %v", c.n, c.limits, got, c.want)
		}
	}
}

func TestTimeLeft(t *testing.T) {
	t.Parallel()
	limits, err := vendors.ParseLimits("5/s,2000/15m")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		guess estimate
		want  time.Duration
		known bool
	}{
		"nothing left":           {estimate{}, 0, true},
		"nothing known yet":      {estimate{left: 10}, 0, false},
		"as fast as lately":      {estimate{left: 100, settled: 10, requests: 10, rate: 10}, 10 * time.Second, true},
		"a hold is waited for":   {estimate{left: 100, settled: 10, requests: 10, rate: 10, held: time.Minute}, 70 * time.Second, true},
		"the second window":      {estimate{limits: limits, left: 2000, settled: 1000, requests: 1000, rate: 5, elapsed: 200 * time.Second}, 15 * time.Minute, true},
		"rows without a request": {estimate{limits: limits, left: 2000, settled: 1000, requests: 0, rate: 1000, elapsed: time.Second}, 2 * time.Second, true},
	} {
		got, known := c.guess.timeLeft()
		if got.Round(time.Second) != c.want || known != c.known {
			t.Errorf("%s: %v %v, want %v %v", name, got, known, c.want, c.known)
		}
	}
}

func TestSlowest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limits string
		n      int64
		want   string
	}{{"5/s,2000/15m", 35, "5/s"}, {"5/s,2000/15m", 3000, "2000/15m"}, {"20/s,10/m", 35, "10/m"}, {"20/s", 1, "20/s"}} {
		limits, err := vendors.ParseLimits(c.limits)
		if err != nil {
			t.Fatal(err)
		}
		if _, by := slowest(limits, c.n); by.String() != c.want {
			t.Errorf("%d requests at %s: %s decides, want %s", c.n, c.limits, by, c.want)
		}
	}
}
