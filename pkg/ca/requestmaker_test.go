package ca_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"slices"
	"time"
)

// What makes requests here goes below the standard library, which refuses to
// make most of these; what cannot fail panics.

var (
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidRSAPSS        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidEC            = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidP256          = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}
	oidSecp256k1     = asn1.ObjectIdentifier{1, 3, 132, 0, 10}
	oidEd25519       = asn1.ObjectIdentifier{1, 3, 101, 112}
	oidX25519        = asn1.ObjectIdentifier{1, 3, 101, 110}
	oidDSA           = asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}
	oidDSAWithSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 2}
	oidSAN           = asn1.ObjectIdentifier{2, 5, 29, 17}

	md5WithRSA       = withNull(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 4})
	sha1WithRSA      = withNull(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 5})
	sha256WithRSA    = withNull(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11})
	ecdsaWithSHA1    = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}}
	ecdsaWithSHA256  = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}}
	ed25519Algorithm = pkix.AlgorithmIdentifier{Algorithm: oidEd25519}
)

func withNull(oid asn1.ObjectIdentifier) pkix.AlgorithmIdentifier {
	return pkix.AlgorithmIdentifier{Algorithm: oid, Parameters: asn1.NullRawValue}
}

type publicKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Key       asn1.BitString
}

func bits(octets []byte) asn1.BitString {
	return asn1.BitString{Bytes: octets, BitLength: 8 * len(octets)}
}

func zeros(n int) []byte { return make([]byte, n) }

func encode(value any) []byte { return must(asn1.Marshal(value)) }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// tbs is the part of a request that is signed, with no attributes.
func tbs(subject asn1.RawValue, spki []byte) []byte {
	return encode(struct {
		Version    int
		Subject    asn1.RawValue
		Key        asn1.RawValue
		Attributes []asn1.RawValue `asn1:"tag:0"`
	}{0, subject, asn1.RawValue{FullBytes: spki}, nil})
}

func emptySubject() asn1.RawValue { return asn1.RawValue{FullBytes: []byte{0x30, 0}} }

func request(spki []byte, algorithm pkix.AlgorithmIdentifier, signature []byte) []byte {
	return assemble(tbs(emptySubject(), spki), algorithm, signature)
}

func assemble(tbs []byte, algorithm pkix.AlgorithmIdentifier, signature []byte) []byte {
	return encode(struct {
		TBS       asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}{asn1.RawValue{FullBytes: tbs}, algorithm, bits(signature)})
}

// ecSigner is an ECDSA key that makes requests.
type ecSigner struct{ *ecdsa.PrivateKey }

func ecKey(curve elliptic.Curve) ecSigner {
	return ecSigner{must(ecdsa.GenerateKey(curve, rand.Reader))}
}

func (k ecSigner) spki() []byte    { return must(x509.MarshalPKIXPublicKey(k.Public())) }
func (k ecSigner) request() []byte { return k.requestFor(k.spki()) }

func (k ecSigner) requestFor(spki []byte) []byte { return k.sign(tbs(emptySubject(), spki)) }

func (k ecSigner) sign(tbs []byte) []byte {
	digest := sha256.Sum256(tbs)
	return assemble(tbs, ecdsaWithSHA256, must(ecdsa.SignASN1(rand.Reader, k.PrivateKey, digest[:])))
}

func (k ecSigner) requestSHA1() []byte {
	body := tbs(emptySubject(), k.spki())
	digest := sha1.Sum(body)
	return assemble(body, ecdsaWithSHA1, must(ecdsa.SignASN1(rand.Reader, k.PrivateKey, digest[:])))
}

func ecSPKI(curve asn1.ObjectIdentifier, point []byte) []byte {
	parameters := asn1.RawValue{FullBytes: encode(curve)}
	return encode(publicKey{pkix.AlgorithmIdentifier{Algorithm: oidEC, Parameters: parameters}, bits(point)})
}

func p256Point() []byte { return must(ecKey(elliptic.P256()).PublicKey.Bytes()) }

func secp256k1Base() []byte {
	return must(hex.DecodeString("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
		"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"))
}

// edSigner is an Ed25519 key that makes requests.
type edSigner struct{ ed25519.PrivateKey }

func edKey() edSigner {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return edSigner{must(key, err)}
}

func (k edSigner) request() []byte {
	body := tbs(emptySubject(), edSPKI(k.Public().(ed25519.PublicKey)))
	return assemble(body, ed25519Algorithm, ed25519.Sign(k.PrivateKey, body))
}

func edSPKI(point []byte) []byte {
	return encode(publicKey{ed25519Algorithm, bits(point)})
}

// edSmallOrder forges a request of a point whose order divides 8. R the neutral
// point and S = 0 are a signature of every message whose digest is a multiple
// of the order: a few subjects have to be tried. That it ends shows the order.
func edSmallOrder(point []byte) []byte {
	forged := append(edNeutral(), zeros(32)...)
	for i := 0; ; i++ {
		subject := pkix.Name{SerialNumber: string(rune('0'+i/64%64)) + string(rune('0'+i%64))}
		body := tbs(asn1.RawValue{FullBytes: encode(subject.ToRDNSequence())}, edSPKI(point))
		if ed25519.Verify(point, body, forged) {
			return assemble(body, ed25519Algorithm, forged)
		}
	}
}

func edNeutral() []byte { return append([]byte{1}, zeros(31)...) }

func edMinusOne() []byte { return littleEndian(-1) }

func edSecondForm() []byte { return littleEndian(1) }

// littleEndian returns 2^255 - 19 + n in 32 bytes.
func littleEndian(n int64) []byte {
	p := new(big.Int).Lsh(big.NewInt(1), 255)
	octets := p.Add(p, big.NewInt(n-19)).FillBytes(zeros(32))
	slices.Reverse(octets)
	return octets
}

func edOrder8() []byte {
	return must(hex.DecodeString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))
}

func pemCSR(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
}

// content returns what is inside the outermost SEQUENCE.
func content(der []byte) []byte {
	var outer asn1.RawValue
	must(asn1.Unmarshal(der, &outer))
	return outer.Bytes
}

func withTrailingElement(der []byte) []byte {
	return encode(asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: append(content(der), 5, 0)})
}

func indefinite(der []byte) []byte {
	return slices.Concat([]byte{0x30, 0x80}, content(der), []byte{0, 0})
}

func longLength(der []byte) []byte {
	inner := content(der)
	return slices.Concat([]byte{0x30, 0x84, 0, 0, byte(len(inner) >> 8), byte(len(inner))}, inner)
}

func selfSigned() []byte {
	key := ecKey(elliptic.P256())
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Unix(0, 0),
		NotAfter:     time.Unix(1, 0),
	}
	return must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key.PrivateKey))
}

func requestExtensions(extensions ...pkix.Extension) []byte {
	template := &x509.CertificateRequest{ExtraExtensions: extensions}
	return must(x509.CreateCertificateRequest(rand.Reader, template, ecKey(elliptic.P256()).PrivateKey))
}

// greedyRequest asks for what a certificate authority must not give.
func greedyRequest(key ecSigner) []byte {
	template := &x509.CertificateRequest{
		Subject:        pkix.Name{Country: []string{"JP"}, Organization: []string{"99999999999"}, CommonName: "Example Root CA"},
		DNSNames:       []string{"bank.example", "*.bank.example"},
		EmailAddresses: []string{"root@bank.example"},
		IPAddresses:    []net.IP{net.IPv4(192, 0, 2, 1)},
		URIs:           []*url.URL{{Scheme: "https", Host: "bank.example"}},
		ExtraExtensions: []pkix.Extension{
			{Id: asn1.ObjectIdentifier{2, 5, 29, 19}, Critical: true, Value: []byte{0x30, 3, 1, 1, 0xff}}, // CA:TRUE
			{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 2, 0, 0xff}},
			{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: encode([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 1}, {2, 5, 29, 37, 0}})},
		},
	}
	return must(x509.CreateCertificateRequest(rand.Reader, template, key.PrivateKey))
}

func md5Digest(b []byte) []byte    { sum := md5.Sum(b); return sum[:] }
func sha1Digest(b []byte) []byte   { sum := sha1.Sum(b); return sum[:] }
func sha256Digest(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] }
