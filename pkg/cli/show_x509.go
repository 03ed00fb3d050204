package cli

import (
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"strings"
)

// shownCertificateDoc is what `certctl show` shows: a certificate of the wallet
// with what else is in it.
type shownCertificateDoc struct {
	certificateDoc
	FingerprintSHA1    string   `json:"fingerprint_sha1"` // by which Windows names it
	SignatureAlgorithm string   `json:"signature_algorithm"`
	KeyUsage           []string `json:"key_usage"`
	ExtendedKeyUsage   []string `json:"extended_key_usage"`
	SubjectKeyID       string   `json:"subject_key_id"`
	AuthorityKeyID     string   `json:"authority_key_id"`
	CRLs               []string `json:"crl_urls"`
}

// usage is a use of a key as openssl writes it: in a configuration, and in the
// text that it prints.
type usage struct{ short, long string }

func keyUsages() map[x509.KeyUsage]usage {
	return map[x509.KeyUsage]usage{
		x509.KeyUsageDigitalSignature:  {"digitalSignature", "Digital Signature"},
		x509.KeyUsageContentCommitment: {"nonRepudiation", "Non Repudiation"},
		x509.KeyUsageKeyEncipherment:   {"keyEncipherment", "Key Encipherment"},
		x509.KeyUsageDataEncipherment:  {"dataEncipherment", "Data Encipherment"},
		x509.KeyUsageKeyAgreement:      {"keyAgreement", "Key Agreement"},
	}
}

func extendedKeyUsages() map[x509.ExtKeyUsage]usage {
	return map[x509.ExtKeyUsage]usage{
		x509.ExtKeyUsageClientAuth:      {"clientAuth", "TLS Web Client Authentication"},
		x509.ExtKeyUsageServerAuth:      {"serverAuth", "TLS Web Server Authentication"},
		x509.ExtKeyUsageEmailProtection: {"emailProtection", "E-mail Protection"},
		x509.ExtKeyUsageCodeSigning:     {"codeSigning", "Code Signing"},
		x509.ExtKeyUsageAny:             {"anyExtendedKeyUsage", "Any Extended Key Usage"},
	}
}

// signatureName is openssl's name of an algorithm, where there is one of ours.
func signatureName(a x509.SignatureAlgorithm) string {
	switch a {
	case x509.ECDSAWithSHA256:
		return "ecdsa-with-SHA256"
	case x509.ECDSAWithSHA384:
		return "ecdsa-with-SHA384"
	case x509.SHA256WithRSA:
		return "sha256WithRSAEncryption"
	case x509.PureEd25519:
		return "ED25519"
	}
	return a.String()
}

// shownCertificate adds to a document what is in the certificate.
func shownCertificate(doc certificateDoc, leaf *x509.Certificate) (shownCertificateDoc, []usage, []usage) {
	sum := sha1.Sum(leaf.Raw)
	shown := shownCertificateDoc{
		certificateDoc: doc, FingerprintSHA1: hex.EncodeToString(sum[:]), SignatureAlgorithm: signatureName(leaf.SignatureAlgorithm),
		SubjectKeyID: hex.EncodeToString(leaf.SubjectKeyId), AuthorityKeyID: hex.EncodeToString(leaf.AuthorityKeyId),
		KeyUsage: []string{}, ExtendedKeyUsage: []string{}, CRLs: append([]string{}, leaf.CRLDistributionPoints...),
	}
	var usages, extended []usage
	for bit := x509.KeyUsageDigitalSignature; bit <= x509.KeyUsageDecipherOnly; bit <<= 1 {
		if u, known := keyUsages()[bit]; known && leaf.KeyUsage&bit != 0 {
			usages, shown.KeyUsage = append(usages, u), append(shown.KeyUsage, u.short)
		}
	}
	for _, e := range leaf.ExtKeyUsage {
		if u, known := extendedKeyUsages()[e]; known {
			extended, shown.ExtendedKeyUsage = append(extended, u), append(shown.ExtendedKeyUsage, u.short)
		}
	}
	return shown, usages, extended
}

// x509Fields shows a person what is in a certificate, in openssl's words.
func (a *app) x509Fields(doc shownCertificateDoc, usages, extended []usage) []field {
	t := a.text.Output.X509
	long := func(all []usage) string {
		var words []string
		for _, u := range all {
			words = append(words, u.long)
		}
		return strings.Join(words, ", ")
	}
	return []field{
		{t.SHA1, doc.FingerprintSHA1},
		{t.Signature, doc.SignatureAlgorithm},
		{t.KeyUsage, long(usages)},
		{t.ExtendedKeyUsage, long(extended)},
		{t.SubjectKeyID, doc.SubjectKeyID},
		{t.AuthorityKeyID, doc.AuthorityKeyID},
		{t.CRLs, strings.Join(doc.CRLs, " ")},
	}
}
