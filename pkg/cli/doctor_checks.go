package cli

import (
	"context"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/keyfile"
)

func count(n int) string { return strconv.Itoa(n) }

// checkConfig reads the settings. Without them nothing else can be found.
func (o *doctorOptions) checkConfig() bool {
	c, err := o.app.config()
	if err != nil {
		o.failed("config", "config_bad", "", err)
		return false
	}
	bad := false
	for _, key := range c.keys() {
		if err := c.check(key); err != nil {
			o.failed("config", "setting_bad", key, err)
			bad = true
		}
	}
	if !bad {
		o.found(finding{Check: "config", Code: "config_ok", Level: levelOK, Subject: c.dirs.configFile()})
	}
	return true
}

// checkLeftovers looks for the key's files that a killed `certctl exec` left.
func (o *doctorOptions) checkLeftovers(ctx context.Context) {
	runtime := o.app.process.getenv("XDG_RUNTIME_DIR")
	left, err := keyfile.Leftovers(runtime)
	if err != nil {
		o.failed("leftovers", "leftovers_failed", runtime, err)
		return
	}
	for _, dir := range left {
		o.mended(ctx, finding{Check: "leftovers", Code: "leftover_key", Level: levelProblem, Subject: dir, Mend: removeDir(dir)},
			func(context.Context) error { return keyfile.Sweep(runtime) })
	}
	if len(left) == 0 {
		o.found(finding{Check: "leftovers", Code: "leftovers_none", Level: levelOK})
	}
}

// checkKeyring keeps something in the keyring for a moment, where the wallet is
// in it.
func (o *doctorOptions) checkKeyring(ctx context.Context) {
	_, where, err := o.app.openWallet()
	if err != nil {
		return // checkConfig has said so
	}
	if !where.keyring() {
		o.found(finding{Check: "keyring", Code: "keyring_unused", Level: levelOK, Subject: where.path})
		return
	}
	if err := o.app.probe(ctx, where); err != nil {
		o.failed("keyring", "keyring_failed", "", err)
		return
	}
	o.found(finding{Check: "keyring", Code: "keyring_ok", Level: levelOK})
}

// checkCertificates looks for what is due, as `certctl status` does.
func (o *doctorOptions) checkCertificates(ctx context.Context) {
	a := o.app
	w, _, err := a.openWallet()
	if err != nil {
		return
	}
	entries, err := w.Entries(ctx)
	if err != nil {
		return // checkWallet has said so
	}
	for _, e := range entries {
		row := a.statusRow(e, a.process.now())
		if row.Next == "none" || e.Damaged != nil {
			continue
		}
		o.found(finding{Check: "certificates", Code: "certificate_due", Level: levelProblem, Subject: e.Name, Mend: row.Command},
			"state", a.text.Output.States[string(row.State)], "time", a.time(e.NotAfter))
	}
}

// checkBackend asks the embedded backend for its clock.
func (o *doctorOptions) checkBackend(ctx context.Context) {
	a := o.app
	service, err := a.service(ctx)
	if code, _ := a.explain(err); err != nil && code == api.StoreAbsent {
		o.found(finding{Check: "backend", Code: "backend_none", Level: levelNote})
		return
	}
	if err != nil {
		o.failed("backend", "backend_failed", "", err)
		return
	}
	before := a.process.now()
	info, err := service.Info(ctx, "")
	if err != nil {
		o.failed("backend", "backend_failed", "", err)
		return
	}
	o.found(finding{Check: "backend", Code: "backend_ok", Level: levelOK, Subject: info.DeploymentID})
	o.checkClock(info.Now, before, a.process.now())
	o.checkContracts(ctx)
}

// checkContracts looks for settings of a contract that the backend does not have:
// those of the contract that was meant are not in force then.
func (o *doctorOptions) checkContracts(ctx context.Context) {
	a := o.app
	c, err := a.config()
	if err != nil || len(c.contracts) == 0 {
		return
	}
	admin, by, err := a.admin(ctx)
	if err != nil {
		return // checkBackend has said so
	}
	for _, id := range c.contracts {
		if _, err := admin.Contract(ctx, by, id); api.CodeOf(err) == api.NotFound {
			o.found(finding{Check: "config", Code: "contract_unknown", Level: levelProblem, Subject: id, Mend: "certctl contract list"})
		}
	}
}

// clockSlack is how far the clocks may be apart: a code of a token is good for
// half a minute before and after its own.
const clockSlack = 30 * time.Second

// checkClock compares the backend's clock with this machine's, which showed
// before and after when the backend was asked and had answered.
func (o *doctorOptions) checkClock(theirs, before, after time.Time) {
	var off time.Duration
	switch {
	case theirs.Before(before):
		off = before.Sub(theirs)
	case theirs.After(after):
		off = theirs.Sub(after)
	}
	f := finding{Check: "clock", Code: "clock_ok", Level: levelOK}
	if off > clockSlack {
		f = finding{Check: "clock", Code: "clock_off", Level: levelProblem, Mend: setClock(runtime.GOOS)}
	}
	o.found(f, "seconds", strconv.Itoa(int(off.Seconds())))
}

// setClock is the command that has the clock set by the network.
func setClock(goos string) string {
	switch goos {
	case "windows":
		return "w32tm /resync"
	case "darwin":
		return "sudo sntp -sS time.apple.com"
	}
	return "timedatectl set-ntp true"
}

// checkNSS looks for the tools by which certificates get into browsers' stores.
func (o *doctorOptions) checkNSS(context.Context) {
	if goos := runtime.GOOS; goos == "windows" || goos == "darwin" {
		return
	}
	var missing []string
	for _, tool := range []string{"certutil", "pk12util"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing = append(missing, tool)
		}
	}
	if len(missing) > 0 {
		o.found(finding{Check: "nss", Code: "nss_missing", Level: levelNote, Subject: strings.Join(missing, ", ")})
		return
	}
	o.found(finding{Check: "nss", Code: "nss_ok", Level: levelOK})
}
