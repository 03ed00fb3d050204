package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"certctl/pkg/wallet"
)

// checkWallet compares the wallet's directory with where its keys are.
func (o *doctorOptions) checkWallet(ctx context.Context) {
	w, where, err := o.app.openWallet()
	if err != nil {
		return // checkConfig has said so
	}
	faults, err := w.Check(ctx)
	if err != nil {
		o.failed("wallet", "wallet_failed", where.String(), err)
		return
	}
	entries, err := w.Entries(ctx)
	if err != nil {
		o.failed("wallet", "wallet_failed", where.String(), err)
		return
	}
	for _, fault := range faults {
		o.walletFault(ctx, w, where, fault)
	}
	if len(faults) == 0 {
		o.found(finding{Check: "wallet", Code: "wallet_ok", Level: levelOK, Subject: where.String()}, "count", count(len(entries)))
	}
}

func (o *doctorOptions) walletFault(ctx context.Context, w *wallet.Wallet, where place, fault wallet.Fault) {
	f := finding{Check: "wallet", Code: string(fault.Kind), Level: levelProblem, Subject: fault.Name}
	switch fault.Kind {
	case wallet.FaultUnfinished:
		f.Mend = "certctl doctor --fix"
		o.mended(ctx, f, w.Settle)
		return
	case wallet.FaultPending:
		f.Level = levelNote
		f.Mend = "certctl acquire --contract-id " + fault.Owner.ContractID + " --user-id " + fault.Owner.UserID
	case wallet.FaultPendingDamaged:
		if file := filepath.Join(where.path, fault.Name); !where.keyring() {
			f.Mend = "mv " + shellQuote(file) + " " + shellQuote(file+".damaged")
		}
	case wallet.FaultElsewhere:
		f.Level = levelNote
	case wallet.FaultOrphan:
		if !where.keyring() {
			f.Mend = "rm " + shellQuote(filepath.Join(where.path, fault.Name+".p12"))
		}
	default:
		f.Mend = "certctl remove " + fault.Name
	}
	o.found(f)
}

// checkModes looks for what others may read or write. Windows has no such bits:
// there the directory's ACL decides.
func (o *doctorOptions) checkModes(ctx context.Context) {
	if runtime.GOOS == "windows" {
		return
	}
	before := len(o.findings)
	c, err := o.app.config()
	if err != nil {
		return // checkConfig has said so
	}
	walletDir := c.dirs.wallet()
	if where, err := c.place("wallet", ""); err == nil && !where.keyring() {
		walletDir = where.path
	}
	o.checkMode(ctx, walletDir, 0o700, 0o700)
	files := secretFiles(walletDir)
	if where, err := c.place("sealed_by", ""); err == nil && !where.keyring() {
		files = append(files, where.path)
	}
	for _, key := range []string{"wallet_password_file", "smtp.password_file"} {
		if file := c.text(key); file != "" && file != "none" {
			files = append(files, file)
		}
	}
	for _, file := range files {
		o.checkMode(ctx, file, 0o400, 0o600)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		o.checkMode(ctx, c.dirs.database()+suffix, 0o600, 0o600)
	}
	if len(o.findings) == before {
		o.found(finding{Check: "modes", Code: "modes_ok", Level: levelOK})
	}
}

// secretFiles returns the files of a wallet that hold keys.
func secretFiles(dir string) []string {
	var all []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // there is none yet, or checkWallet says more
	}
	for _, e := range entries {
		if name := e.Name(); name == "wallet.key" || strings.Contains(name, ".p12") || strings.HasSuffix(name, ".key") {
			all = append(all, filepath.Join(dir, name))
		}
	}
	return all
}

// checkMode wants all bits of least and none beyond most, and no other owner
// than the user. The public half of a wallet may be read by everybody, so of a
// directory only who may write matters.
func (o *doctorOptions) checkMode(ctx context.Context, path string, least, most fs.FileMode) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		o.failed("modes", "mode_unknown", path, o.app.badFile(path, err))
		return
	}
	mode, code := info.Mode().Perm(), ""
	beyond := mode &^ most
	if info.IsDir() {
		beyond &= 0o022
	}
	switch {
	case beyond != 0:
		code = "mode_loose"
	case mode&least != least:
		code = "mode_tight"
	}
	if anothers(info) {
		o.found(finding{Check: "modes", Code: "mode_owner", Level: levelProblem, Subject: path, Mend: `sudo chown "$(id -u)" ` + shellQuote(path)})
		return
	}
	if code == "" {
		return
	}
	o.mended(ctx, finding{
		Check: "modes", Code: code, Level: levelProblem, Subject: path,
		Mend: fmt.Sprintf("chmod %o %s", most, shellQuote(path)),
	}, func(context.Context) error {
		return o.app.process.around("chmod "+filepath.Base(path), func() error { return os.Chmod(path, most) })
	}, "mode", fmt.Sprintf("%04o", mode))
}
