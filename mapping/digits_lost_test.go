package mapping

import "testing"

func TestDigitsLost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"1.23457E+11", "1,23457E+11", "4,91702E+11", "1.2E11", "1.2e+11", "5E+11", "12.3E+10", "-1.23457E+11", "1.0E9", "1.701234567E9",
	} {
		if !digitsLost(text) {
			t.Errorf("%q is taken for whole", text)
		}
	}
	for _, text := range []string{
		"", "E", "E11", "E+11", "1E", "1.E11", ".5E11", "5E11", "12e4", "1.2E", "1.2E+", "1.2E-5", "1.2.3E+11", "1,2,3E+11", "1234.5E+11", "1.2E+1234",
		"1.2EE11", "1.2E+11x", "x1.2E+11", "1234567890", "+491701234567", "A1E+11", "1 2E+11", "C.2E11",
	} {
		if digitsLost(text) {
			t.Errorf("%q is taken for a rounded number", text)
		}
	}
}
