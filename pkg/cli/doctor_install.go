package cli

import (
	"context"
	"errors"

	"certctl/pkg/install"
	"certctl/pkg/wallet"
)

// checkInstalled compares the ledger with the stores of browsers and with the
// wallet. No store needs its password for that.
func (o *doctorOptions) checkInstalled(ctx context.Context) {
	a := o.app
	w, where, err := a.openWallet()
	if err != nil {
		return // checkWallet says so
	}
	ledger, err := a.ledger(where)
	if err != nil {
		return
	}
	records, err := ledger.Records()
	if err != nil {
		o.failed("install", "ledger_failed", "", err)
		return
	}
	well := 0
	for _, r := range records {
		if o.checkRecord(ctx, w, r) {
			well++
		}
	}
	if well > 0 && well == len(records) {
		o.found(finding{Check: "install", Code: "install_ok", Level: levelOK}, "count", count(well))
	}
}

// checkRecord looks at one certificate in one store. It is true where that is as
// it should be.
func (o *doctorOptions) checkRecord(ctx context.Context, w *wallet.Wallet, r install.Record) bool {
	to := toSystem
	if r.Place.Kind == install.KindNSS {
		to = toNSS
	}
	again := "certctl install " + r.Name + " --to " + to
	f := finding{Check: "install", Level: levelProblem, Subject: r.Name}
	e, err := w.Entry(ctx, r.Name)
	switch {
	case errors.Is(err, wallet.ErrNotFound):
		f.Code, f.Level, f.Mend = "install_left", levelNote, "certctl uninstall "+r.Name
	case err != nil:
		return false // checkWallet says so
	case e.Serial != r.Serial:
		f.Code, f.Mend = "install_old", again
	default:
		there, err := o.isThere(ctx, r)
		switch {
		case errors.Is(err, install.ErrTools):
			return false // checkNSS says so
		case err != nil && !errors.Is(err, install.ErrNoStore):
			o.failed("install", "install_failed", r.Name, (&installer{app: o.app}).word(r.Place, err))
			return false
		case there:
			return true
		}
		f.Code, f.Mend = "install_gone", again
	}
	o.found(f, "store", r.Place.Path)
	return false
}

func (o *doctorOptions) isThere(ctx context.Context, r install.Record) (bool, error) {
	leaf, err := r.Certificate()
	if err != nil {
		return false, err
	}
	s, err := install.Open(r.Place, install.Config{})
	if err != nil {
		return false, err
	}
	return s.Has(ctx, leaf)
}
