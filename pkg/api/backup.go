package api

import (
	"context"
	"io"
	"time"
)

// Backups is how a backend outlives its machine.
type Backups interface {
	// Backup writes the sealing key and every record, as of one moment, to w. The
	// act is on record first, and so in the backup: whoever takes the keys away has
	// taken them, whatever becomes of the file.
	Backup(ctx context.Context, by Actor, w io.Writer, to BackupLock) (Backup, error)
}

// BackupLock says who can open a backup: whoever knows a passphrase, or, where
// there is none, whoever has an identity of one of age's recipients.
type BackupLock struct {
	Passphrase Secret
	Recipients []string // age1…
}

// Backup is what a backup says of itself.
type Backup struct {
	DeploymentID string
	Taken        time.Time
	Rows         int64
	// Root is the root certificate, DER. It tells whose backup it is: age's public
	// keys let anybody make one.
	Root []byte
}

// Restored is what became of a backup. What happened to the backend after Taken
// is not in it.
type Restored struct {
	Backup
	At time.Time
	// ClockTokens show codes that are accepted again from CodesFrom on: all before
	// count as used.
	ClockTokens int64
	CodesFrom   time.Time // zero: there are none
	// CounterTokens need a resync.
	CounterTokens int64
	// Slots were open, and need a reissue.
	Slots int64
	// CRLNumbers is how many numbers of revocation lists were left out.
	CRLNumbers int64
}
