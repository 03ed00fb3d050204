package issuer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/ca"
	"certctl/pkg/otp"
	"certctl/pkg/store"
)

// sessionMemory is how long a session's outcomes are kept to be repeated: as
// long as any session may live.
const sessionMemory = api.MaxSession

// Complete implements api.Service: decide, sign, record.
func (i *Issuer) Complete(ctx context.Context, req api.CompleteRequest) (api.Certificate, error) {
	s, err := i.openSession(req.Session)
	if err != nil {
		return api.Certificate{}, err
	}
	csr, err := checkCSR(req.CSR, i.policyOf(s.Ref.ContractID).KeyTypes)
	if err != nil {
		return api.Certificate{}, err
	}
	start := decision{Issuer: i, now: i.now(), session: s, csr: csr, typed: typed{code: otp.Normalize(string(req.Code))}}
	sum := sha256.Sum256(req.CSR)
	start.try = store.Try{
		Nonce:   s.Nonce,
		CodeMAC: hex.EncodeToString(i.tries.MAC([]byte(s.Nonce), []byte(start.typed.code))),
		CSRHash: hex.EncodeToString(sum[:]),
	}
	d, err := settle(ctx, i.st, start, (*decision).decide)
	for u := (*unjudgedPIN)(nil); errors.As(err, &u); { // again where it was reset meanwhile
		if start.typed.pin, err = i.judge(u.user, start.typed.code); err == nil {
			d, err = settle(ctx, i.st, start, (*decision).decide)
		}
	}
	if err != nil {
		return api.Certificate{}, err
	}
	if d.refused != nil {
		return api.Certificate{}, d.reveal()
	}
	return i.finish(ctx, d.serial)
}

// settle runs a deciding transaction, each time that it has to be run from the
// start: where it got in another's way, or came too late for a key that another
// has certified since it was looked for, and now finds.
func settle[D any](ctx context.Context, st *store.Store, start D,
	decide func(*D, context.Context, *store.Tx) error) (D, error) {
	var d D
	run := func(tx *store.Tx) error {
		d = start
		return decide(&d, ctx, tx)
	}
	err := st.Do(ctx, run)
	if errors.Is(err, store.ErrExists) {
		err = st.Do(ctx, run)
	}
	return d, translate(err)
}

func checkCSR(der []byte, types []api.KeyType) (ca.Request, error) {
	allowed := make([]string, len(types))
	for n, k := range types {
		allowed[n] = string(k)
	}
	csr, err := ca.CheckCSR(der, allowed)
	return csr, translate(err)
}

// decision is one Complete on its way through the deciding transaction. What
// comes of it is serial or refused, never an error: an error rolls back, and a
// refusal must be remembered.
type decision struct {
	*Issuer
	now     time.Time
	session session
	csr     ca.Request
	typed   typed
	try     store.Try

	spent    int // free answers given in this session so far
	holder   store.Holder
	factor   factor // what they prove themselves with
	issuing  store.Authority
	replaces bool // a living certificate
	judged   bool // the code was compared: the same try gets the same outcome
	serial   string
	refused  *api.Error
}

// policy is that of the contract that the session is for.
func (d *decision) policy() api.Policy { return d.policyOf(d.session.Ref.ContractID) }

// reveal returns what the holder is told of the refusal. Where the policy is
// uniform, whatever could be found out without a right code is one answer.
func (d *decision) reveal() *api.Error {
	if d.policy().Reveal == api.RevealFrank {
		return d.refused
	}
	switch d.refused.Code {
	case api.NotFound, api.Suspended, api.Locked, api.OTPNotRegistered, api.OTPExpired, api.OTPResyncNeeded,
		api.OTPWrong, api.OTPSpent, api.OTPDrifted, api.PINWrong:
		return api.Refuse(api.AuthFailed)
	}
	return d.refused
}

// decide runs the steps until one has an outcome, remembers it, and audits it.
// Where the same was tried before, or the key has its certificate already,
// nothing is counted, spent or audited.
func (d *decision) decide(ctx context.Context, tx *store.Tx) error {
	if err := tx.LockUser(ctx, d.session.Ref); err != nil {
		return err
	}
	if done, err := d.repeat(ctx, tx); done || err != nil {
		return err
	}
	if done, err := d.known(ctx, tx); done || err != nil {
		return err
	}
	for _, step := range []func(context.Context, *store.Tx) error{
		d.open, d.authority, d.identify, d.prove, d.allow, d.seal,
	} {
		if err := step(ctx, tx); err != nil {
			return err
		}
		if d.refused != nil {
			break
		}
	}
	return d.remember(ctx, tx)
}

// repeat answers a try that was refused before in the same words. One that
// had a certificate has it by its key: see known.
func (d *decision) repeat(ctx context.Context, tx *store.Tx) (bool, error) {
	try, err := tx.Try(ctx, d.try.Nonce, d.try.CodeMAC, d.try.CSRHash)
	if store.IsNotFound(err) || try.Outcome == outcomeOK {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	d.refused = &api.Error{Code: api.Code(try.Outcome), TriesLeft: try.Left}
	return true, nil
}

// known answers for a key that was certified before.
func (d *decision) known(ctx context.Context, tx *store.Tx) (found bool, err error) {
	d.serial, d.refused, found, err = d.certified(ctx, tx, d.csr.SPKIHash, d.session.Ref, d.now)
	return found, err
}

// open makes or reads the session's record.
func (d *decision) open(ctx context.Context, tx *store.Tx) error {
	if err := tx.PurgeSessions(ctx, d.now.Add(-sessionMemory)); err != nil {
		return err
	}
	s, err := tx.OpenSession(ctx, d.session.Nonce, d.now)
	if err != nil {
		return err
	}
	d.spent = s.Spent
	if s.Succeeded {
		d.refused = api.Refuse(api.SessionUsed)
		return nil
	}
	if d.now.After(d.session.begun().Add(d.policy().Session)) {
		d.refused = api.Refuse(api.SessionExpired)
	}
	return nil
}

// authority refuses where the issuing CA would not outlive the certificate.
// That is nobody's secret, and comes before anything is read of the user.
func (d *decision) authority(ctx context.Context, tx *store.Tx) (err error) {
	d.issuing, d.refused, err = d.ending(ctx, tx, d.policy(), d.now)
	return err
}

// identify reads the user and refuses those who may not prove themselves.
func (d *decision) identify(ctx context.Context, tx *store.Tx) error {
	h, err := tx.Holder(ctx, d.session.Ref)
	if store.IsNotFound(err) {
		d.refused = &api.Error{Code: api.NotFound, Field: "user_id", Value: d.session.Ref.UserID}
		return nil
	}
	if err != nil {
		return err
	}
	d.holder = h
	if d.session.begun().Before(h.User.Created) {
		d.refused = api.Refuse(d.void()) // begun for nobody, or for a removed user of the same ID
		return nil
	}
	d.factor, d.refused = d.mayProve(h, d.now)
	return nil
}

// void is what is said of a session that was begun before its user was there.
// Where the policy is uniform, nobody is to find out that they are new.
func (d *decision) void() api.Code {
	if d.policy().Reveal == api.RevealUniform {
		return api.NotFound
	}
	return api.SessionExpired
}

// allow asks whether the slot takes a certificate now.
func (d *decision) allow(context.Context, *store.Tx) error {
	state, deadline := StateOf(d.holder.User.Slot, d.holder.Certificate, d.policy(), d.now)
	d.replaces = d.session.Replace && living(state)
	if !d.replaces {
		d.refused = mayAcquire(state, deadline)
	}
	return nil
}

// seal fixes the certificate. A living one that it is to replace is revoked
// with this decision, and its slot is as if it had just been issued.
func (d *decision) seal(ctx context.Context, tx *store.Tx) (err error) {
	user := d.holder.User
	if d.replaces {
		if err := tx.RevokeUnexpired(ctx, user.ID, reasonSuperseded, d.now); err != nil {
			return err
		}
		if err := tx.SetIssued(ctx, user.ID, d.now); err != nil {
			return err
		}
	}
	if d.serial, err = d.fix(ctx, tx, user, d.issuing, d.csr, d.now); err != nil {
		return err
	}
	return tx.CloseSession(ctx, d.session.Nonce)
}

// remember keeps the outcome for a repeat of the same try, and audits it.
func (d *decision) remember(ctx context.Context, tx *store.Tx) error {
	outcome := outcomeOK
	if d.refused != nil {
		outcome = string(d.refused.Code)
		d.try.Left = d.refused.TriesLeft
	}
	d.try.Outcome, d.try.Serial = outcome, d.serial
	if d.judged {
		if err := tx.InsertTry(ctx, d.try); err != nil {
			return err
		}
	}
	action := "acquire"
	if d.replaces {
		action = "acquire replace"
	}
	e := event{actor: holderActor, action: action, user: d.session.Ref.UserID, outcome: outcome, serial: d.serial}
	e.contract = d.holder.User.Ref.ContractID // an unknown user's is in the operator's chain
	return d.audit(ctx, tx, e, d.now)
}
