package ca

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// serialBits is how many random bits a serial number has. Sixteen octets, or
// seventeen where the first bit is set, keep within the twenty that RFC 5280
// §4.1.2.2 allows.
const serialBits = 128

// NewSerial returns a new certificate serial number: 128 random bits, not
// nought, as FormatSerial writes it.
func NewSerial() string { return FormatSerial(newSerial()) }

// FormatSerial writes a serial number as records and answers hold it:
// lower-case hex without leading zeros.
func FormatSerial(serial *big.Int) string { return serial.Text(16) }

func newSerial() *big.Int {
	var octets [serialBits / 8]byte
	for {
		rand.Read(octets[:]) // never fails: crypto/rand ends the process instead
		if serial := new(big.Int).SetBytes(octets[:]); serial.Sign() > 0 {
			return serial
		}
	}
}

// parseSerial reads what FormatSerial wrote, and nothing else.
func parseSerial(text string) (*big.Int, error) {
	serial, ok := new(big.Int).SetString(text, 16)
	if !ok || serial.Sign() <= 0 || serial.BitLen() > serialBits || FormatSerial(serial) != text {
		return nil, fmt.Errorf("malformed serial number %q", text)
	}
	return serial, nil
}
