package cli

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/keyring"
	"certctl/pkg/prompt"
	"certctl/pkg/wallet"
)

// openWallet returns the wallet with where its keys are. Neither a keyring nor
// a file is touched before a key is needed.
func (a *app) openWallet() (*wallet.Wallet, place, error) {
	c, err := a.config()
	if err != nil {
		return nil, place{}, err
	}
	where, err := c.place("wallet", a.text.Errors.WantWallet)
	if err != nil {
		return nil, place{}, err
	}
	around := wallet.Around(a.process.Wrap)
	if where.keyring() {
		dir := c.dirs.wallet()
		box := wallet.NewKeyringBox(dir, a.keyringConfig(), around)
		return wallet.Open(wallet.Config{Dir: dir, Box: box, Around: around}), where, nil
	}
	box := wallet.NewFileBox(where.path, a.walletKey(c.text("wallet_password_file")), around)
	return wallet.Open(wallet.Config{Dir: where.path, Box: box, Around: around}), where, nil
}

// keyringConfig says how the keyring of the operating system is used. A person
// who is there may be asked by the keyring itself to unlock it.
func (a *app) keyringConfig() keyring.Config {
	return keyring.Config{Attended: a.interactive(), Env: a.process.getenv, Around: keyring.Around(a.process.Wrap)}
}

// walletKey says how the key of a file wallet is protected: by the password in
// a file, by none, or by one that the person types.
func (a *app) walletKey(passwordFile string) wallet.FileKey {
	switch {
	case passwordFile == "none":
		return wallet.FileKey{Unwrapped: true}
	case passwordFile != "":
		return wallet.FileKey{Password: func(ctx context.Context, _ bool) (string, error) {
			password, err := a.readSecret(ctx, passwordFile)
			return string(password), err
		}}
	case !a.interactive():
		return wallet.FileKey{}
	}
	return wallet.FileKey{Password: a.askWalletPassword(), Tries: 3}
}

// askWalletPassword returns what asks the person for the password of a file
// wallet. What calls it again found the last password wrong.
func (a *app) askWalletPassword() func(ctx context.Context, creating bool) (string, error) {
	again := ""
	return func(ctx context.Context, creating bool) (string, error) {
		asker, err := a.asker()
		if err != nil {
			return "", err
		}
		if creating {
			password, err := asker.NewPassword(ctx, prompt.ForWallet)
			return string(password), err
		}
		password, err := asker.WalletPassword(ctx, again)
		again = a.text.Errors.WalletWrongPassword.Message
		return string(password), err
	}
}

// asker returns who asks the person at the terminal; see interactive.
func (a *app) asker() (*prompt.Asker, error) {
	return prompt.New(prompt.Config{
		In: a.process.In, Out: a.process.Err, Env: a.process.Env, Text: a.text.Prompt, Color: a.color, Lines: a.lines,
	})
}

// asksWalletPassword tells whether the person has to type the password of a
// file wallet.
func (a *app) asksWalletPassword() (bool, error) {
	c, err := a.config()
	if err != nil {
		return false, err
	}
	where, err := c.place("wallet", a.text.Errors.WantWallet)
	return !where.keyring() && c.text("wallet_password_file") == "" && a.interactive(), err
}

// probe finds out whether a wallet in the keyring can be relied on.
func (a *app) probe(ctx context.Context, where place) error {
	if !where.keyring() {
		return nil
	}
	c, err := a.config()
	if err != nil {
		return err
	}
	dir := c.dirs.wallet()
	id, err := wallet.EnsureID(ctx, dir, wallet.Around(a.process.Wrap))
	if err != nil {
		return err
	}
	k := a.keyringConfig()
	k.Prefix, k.LockFile = id, filepath.Join(dir, ".keyring.lock")
	return keyring.Open(k).Probe(ctx)
}

// empty names a wallet that has nothing in it, in a sentence that says so: it may
// be another than the person believes.
func (a *app) empty(sentence string, where place) string {
	name := where.String()
	if where.keyring() {
		name += ", " + a.settings.dirs.wallet() // where its index is
	}
	return i18n.Fill(sentence, "wallet", printable(name))
}

// openEntry opens the wallet, and returns it with the place of its keys and the
// entry that a NAME means.
func (a *app) openEntry(ctx context.Context, name string) (w *wallet.Wallet, where place, e wallet.Entry, err error) {
	if w, where, err = a.openWallet(); err != nil {
		return nil, place{}, wallet.Entry{}, err
	}
	e, err = a.findEntry(ctx, w, name)
	return w, where, e, err
}

// findEntry returns the entry of a NAME, or of a user ID that only one entry
// has.
func (a *app) findEntry(ctx context.Context, w *wallet.Wallet, name string) (wallet.Entry, error) {
	entries, err := w.Entries(ctx)
	if err != nil {
		return wallet.Entry{}, err
	}
	var found []wallet.Entry
	var names []string
	for _, e := range entries {
		if e.Name == name {
			return e, nil
		}
		if e.Damaged == nil && strings.EqualFold(e.UserID, name) {
			found, names = append(found, e), append(names, e.Name)
		}
	}
	switch len(found) {
	case 0:
		return wallet.Entry{}, &api.Error{Code: api.NotFound, Field: "certificate", Value: name}
	case 1:
		return found[0], nil
	}
	e := a.text.Errors
	return wallet.Entry{}, a.usage(i18n.Fill(e.SeveralOf, "user", quote(name), "names", strings.Join(names, ", ")), e.SeveralOfHint)
}

// certificateDoc is a certificate in the wallet.
type certificateDoc struct {
	Name        string        `json:"name"`
	ContractID  string        `json:"contract_id"`
	UserID      string        `json:"user_id"`
	Serial      string        `json:"serial"`
	Subject     string        `json:"subject"`
	Issuer      string        `json:"issuer"`
	NotBefore   timeDoc       `json:"not_before"`
	NotAfter    timeDoc       `json:"not_after"`
	KeyType     string        `json:"key_type"`
	Fingerprint string        `json:"fingerprint_sha256"`
	Wallet      string        `json:"wallet"`
	State       api.SlotState `json:"state"`
}

func (a *app) certificateDoc(e wallet.Entry, where place) certificateDoc {
	return certificateDoc{
		Name:        e.Name,
		ContractID:  e.ContractID,
		UserID:      e.UserID,
		Serial:      e.Serial,
		Subject:     e.Subject,
		Issuer:      e.Issuer,
		NotBefore:   timeDoc(e.NotBefore),
		NotAfter:    timeDoc(e.NotAfter),
		KeyType:     e.KeyType,
		Fingerprint: e.Fingerprint,
		Wallet:      where.String(),
		State:       entryState(e, a.process.now()),
	}
}

// entryState is what the clock and the policy, as the wallet remembers it,
// make of a certificate. The backend may know better: it is not asked.
func entryState(e wallet.Entry, now time.Time) api.SlotState {
	switch {
	case e.Damaged != nil:
		return stateDamaged
	case e.Imported():
		return importedState(e, now)
	case e.State == string(api.CertificateRevoked):
		return api.SlotRevoked
	case e.State == enroll.StateReissued:
		return stateReissued
	case e.State == enroll.StateSuspended && !now.After(e.NotAfter):
		return stateSuspended
	case now.Before(e.NotAfter.Add(-time.Duration(e.Policy.RenewFrom))):
		return api.SlotActive
	case !now.After(e.NotAfter):
		return api.SlotRenewable
	case !now.After(e.NotAfter.Add(time.Duration(e.Policy.ReacquireWithin))):
		return api.SlotExpiredReacquirable
	}
	return api.SlotExpiredReissue
}

// importedState is entryState of an entry that no backend can renew.
func importedState(e wallet.Entry, now time.Time) api.SlotState {
	switch {
	case now.Before(e.NotAfter.Add(-time.Duration(e.Policy.RenewFrom))):
		return api.SlotActive
	case !now.After(e.NotAfter):
		return stateEnding
	}
	return stateExpired
}

// The states of an entry that are none of a slot.
const (
	stateEnding    api.SlotState = "ending"    // imported, and over soon
	stateExpired   api.SlotState = "expired"   // imported, and over
	stateDamaged   api.SlotState = "damaged"   // its file cannot be read
	stateSuspended api.SlotState = "suspended" // its user or contract is
	stateReissued  api.SlotState = "reissued"  // revoked; the slot was issued again
)

// certificateFields shows a certificate to a person.
func (a *app) certificateFields(c certificateDoc) []field {
	l := a.text.Output.Labels
	return []field{
		{l.Name, c.Name},
		{l.Contract, c.ContractID},
		{l.User, c.UserID},
		{l.State, a.text.Output.States[string(c.State)]},
		{l.Subject, c.Subject},
		{l.Issuer, c.Issuer},
		{l.Serial, c.Serial},
		{l.NotBefore, a.time(time.Time(c.NotBefore))},
		{l.NotAfter, a.time(time.Time(c.NotAfter))},
		{l.KeyType, c.KeyType},
		{l.Fingerprint, c.Fingerprint},
		{l.Wallet, c.Wallet},
	}
}

// busy does something while the person sees that it is being done.
func (a *app) busy(ctx context.Context, title string, do func(context.Context) error) error {
	return prompt.Progress{Out: a.process.Err, Lines: a.lines}.Run(ctx, title, do)
}
