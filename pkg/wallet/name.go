package wallet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strings"
)

const maxName = 64

var (
	namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
	notInName   = regexp.MustCompile(`[^a-z0-9._-]`)
)

// ValidName tells whether name may name an entry: 1 to 64 of the lower-case
// letters, digits, dot, underscore and hyphen, the first a letter or digit.
func ValidName(name string) bool { return namePattern.MatchString(name) }

// DefaultName returns the name of a user's entry where none was chosen:
// CONTRACT-USER in lower case. Characters that a deployment's contract IDs may
// have and a name may not become hyphens. It is valid for all canonical IDs
// that begin with a letter or digit.
func DefaultName(contractID, userID string) string {
	name := notInName.ReplaceAllString(strings.ToLower(contractID+"-"+userID), "-")
	return name[:min(len(name), maxName)]
}

// Owner is whose certificate an entry or a pending key is for. Two owners are
// the same where Same says so.
type Owner struct {
	Backend    string `json:"backend"` // deployment ID, or URL of a remote backend
	ContractID string `json:"contract_id"`
	UserID     string `json:"user_id"` // compared without case
}

// Same tells whether both are one owner.
func (o Owner) Same(p Owner) bool {
	return o.Backend == p.Backend && o.ContractID == p.ContractID &&
		strings.ToLower(o.UserID) == strings.ToLower(p.UserID)
}

// pendingKey returns the Box key of the owner's pending key: the first 16 hex
// digits of SHA-256 over the fields, each preceded by its length as 8 bytes,
// big-endian.
func (o Owner) pendingKey() string {
	h := sha256.New()
	for _, field := range []string{o.Backend, o.ContractID, strings.ToLower(o.UserID)} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		h.Write([]byte(field))
	}
	return pendingPrefix + hex.EncodeToString(h.Sum(nil)[:8])
}
