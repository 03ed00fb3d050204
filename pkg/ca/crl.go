package ca

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	cryptobyte_asn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Revoked is one entry of a revocation list.
type Revoked struct {
	Serial string // as FormatSerial writes it
	At     time.Time
	Reason int // CRLReason (RFC 5280 §5.3.1); 0 is left out, as it wishes
}

// CRL is a revocation list (RFC 5280 §5) without its entries.
type CRL struct {
	// Number grows from list to list of one authority.
	Number int64
	// ThisUpdate is when the list was true, NextUpdate when there is another at
	// the latest: readers refuse the list after it.
	ThisUpdate, NextUpdate time.Time
}

// SignCRL returns a revocation list of a, DER. The entries are read once, in any
// order, and an error among them ends it. A list may have millions: each is
// encoded as it comes and takes some fifty bytes, twice while the list is put
// together.
func (a *Authority) SignCRL(c CRL, entries iter.Seq2[Revoked, error]) ([]byte, error) {
	frame, err := a.emptyCRL(c)
	if err != nil {
		return nil, err
	}
	revoked, err := encodeRevoked(entries)
	if err != nil {
		return nil, err
	}
	if revoked.size == 0 {
		return frame.der, nil // RFC 5280 §5.1.2.6: no empty list of entries
	}
	return a.signed(frame, revoked)
}

// crlFrame is a revocation list without entries, in its parts.
type crlFrame struct {
	der       []byte
	before    []byte // of the list to be signed: what stands before the entries
	after     []byte // and what after them
	algorithm []byte // AlgorithmIdentifier of the signature
	method    x509.SignatureAlgorithm
}

// emptyCRL has the library make a list without entries, and takes it apart:
// names, extensions and algorithms are then as they are in other lists.
func (a *Authority) emptyCRL(c CRL) (crlFrame, error) {
	der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number:     big.NewInt(c.Number),
		ThisUpdate: c.ThisUpdate.UTC().Truncate(time.Second),
		NextUpdate: c.NextUpdate.UTC().Truncate(time.Second),
	}, a.Certificate, a.Signer)
	if err != nil {
		return crlFrame{}, fmt.Errorf("sign revocation list: %w", err)
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return crlFrame{}, fmt.Errorf("parse revocation list: %w", err)
	}
	if err := list.CheckSignatureFrom(a.Certificate); err != nil {
		return crlFrame{}, fmt.Errorf("verify revocation list: %w", err)
	}
	f := crlFrame{der: der, method: list.SignatureAlgorithm}
	whole := cryptobyte.String(der)
	var outer, tbs, algorithm cryptobyte.String
	ok := whole.ReadASN1(&outer, cryptobyte_asn1.SEQUENCE) &&
		outer.ReadASN1(&tbs, cryptobyte_asn1.SEQUENCE) &&
		outer.ReadASN1Element(&algorithm, cryptobyte_asn1.SEQUENCE)
	rest := tbs
	// version, signature, issuer, thisUpdate, nextUpdate
	for range 5 {
		var part cryptobyte.String
		var tag cryptobyte_asn1.Tag
		ok = ok && rest.ReadAnyASN1Element(&part, &tag)
	}
	if !ok {
		return crlFrame{}, errors.New("parse revocation list: not as the library makes it")
	}
	f.before, f.after, f.algorithm = tbs[:len(tbs)-len(rest)], rest, algorithm
	return f, nil
}

// signed puts the entries into the frame and signs the whole.
func (a *Authority) signed(f crlFrame, revoked chunks) ([]byte, error) {
	const sequence = 0x30
	entries := header(sequence, revoked.size)
	content := len(f.before) + len(entries) + revoked.size + len(f.after)
	tbsHeader := header(sequence, content)

	const room = 10 + 1024 // the outer header, and the longest signature with its own
	der := make([]byte, 10, room+len(tbsHeader)+content+len(f.algorithm))
	der = append(der, tbsHeader...)
	der = append(der, f.before...)
	der = append(der, entries...)
	for i, chunk := range revoked.full {
		der = append(der, chunk...)
		revoked.full[i] = nil // a long list need not be there twice
	}
	der = append(der, f.after...)
	tbs := der[10:]

	signature, err := a.sign(tbs, f.method)
	if err != nil {
		return nil, err
	}
	bits, err := asn1.Marshal(asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)})
	if err != nil {
		return nil, fmt.Errorf("encode signature: %w", err)
	}
	der = append(append(der, f.algorithm...), bits...)
	outer := header(sequence, len(der)-10)
	copy(der[10-len(outer):], outer)
	return der[10-len(outer):], nil
}

// sign signs text, and verifies that.
func (a *Authority) sign(text []byte, method x509.SignatureAlgorithm) ([]byte, error) {
	digest, hash := text, crypto.Hash(0)
	if _, pure := a.Signer.Public().(ed25519.PublicKey); !pure {
		hash = hashOf(method)
		if hash == 0 {
			return nil, fmt.Errorf("sign revocation list: no way to sign with %s", method)
		}
		h := hash.New()
		h.Write(text)
		digest = h.Sum(nil)
	}
	signature, err := a.Signer.Sign(rand.Reader, digest, hash)
	if err != nil {
		return nil, fmt.Errorf("sign revocation list: %w", err)
	}
	if err := a.Certificate.CheckSignature(method, text, signature); err != nil {
		return nil, fmt.Errorf("verify revocation list: %w", err)
	}
	return signature, nil
}

// hashOf is the hash of the methods that the library chooses by itself.
func hashOf(method x509.SignatureAlgorithm) crypto.Hash {
	switch method {
	case x509.ECDSAWithSHA256, x509.SHA256WithRSA:
		return crypto.SHA256
	case x509.ECDSAWithSHA384:
		return crypto.SHA384
	case x509.ECDSAWithSHA512:
		return crypto.SHA512
	}
	return 0
}

// chunks are entries in DER, one behind the other.
type chunks struct {
	full [][]byte
	size int // of all, in bytes
}

func encodeRevoked(entries iter.Seq2[Revoked, error]) (chunks, error) {
	const chunkSize, longest = 1 << 20, 64
	var all chunks
	var chunk []byte
	for r, err := range entries {
		if err != nil {
			return all, err
		}
		if cap(chunk)-len(chunk) < longest {
			if len(chunk) > 0 {
				all.full = append(all.full, chunk)
			}
			chunk = make([]byte, 0, chunkSize)
		}
		before := len(chunk)
		if chunk, err = appendRevoked(chunk, r); err != nil {
			return all, err
		}
		all.size += len(chunk) - before
	}
	all.full = append(all.full, chunk)
	return all, nil
}

// appendRevoked adds one entry: its serial number, its time and, where there is
// one, its reason. Each part is shorter than 128 bytes, so that every length is
// one byte.
func appendRevoked(b []byte, r Revoked) ([]byte, error) {
	const sequence, integer, utcTime, generalizedTime = 0x30, 0x02, 0x17, 0x18
	start := len(b)
	b = append(b, sequence, 0, integer, 0)
	serial := len(b)
	padded := r.Serial
	if len(padded)%2 == 1 {
		padded = "0" + padded
	}
	if padded != "" && padded[0] >= '8' {
		b = append(b, 0) // the number is positive
	}
	b, err := hex.AppendDecode(b, []byte(padded))
	if err != nil || len(b) == serial || len(b)-serial > serialBits/8+1 {
		return b, fmt.Errorf("malformed serial number %q", r.Serial)
	}
	b[serial-1] = byte(len(b) - serial)
	at := r.At.UTC()
	if year := at.Year(); year >= 1950 && year < 2050 {
		b = at.AppendFormat(append(b, utcTime, 13), "060102150405Z")
	} else {
		b = at.AppendFormat(append(b, generalizedTime, 15), "20060102150405Z")
	}
	if r.Reason != 0 {
		// SEQUENCE { SEQUENCE { OID 2.5.29.21, OCTET STRING { ENUMERATED } } }
		b = append(b, sequence, 12, sequence, 10, 0x06, 3, 0x55, 0x1d, 0x15, 0x04, 3, 0x0a, 1, byte(r.Reason))
	}
	b[start+1] = byte(len(b) - start - 2)
	return b, nil
}

// header returns the tag and the length of a DER value (X.690 §8.1.3).
func header(tag byte, length int) []byte {
	if length < 0x80 {
		return []byte{tag, byte(length)}
	}
	var octets [8]byte
	binary.BigEndian.PutUint64(octets[:], uint64(length))
	used := octets[:]
	for used[0] == 0 {
		used = used[1:]
	}
	return append([]byte{tag, 0x80 | byte(len(used))}, used...)
}
