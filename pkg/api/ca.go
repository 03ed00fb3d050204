package api

import (
	"context"
	"time"
)

// Authorities is the part of Admin that keeps the certification authorities, and
// knows what they issued.
type Authorities interface {
	// CRLs signs a revocation list for each issuing CA that is not over, the
	// newest first, and adds that of the root, which revokes nothing and was
	// signed when it was made. The next update of those that are signed now is
	// valid from now, or the end of the CA.
	CRLs(ctx context.Context, by Actor, valid time.Duration) ([]CRL, error)
	// Rotate makes a new issuing CA under the same root, which signs from now
	// on. What the one before has issued stays as valid as it was, with its own
	// revocation list. CAEnding where the root ends too soon for another one.
	// RootOffline where the root's key is not here and is not given either; where
	// one is given: PasswordWrong, RootForeign where it is another root's.
	Rotate(ctx context.Context, by Actor, root RootKey) error
	// Certificates returns a page of the certificates that were issued, in the
	// order of their serial numbers, without their DER. NotFound where there is no
	// such contract.
	Certificates(ctx context.Context, by Actor, f CertificateFilter) ([]CertificateRecord, error)
	// Certificate returns one certificate by its serial number, however that is
	// written: capitals, colons and leading zeros make no difference. NotFound.
	Certificate(ctx context.Context, by Actor, serial string) (CertificateRecord, error)
}

// RootKey is the key of a root that is kept in a file. Its zero value is none: the
// key is sealed in the records.
type RootKey struct {
	PEM      []byte // PKCS#8, encrypted
	Password Secret
}

// CRL is a certificate revocation list (RFC 5280 §5) of one of a backend's
// authorities.
type CRL struct {
	Authority  string // "root" or "issuing"
	Issuer     []byte // the authority's certificate, DER
	Number     int64
	ThisUpdate time.Time
	NextUpdate time.Time
	Entries    int
	DER        []byte
}

// CertificateRecord is what a backend knows of a certificate that it issued.
type CertificateRecord struct {
	User       UserRef
	Name       string // CN
	Serial     string
	State      CertificateState
	NotBefore  time.Time
	NotAfter   time.Time
	Created    time.Time
	Superseded time.Time // when its successor was recorded; zero: none
	Revoked    time.Time // zero: not
	Reason     Reason    // of the revocation
	DER        []byte    // only of one that was asked for alone; nil while signing
}

// CertificateFilter says which certificates are wanted. Its zero value wants
// the first hundred.
type CertificateFilter struct {
	ContractID string // empty: of all
	// State is "good", "revoked", "signing" or "expired"; empty: any. What is
	// expired is not good.
	State string
	After string // a serial number: the page after it
	Limit int    // 0: 100
}
