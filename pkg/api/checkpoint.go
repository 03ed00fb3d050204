package api

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Checkpoint says where every audit chain of a deployment ended at a time. Each
// names the one before it, so that none can be left out.
type Checkpoint struct {
	DeploymentID string    `json:"deployment_id"`
	Number       int64     `json:"number"` // from 1, without gaps
	At           time.Time `json:"at"`
	// Previous is the Hash of the checkpoint before; empty: this is the first.
	Previous string      `json:"previous"`
	Heads    []AuditHead `json:"heads"` // by contract ID
}

// AuditHead is the last row of an audit chain.
type AuditHead struct {
	ContractID string `json:"contract_id"` // empty: the operator's chain
	Row        int64  `json:"row"`
	MAC        string `json:"mac"` // lower-case hex
}

// SignedCheckpoint is a checkpoint as it is kept and handed out: a JWS (RFC
// 7515) in its compact form, signed with Ed25519 (RFC 8037). What is signed is
// the text up to its second dot, and the payload is the Checkpoint in JSON: any
// JOSE library, or openssl, verifies it without us.
type SignedCheckpoint string

// checkpointType is typ in the protected header.
const checkpointType = "certctl-checkpoint"

var (
	// ErrNoCheckpoint: a text is not a signed checkpoint.
	ErrNoCheckpoint = errors.New("not a signed checkpoint")
	// ErrCheckpointSignature: a checkpoint is not signed by that key.
	ErrCheckpointSignature = errors.New("the checkpoint's signature does not hold")
)

// Sign signs a checkpoint.
func (c Checkpoint) Sign(key ed25519.PrivateKey) (SignedCheckpoint, error) {
	payload, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("encode checkpoint: %w", err)
	}
	options := (&jose.SignerOptions{}).WithType(checkpointType)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: key}, options)
	if err != nil {
		return "", fmt.Errorf("sign checkpoint: %w", err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign checkpoint: %w", err)
	}
	text, err := jws.CompactSerialize()
	return SignedCheckpoint(text), err
}

// Read returns what a checkpoint says, whoever signed it. ErrNoCheckpoint.
func (s SignedCheckpoint) Read() (Checkpoint, error) {
	jws, err := s.parse()
	if err != nil {
		return Checkpoint{}, err
	}
	return decodeCheckpoint(jws.UnsafePayloadWithoutVerification())
}

// Verify tells by ErrCheckpointSignature that another key, or none, has signed.
func (s SignedCheckpoint) Verify(key ed25519.PublicKey) error {
	jws, err := s.parse()
	if err != nil {
		return err
	}
	if len(key) != ed25519.PublicKeySize {
		return ErrCheckpointSignature
	}
	if _, err := jws.Verify(key); err != nil {
		return fmt.Errorf("%w: %w", ErrCheckpointSignature, err)
	}
	return nil
}

// Hash is the SHA-256 of the text, in lower-case hex.
func (s SignedCheckpoint) Hash() string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func (s SignedCheckpoint) parse() (*jose.JSONWebSignature, error) {
	jws, err := jose.ParseSignedCompact(string(s), []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCheckpoint, err)
	}
	if typ := jws.Signatures[0].Protected.ExtraHeaders[jose.HeaderType]; typ != checkpointType {
		return nil, fmt.Errorf("%w: its type is %q", ErrNoCheckpoint, typ)
	}
	return jws, nil
}

func decodeCheckpoint(payload []byte) (c Checkpoint, err error) {
	if err := json.Unmarshal(payload, &c); err != nil {
		return c, fmt.Errorf("%w: %w", ErrNoCheckpoint, err)
	}
	return c, nil
}
