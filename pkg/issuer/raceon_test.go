//go:build race

package issuer_test

// raceDetector tells whether the tests run under it.
const raceDetector = true
