package backup

import (
	"errors"
	"time"
)

// format is the version of the file that this package writes, and the newest
// that it reads.
const format = 1

// What a reader may tell apart. Each may be wrapped with its cause.
var (
	// ErrForeign: the file is no backup of certctl.
	ErrForeign = errors.New("not a backup")
	// ErrLocked: the passphrase, or the identity, is not one that opens the file.
	ErrLocked = errors.New("backup does not open")
	// ErrTruncated: the file ends before its end. Most often that cannot be told
	// from ErrDamaged: what age has not seen the end of, it does not open.
	ErrTruncated = errors.New("backup is cut off")
	// ErrDamaged: the file is not as it was written, or is cut off.
	ErrDamaged = errors.New("backup is damaged")
	// ErrTooNew: a newer certctl has written the file.
	ErrTooNew = errors.New("backup is newer than this program")
	// ErrRecipient: a recipient is none of age's (age1…).
	ErrRecipient = errors.New("not a recipient of age")
	// ErrIdentity: a file is no file of age's identities.
	ErrIdentity = errors.New("not a file of age identities")
)

// Header is what a backup says of itself.
type Header struct {
	Format int `json:"certctl_backup"` // set by NewWriter
	// Schema is the version of the database's tables.
	Schema     int64     `json:"schema"`
	Deployment string    `json:"deployment_id"`
	Taken      time.Time `json:"taken_at"`
	SealingKey []byte    `json:"sealing_key"`
}

// Table is a table with the columns that its rows have, in their order.
type Table struct {
	Name    string   `json:"table"`
	Columns []string `json:"columns"`
}

// trailer is the last line.
type trailer struct {
	Rows map[string]int64 `json:"rows"` // by table
}

// blob is how bytes are written.
type blob struct {
	Bytes []byte `json:"b"`
}
