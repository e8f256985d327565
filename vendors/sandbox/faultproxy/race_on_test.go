//go:build race

package faultproxy_test

// raceDetector says whether the race detector is on, which makes everything ten times slower.
const raceDetector = true
