package api

import "time"

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
