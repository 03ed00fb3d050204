package wallet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strings"
)

const maxName = 64

// ValidName tells whether name may name an entry: 1 to 64 of the lower-case
// letters, digits, dot, underscore and hyphen, the first a letter or digit.
func ValidName(name string) bool {
	return name != "" && len(name) <= maxName && strings.IndexByte("._-", name[0]) < 0 &&
		!strings.ContainsFunc(name, notInName)
}

// NewName tells whether name may name an entry that is not there yet: it is valid,
// and the entry's files can be on every system, for a wallet is taken along. On
// Windows the name of a device is that of no file, whatever follows it after a dot
// (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func NewName(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	device := regexp.MustCompile(`^(con|prn|aux|nul|com[1-9]|lpt[1-9])$`)
	return ValidName(name) && !device.MatchString(stem)
}

// notInName tells whether a name may not have the character.
func notInName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
}

// DefaultName returns the name of a user's entry where none was chosen:
// CONTRACT-USER in lower case. Characters that a deployment's contract IDs may
// have and a name may not become hyphens. It is valid for all canonical IDs
// that begin with a letter or digit.
func DefaultName(contractID, userID string) string {
	name := strings.Map(func(r rune) rune {
		if notInName(r) {
			return '-'
		}
		return r
	}, strings.ToLower(contractID+"-"+userID))
	return name[:min(len(name), maxName)]
}

// NameOf returns a name for an entry made of a text such as a common name: in
// lower case, with a hyphen for each stretch of other characters. It is empty
// where nothing remains that may name one.
func NameOf(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return notInName(r) || r == '-' })
	name := strings.TrimLeft(strings.Join(words, "-"), "._-")
	name = strings.TrimRight(name[:min(len(name), maxName)], "._-")
	if !NewName(name) {
		return ""
	}
	return name
}

// Owner is whose certificate an entry or a pending key is for. Two owners are
// the same where Same says so. That of an imported entry is empty, and no two
// of them are one.
type Owner struct {
	Backend    string `json:"backend"` // deployment ID, or URL of a remote backend
	ContractID string `json:"contract_id"`
	UserID     string `json:"user_id"` // compared without case
}

// Same tells whether both are one owner.
func (o Owner) Same(p Owner) bool {
	return o.Backend != "" && o.Backend == p.Backend && o.ContractID == p.ContractID &&
		strings.EqualFold(o.UserID, p.UserID)
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
