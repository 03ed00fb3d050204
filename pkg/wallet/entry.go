package wallet

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one certificate of the wallet as NAME.json has it: everything about
// it that is public, so that it can be listed, and found due for renewal,
// without opening the Box.
type Entry struct {
	Name  string `json:"name"`
	Owner        // backend, contract_id, user_id

	State     string    `json:"state"`      // as the backend last said: at acquisition, or when Note was called
	CheckedAt time.Time `json:"checked_at"` // when it said so, by this machine's clock; UTC

	RootFingerprint string    `json:"root_fingerprint_sha256"` // of the chain's last certificate; lower-case hex
	Serial          string    `json:"serial"`                  // lower-case hex
	Subject         string    `json:"subject"`                 // RFC 4514
	Issuer          string    `json:"issuer"`                  // RFC 4514
	NotBefore       time.Time `json:"not_before"`              // UTC
	NotAfter        time.Time `json:"not_after"`               // UTC
	KeyType         string    `json:"key_type"`                // see KeyType
	Fingerprint     string    `json:"fingerprint_sha256"`      // of the certificate; lower-case hex
	AcquiredAt      time.Time `json:"acquired_at"`             // UTC
	Policy          Policy    `json:"policy"`                  // as of acquisition
	Wallet          Kind      `json:"wallet"`                  // where the key is

	// Damaged is why NAME.json could not be read; only Name is set then.
	Damaged error `json:"-"`
}

// Imported tells whether the entry came from a file, and no backend is known
// that would renew or revoke it. Its contract and user are unknown too.
func (e Entry) Imported() bool { return e.Damaged == nil && e.Backend == "" }

// Policy is what the backend went by when the certificate was acquired: what a
// client may expect of it without asking.
type Policy struct {
	RenewFrom       Seconds `json:"renew_from_seconds"`       // before NotAfter
	ReacquireWithin Seconds `json:"reacquire_within_seconds"` // after NotAfter
	Overlap         Seconds `json:"overlap_seconds"`          // how long what it renewed stays good
}

// Seconds is a duration that is written as a whole number of seconds.
type Seconds time.Duration

// MarshalJSON writes whole seconds.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(int64(time.Duration(s) / time.Second))
}

// UnmarshalJSON reads whole seconds.
func (s *Seconds) UnmarshalJSON(data []byte) error {
	var n int64
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*s = Seconds(time.Duration(n) * time.Second)
	return nil
}

// described returns e with the fields that follow from the chain (leaf first,
// root last), having checked that they belong together: the key is the leaf's,
// and each certificate is signed by the next.
func (e Entry) described(key crypto.Signer, chain []*x509.Certificate) (Entry, error) {
	if !ValidName(e.Name) {
		return e, fmt.Errorf("entry %q: %w", e.Name, ErrName)
	}
	if len(chain) == 0 || len(chain) < 2 && !e.Imported() {
		return e, fmt.Errorf("entry %s: a chain of %d certificates", e.Name, len(chain))
	}
	for i, c := range chain[:len(chain)-1] {
		if err := c.CheckSignatureFrom(chain[i+1]); err != nil {
			return e, fmt.Errorf("entry %s: certificate %d of the chain: %w", e.Name, i+1, err)
		}
	}
	leaf, root := chain[0], chain[len(chain)-1]
	if !matches(leaf, key) {
		return e, fmt.Errorf("entry %s: the certificate is not this key's", e.Name)
	}
	e.RootFingerprint = Fingerprint(root)
	e.Serial = leaf.SerialNumber.Text(16)
	e.Subject = DistinguishedName(leaf.RawSubject)
	e.Issuer = DistinguishedName(leaf.RawIssuer)
	e.NotBefore = leaf.NotBefore.UTC()
	e.NotAfter = leaf.NotAfter.UTC()
	e.KeyType = KeyType(leaf.PublicKey)
	e.Fingerprint = Fingerprint(leaf)
	e.AcquiredAt = e.AcquiredAt.UTC()
	if e.CheckedAt.IsZero() {
		e.CheckedAt = e.AcquiredAt
	}
	return e, nil
}

// Fingerprint returns the SHA-256 of a certificate, in lower-case hex.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

// KeyType names the algorithm and size of a public key: "ec-p256", "ec-p384",
// "rsa-2048" (or its other size) or "ed25519"; "unknown" for any other key.
func KeyType(public crypto.PublicKey) string {
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		switch k.Curve {
		case elliptic.P256():
			return "ec-p256"
		case elliptic.P384():
			return "ec-p384"
		case elliptic.P521():
			return "ec-p521"
		}
	case *rsa.PublicKey:
		return fmt.Sprintf("rsa-%d", k.N.BitLen())
	case ed25519.PublicKey:
		return "ed25519"
	}
	return "unknown"
}
