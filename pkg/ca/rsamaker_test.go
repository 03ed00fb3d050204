package ca_test

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
)

// rsaSigner is an RSA key, good or bad, that makes requests.
type rsaSigner struct{ n, e, d *big.Int }

var one = big.NewInt(1)

// newRSA returns the key of distinct primes with the public exponent e, or nil
// where e has no inverse.
func newRSA(e int64, primes ...*big.Int) *rsaSigner {
	n, phi := big.NewInt(1), big.NewInt(1)
	for _, p := range primes {
		n.Mul(n, p)
		phi.Mul(phi, new(big.Int).Sub(p, one))
	}
	key := &rsaSigner{n: n, e: big.NewInt(e)}
	key.d = new(big.Int).ModInverse(key.e, phi)
	if key.d == nil {
		return nil
	}
	return key
}

// untilBits makes keys until one has a modulus of so many bits.
func untilBits(n int, make func() *rsaSigner) *rsaSigner {
	for {
		if key := make(); key != nil && key.n.BitLen() == n {
			return key
		}
	}
}

func prime(n int) *big.Int { return must(rand.Prime(rand.Reader, n)) }

// nextPrime returns the first prime after n.
func nextPrime(n *big.Int) *big.Int {
	p := new(big.Int).Add(n, one)
	for !p.ProbablyPrime(20) {
		p.Add(p, one)
	}
	return p
}

func soundRSA(n int, e int64) *rsaSigner {
	return untilBits(n, func() *rsaSigner { return newRSA(e, prime((n+1)/2), prime(n/2)) })
}

func rsaWithFactor(factor int64) *rsaSigner {
	small, less := big.NewInt(factor), 0
	return untilBits(2048, func() *rsaSigner {
		less = 1 - less // one of the two sizes is right
		return newRSA(65537, small, prime(1024), prime(1025-small.BitLen()-less))
	})
}

func rsaSquare() *rsaSigner {
	p := prime(1024)
	phi := new(big.Int).Mul(p, new(big.Int).Sub(p, one))
	e := big.NewInt(65537)
	return &rsaSigner{n: new(big.Int).Mul(p, p), e: e, d: new(big.Int).ModInverse(e, phi)}
}

// rsaClose returns a key that so many steps of Fermat's method, about, take
// apart: the k-th finds p and q where (q-p)² is 8k√n.
func rsaClose(steps int64) *rsaSigner {
	return untilBits(2048, func() *rsaSigner {
		p := prime(1024)
		gap := new(big.Int).Sqrt(new(big.Int).Mul(p, big.NewInt(8*steps)))
		return newRSA(65537, p, nextPrime(gap.Add(gap, p)))
	})
}

// rsaROCA returns a key such as CVE-2017-15361 is about.
func rsaROCA(n int) *rsaSigner {
	product := big.NewInt(1)
	for p, count := big.NewInt(2), 0; count < 126; p, count = nextPrime(p), count+1 {
		product.Mul(product, p)
	}
	return untilBits(n, func() *rsaSigner { return newRSA(65537, rocaPrime(n/2, product), rocaPrime(n/2, product)) })
}

func rocaPrime(n int, product *big.Int) *big.Int {
	limit := new(big.Int).Div(new(big.Int).Lsh(one, uint(n)), product)
	for {
		k := must(rand.Int(rand.Reader, limit))
		a := must(rand.Int(rand.Reader, product))
		p := new(big.Int).Exp(big.NewInt(65537), a, product)
		p.Add(p, k.Mul(k, product))
		if p.BitLen() == n && p.ProbablyPrime(20) {
			return p
		}
	}
}

func rsaSPKI(n, e *big.Int) []byte {
	return encode(publicKey{withNull(oidRSA), bits(encode(struct{ N, E *big.Int }{n, e}))})
}

func (k *rsaSigner) spki() []byte    { return rsaSPKI(k.n, k.e) }
func (k *rsaSigner) request() []byte { return k.requestFor(k.spki()) }

func (k *rsaSigner) requestFor(spki []byte) []byte {
	return k.sign(spki, sha256WithRSA, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, sha256Digest)
}

func (k *rsaSigner) requestSHA1() []byte {
	return k.sign(k.spki(), sha1WithRSA, asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, sha1Digest)
}

func (k *rsaSigner) requestMD5() []byte {
	return k.sign(k.spki(), md5WithRSA, asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 5}, md5Digest)
}

// sign signs as RSASSA-PKCS1-v1_5 says (RFC 8017 §8.2.1), whatever the key.
func (k *rsaSigner) sign(spki []byte, algorithm pkix.AlgorithmIdentifier, hash asn1.ObjectIdentifier, digest func([]byte) []byte) []byte {
	body := tbs(emptySubject(), spki)
	info := encode(struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}{withNull(hash), digest(body)})
	size := (k.n.BitLen() + 7) / 8
	padded := zeros(size)
	padded[1] = 1
	for i := 2; i < size-len(info)-1; i++ {
		padded[i] = 0xff
	}
	copy(padded[size-len(info):], info)
	m := new(big.Int).SetBytes(padded)
	return assemble(body, algorithm, m.Exp(m, k.d, k.n).FillBytes(zeros(size)))
}
