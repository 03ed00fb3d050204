package ca

import (
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/titanous/rocacheck"
)

const (
	exponent = 65537
	// sieve is the bound under which no prime may divide a modulus.
	sieve = 1000
	// fermatRounds is how many steps of Fermat's method a modulus withstands.
	// The first finds factors whose difference is a small multiple of the
	// modulus's fourth root; sound ones are out of reach of any number of steps.
	fermatRounds = 128
)

// checkRSA returns the type of an RSA key, and the reason where it is weak.
func checkRSA(key *rsa.PublicKey) (string, error) {
	var keyType string
	switch bits := key.N.BitLen(); bits {
	case 2048:
		keyType = keyRSA2048
	case 3072:
		keyType = keyRSA3072
	default:
		return "", fmt.Errorf("RSA modulus of %d bits", bits)
	}
	if key.E != exponent {
		return "", fmt.Errorf("RSA exponent %d", key.E)
	}
	if p := smallFactor(key.N); p != 0 {
		return "", fmt.Errorf("RSA modulus divisible by %d", p)
	}
	if rocacheck.IsWeak(key) {
		return "", errors.New("RSA key of the ROCA kind (CVE-2017-15361)")
	}
	if closePrimes(key.N) {
		return "", errors.New("RSA primes too close")
	}
	return keyType, nil
}

// smallFactor returns the least prime below the bound that divides n, or 0.
func smallFactor(n *big.Int) int64 {
	var p, rest big.Int
	for i := int64(2); i < sieve; i++ {
		p.SetInt64(i)
		if rest.Mod(n, &p).Sign() == 0 {
			return i
		}
	}
	return 0
}

// closePrimes looks for n = a² - b² = (a+b)(a-b) with a little above the root
// of n, where it is if the two primes are close (Fermat). n is odd.
func closePrimes(n *big.Int) bool {
	one := big.NewInt(1)
	a := new(big.Int).Sqrt(n)
	b2, b, step := new(big.Int), new(big.Int), new(big.Int)
	if b2.Mul(a, a).Cmp(n) == 0 {
		return true
	}
	a.Add(a, one)
	b2.Sub(b2.Mul(a, a), n)
	step.Add(step.Lsh(a, 1), one) // (a+1)² - a²
	for range fermatRounds {
		if maybeSquare(b2) {
			b.Sqrt(b2)
			if b.Mul(b, b).Cmp(b2) == 0 {
				return true
			}
		}
		b2.Add(b2, step)
		step.Add(step, big.NewInt(2))
	}
	return false
}

// maybeSquare sorts out most numbers that are no squares by their last bits: a
// square is 4^k times an odd number that leaves 1 when divided by 8.
func maybeSquare(n *big.Int) bool {
	zeros := n.TrailingZeroBits()
	if zeros%2 == 1 {
		return false
	}
	return n.Bit(int(zeros)+1) == 0 && n.Bit(int(zeros)+2) == 0
}

// checkEd25519 refuses points of small order, for which anybody can make
// signatures, and second spellings of a point.
//
// Of the curve -x²+y² = 1+dx²y² with d = -121665/121666, the points whose order
// divides 8 are those with y = 0 (order 4), y² = 1 (orders 1 and 2) or, since
// doubling such a point gives y = 0, dy⁴+2y²-1 = 0 (order 8).
func checkEd25519(key ed25519.PublicKey) error {
	octets := slices.Clone([]byte(key))
	slices.Reverse(octets)
	octets[0] &= 0x7f // the sign of x
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	y := new(big.Int).SetBytes(octets)
	if y.Cmp(p) >= 0 {
		return errors.New("Ed25519 point not in its canonical form")
	}
	y2 := new(big.Int).Mul(y, y)
	unit := new(big.Int).Sub(y2, big.NewInt(1))
	order8 := new(big.Int).Mul(big.NewInt(-121665), new(big.Int).Mul(y2, y2))
	order8.Add(order8, new(big.Int).Mul(big.NewInt(2*121666), y2))
	order8.Sub(order8, big.NewInt(121666))
	for _, value := range []*big.Int{y, unit, order8} {
		if value.Mod(value, p).Sign() == 0 {
			return errors.New("Ed25519 point of small order")
		}
	}
	return nil
}
