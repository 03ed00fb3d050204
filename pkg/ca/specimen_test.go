package ca_test

import (
	"crypto/elliptic"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"

	"certctl/pkg/ca"
)

// corpus lists the requests in testdata/csr.
func corpus() []specimen {
	return slices.Concat(soundSpecimens(), rsaSpecimens(), curveSpecimens(), signatureSpecimens(), formSpecimens())
}

func soundSpecimens() []specimen {
	return []specimen{
		{"ok-ec-p256", "a key and an empty name", nil, "ec-p256", func() []byte { return ecKey(elliptic.P256()).request() }},
		{"ok-ec-p384", "a key and an empty name", nil, "ec-p384", func() []byte { return ecKey(elliptic.P384()).request() }},
		{"ok-rsa-2048", "a key and an empty name", nil, "rsa-2048", func() []byte { return soundRSA(2048, 65537).request() }},
		{"ok-rsa-3072", "a key and an empty name", nil, "rsa-3072", func() []byte { return soundRSA(3072, 65537).request() }},
		{"ok-ed25519", "a key and an empty name", nil, "ed25519", func() []byte { return edKey().request() }},
		{"ok-greedy", "asks for CA:TRUE, every key usage, server authentication, four kinds of alternative name and another subject",
			nil, "ec-p256", func() []byte { return greedyRequest(ecKey(elliptic.P256())) }},
	}
}

func rsaSpecimens() []specimen {
	return []specimen{
		{"rsa-1024", "two primes of 512 bits", ca.ErrWeakKey, "1024 bits", func() []byte { return soundRSA(1024, 65537).request() }},
		{"rsa-2047", "a modulus one bit short", ca.ErrWeakKey, "2047 bits", func() []byte { return soundRSA(2047, 65537).request() }},
		{"rsa-4096", "two primes of 2048 bits", ca.ErrWeakKey, "4096 bits", func() []byte { return soundRSA(4096, 65537).request() }},
		{"rsa-exponent-1", "exponent 1: the signature is the padded digest", ca.ErrWeakKey, "RSA exponent 1", func() []byte { return soundRSA(2048, 1).request() }},
		{"rsa-exponent-3", "exponent 3", ca.ErrWeakKey, "RSA exponent 3", func() []byte { return soundRSA(2048, 3).request() }},
		{"rsa-exponent-65539", "exponent 65539", ca.ErrWeakKey, "RSA exponent 65539", func() []byte { return soundRSA(2048, 65539).request() }},
		{"rsa-exponent-even", "exponent 65536; signature of zeros", ca.ErrWeakKey, "RSA exponent 65536", func() []byte {
			key := soundRSA(2048, 65537)
			return request(rsaSPKI(key.n, big.NewInt(65536)), sha256WithRSA, zeros(256))
		}},
		{"rsa-even-modulus", "modulus 2pq", ca.ErrWeakKey, "divisible by 2", func() []byte { return rsaWithFactor(2).request() }},
		{"rsa-factor-3", "modulus 3pq", ca.ErrWeakKey, "divisible by 3", func() []byte { return rsaWithFactor(3).request() }},
		{"rsa-factor-997", "modulus 997pq", ca.ErrWeakKey, "divisible by 997", func() []byte { return rsaWithFactor(997).request() }},
		{"rsa-square", "modulus p²", ca.ErrWeakKey, "too close", func() []byte { return rsaSquare().request() }},
		{"rsa-close-primes", "q is the next prime after p", ca.ErrWeakKey, "too close", func() []byte { return rsaClose(0).request() }},
		{"rsa-close-primes-100", "q is the first prime beyond p + √(800p), about a hundred steps of Fermat's method away",
			ca.ErrWeakKey, "too close", func() []byte { return rsaClose(100).request() }},
		{"rsa-roca-2048", "primes kM + (65537^a mod M), M the product of the first 126 primes: CVE-2017-15361", ca.ErrWeakKey, "ROCA", func() []byte { return rsaROCA(2048).request() }},
		{"rsa-roca-3072", "as rsa-roca-2048, longer", ca.ErrWeakKey, "ROCA", func() []byte { return rsaROCA(3072).request() }},
		{"rsa-negative", "modulus -n; signature of zeros", ca.ErrBadCSR, "not a positive number", func() []byte {
			key := soundRSA(2048, 65537)
			return request(rsaSPKI(new(big.Int).Neg(key.n), key.e), sha256WithRSA, zeros(256))
		}},
		{"rsa-huge-exponent", "exponent of 2048 bits; signature of zeros", ca.ErrBadCSR, "exponent", func() []byte {
			key := soundRSA(2048, 65537)
			return request(rsaSPKI(key.n, key.d), sha256WithRSA, zeros(256))
		}},
		{"rsa-no-null", "parameters absent instead of NULL; signature of zeros", ca.ErrBadCSR, "NULL", func() []byte {
			key := soundRSA(2048, 65537)
			info := publicKey{pkix.AlgorithmIdentifier{Algorithm: oidRSA}, bits(encode(struct{ N, E *big.Int }{key.n, key.e}))}
			return request(encode(info), sha256WithRSA, zeros(256))
		}},
		{"rsa-pss-key", "a key restricted to RSASSA-PSS (RFC 4055); signature of zeros", ca.ErrWeakKey, "unknown algorithm", func() []byte {
			key := soundRSA(2048, 65537)
			info := publicKey{pkix.AlgorithmIdentifier{Algorithm: oidRSAPSS}, bits(encode(struct{ N, E *big.Int }{key.n, key.e}))}
			return request(encode(info), sha256WithRSA, zeros(256))
		}},
	}
}

func curveSpecimens() []specimen {
	return []specimen{
		{"ec-p224", "a key on P-224", ca.ErrWeakKey, "P-224", func() []byte { return ecKey(elliptic.P224()).request() }},
		{"ec-p521", "a key on P-521", ca.ErrWeakKey, "P-521", func() []byte { return ecKey(elliptic.P521()).request() }},
		{"ec-secp256k1", "the base point of secp256k1; signature of zeros", ca.ErrBadCSR, "unsupported elliptic curve", func() []byte {
			return request(ecSPKI(oidSecp256k1, secp256k1Base()), ecdsaWithSHA256, zeros(64))
		}},
		{"ec-explicit", "P-256 with a SEQUENCE where the curve's name belongs; signature of zeros", ca.ErrBadCSR, "ECDSA parameters", func() []byte {
			info := publicKey{pkix.AlgorithmIdentifier{Algorithm: oidEC, Parameters: asn1.RawValue{FullBytes: []byte{0x30, 0x00}}}, bits(p256Point())}
			return request(encode(info), ecdsaWithSHA256, zeros(64))
		}},
		{"ec-off-curve", "the last bit of a P-256 point flipped; signature of zeros", ca.ErrBadCSR, "", func() []byte {
			point := p256Point()
			point[64] ^= 1
			return request(ecSPKI(oidP256, point), ecdsaWithSHA256, zeros(64))
		}},
		{"ec-origin", "the point (0, 0); signature of zeros", ca.ErrBadCSR, "", func() []byte {
			return request(ecSPKI(oidP256, append([]byte{4}, zeros(64)...)), ecdsaWithSHA256, zeros(64))
		}},
		{"ec-infinity", "the point at infinity; signature of zeros", ca.ErrBadCSR, "", func() []byte {
			return request(ecSPKI(oidP256, []byte{0}), ecdsaWithSHA256, zeros(64))
		}},
		{"ec-compressed", "a P-256 point in compressed form; signature of zeros", ca.ErrBadCSR, "", func() []byte {
			point := p256Point()
			return request(ecSPKI(oidP256, append([]byte{2 | point[64]&1}, point[1:33]...)), ecdsaWithSHA256, zeros(64))
		}},
		{"ed25519-order-1", "the neutral point, for which one signature fits every message", ca.ErrWeakKey, "small order", func() []byte { return edSmallOrder(edNeutral()) }},
		{"ed25519-order-2", "the point (0, -1), with a forged signature", ca.ErrWeakKey, "small order", func() []byte { return edSmallOrder(edMinusOne()) }},
		{"ed25519-order-4", "a point with y = 0, with a forged signature", ca.ErrWeakKey, "small order", func() []byte { return edSmallOrder(zeros(32)) }},
		{"ed25519-order-8", "a point of order 8, with a forged signature", ca.ErrWeakKey, "small order", func() []byte { return edSmallOrder(edOrder8()) }},
		{"ed25519-second-form", "the neutral point written with y = p + 1", ca.ErrWeakKey, "canonical", func() []byte { return edSmallOrder(edSecondForm()) }},
		{"x25519", "a key for key agreement (RFC 8410); signature of zeros", ca.ErrWeakKey, "unknown algorithm", func() []byte {
			info := publicKey{pkix.AlgorithmIdentifier{Algorithm: oidX25519}, bits(append([]byte{9}, zeros(31)...))}
			return request(encode(info), ed25519Algorithm, zeros(64))
		}},
		{"dsa", "a DSA key in small numbers; signature of zeros", ca.ErrWeakKey, "unknown algorithm", func() []byte {
			parameters := encode(struct{ P, Q, G int }{23, 11, 4})
			info := publicKey{pkix.AlgorithmIdentifier{Algorithm: oidDSA, Parameters: asn1.RawValue{FullBytes: parameters}}, bits(encode(8))}
			return request(encode(info), pkix.AlgorithmIdentifier{Algorithm: oidDSAWithSHA256}, zeros(64))
		}},
	}
}

func signatureSpecimens() []specimen {
	return []specimen{
		{"signature-md5", "RSA with MD5", ca.ErrBadCSR, "MD5-RSA", func() []byte { return soundRSA(2048, 65537).requestMD5() }},
		{"signature-sha1-rsa", "RSA with SHA-1", ca.ErrBadCSR, "SHA1-RSA", func() []byte { return soundRSA(2048, 65537).requestSHA1() }},
		{"signature-sha1-ecdsa", "ECDSA with SHA-1", ca.ErrBadCSR, "ECDSA-SHA1", func() []byte { return ecKey(elliptic.P256()).requestSHA1() }},
		{"signature-broken", "the last bit of the signature flipped", ca.ErrBadCSR, "verification failure", func() []byte {
			der := ecKey(elliptic.P256()).request()
			der[len(der)-1] ^= 1
			return der
		}},
		{"signature-other-key", "signed by another key", ca.ErrBadCSR, "verification failure", func() []byte {
			return ecKey(elliptic.P256()).requestFor(ecKey(elliptic.P256()).spki())
		}},
		{"signature-other-kind", "a P-256 key, signed by an RSA key", ca.ErrBadCSR, "signature", func() []byte {
			return soundRSA(2048, 65537).requestFor(ecKey(elliptic.P256()).spki())
		}},
		{"signature-none", "an empty signature", ca.ErrBadCSR, "verification failure", func() []byte {
			return request(ecKey(elliptic.P256()).spki(), ecdsaWithSHA256, nil)
		}},
	}
}

func formSpecimens() []specimen {
	p256 := func() []byte { return ecKey(elliptic.P256()).request() }
	return []specimen{
		{"empty", "nothing", ca.ErrBadCSR, "", func() []byte { return nil }},
		{"pem", "PEM instead of DER", ca.ErrBadCSR, "", func() []byte { return pemCSR(p256()) }},
		{"trailing-data", "a NULL behind the request", ca.ErrBadCSR, "trailing data", func() []byte { return append(p256(), 5, 0) }},
		{"trailing-element", "a NULL behind the signature, inside the request", ca.ErrBadCSR, "4 elements", func() []byte { return withTrailingElement(p256()) }},
		{"truncated", "the last byte missing", ca.ErrBadCSR, "", func() []byte { der := p256(); return der[:len(der)-1] }},
		{"indefinite-length", "BER: the outer length indefinite", ca.ErrBadCSR, "", func() []byte { return indefinite(p256()) }},
		{"long-length", "BER: the outer length in more bytes than it needs", ca.ErrBadCSR, "", func() []byte { return longLength(p256()) }},
		{"certificate", "a self-signed certificate instead of a request", ca.ErrBadCSR, "", selfSigned},
		{"extension-twice", "the same extension requested twice", ca.ErrBadCSR, "duplicate", func() []byte { return requestExtensions(keyUsageExtension(), keyUsageExtension()) }},
		{"bad-name", "a subject alternative name that is no name", ca.ErrBadCSR, "", func() []byte {
			return requestExtensions(pkix.Extension{Id: oidSAN, Value: []byte{0x30, 0x03, 0x82, 0x05, 0x61}})
		}},
		{"bad-subject", "a subject with a length beyond its end", ca.ErrBadCSR, "", func() []byte {
			key := ecKey(elliptic.P256())
			subject := asn1.RawValue{FullBytes: []byte{0x30, 4, 0x31, 8, 0x30, 0}}
			return key.sign(tbs(subject, key.spki()))
		}},
	}
}

func keyUsageExtension() pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 15}, Critical: true, Value: []byte{3, 2, 1, 6}}
}
