package ca_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"testing"

	"certctl/pkg/ca"
)

// BenchmarkBareSign is the cost of the signature alone, to compare Sign with.
func BenchmarkBareSign(b *testing.B) {
	_, issuing := newAuthorities(b)
	key := issuing.Signer.(*ecdsa.PrivateKey)
	digest := sha256.Sum256(nil)
	for b.Loop() {
		if _, err := ecdsa.SignASN1(rand.Reader, key, digest[:]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	_, issuing := newAuthorities(b)
	leaf := newLeaf(b)
	for b.Loop() {
		sign(b, issuing, leaf)
	}
}

func BenchmarkCheckCSR(b *testing.B) {
	for _, keyType := range allKeyTypes {
		der := readSpecimen(b, "ok-"+keyType)
		b.Run(keyType, func(b *testing.B) {
			for b.Loop() {
				if _, err := ca.CheckCSR(der, allKeyTypes); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
