package ca

import (
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

const (
	exponent = 65537
	// sieve is the bound up to which no number may divide a modulus.
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
	if roca(key.N) {
		return "", errors.New("RSA key of the ROCA kind (CVE-2017-15361)")
	}
	if closePrimes(key.N) {
		return "", errors.New("RSA primes too close")
	}
	return keyType, nil
}

// smallFactor returns the least number above 1, up to the bound, that divides n, or 0.
func smallFactor(n *big.Int) int64 {
	var rest, divisor big.Int
	factorial := rest.MulRange(2, sieve)
	if divisor.GCD(nil, nil, n, factorial).IsInt64() && divisor.Int64() == 1 {
		return 0
	}
	for i := int64(2); i <= sieve; i++ {
		if rest.Mod(n, divisor.SetInt64(i)).Sign() == 0 {
			return i
		}
	}
	return 0
}

// roca tells whether n has the fingerprint of the keys that one maker's
// hardware made (Nemec et al., "The Return of Coppersmith's Attack", 2017):
// modulo every small prime both its factors, and so n too, are powers of 65537.
// The primes here are those modulo which few numbers are. Of sound keys one in
// 2^27 has it by chance.
//
// This is not github.com/titanous/rocacheck, the oracle of the test, since that
// takes 0.7 ms of the start of every process for its tables.
func roca(n *big.Int) bool {
	var rest, divisor big.Int
	for _, p := range []int64{11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157} {
		if !powerOf(exponent%p, rest.Mod(n, divisor.SetInt64(p)).Int64(), p) {
			return false
		}
	}
	return true
}

// powerOf tells whether x is a power of base modulo the prime p.
func powerOf(base, x, p int64) bool {
	for power := base; ; power = power * base % p {
		if power == x {
			return true
		}
		if power == 1 {
			return false
		}
	}
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
