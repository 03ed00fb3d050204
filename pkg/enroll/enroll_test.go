package enroll_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/issuer"
	"certctl/pkg/otp"
	"certctl/pkg/seal"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

var (
	start    = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	operator = api.Actor{Name: "os:operator", Role: api.RoleOperator}
	tanaka   = api.UserRef{ContractID: "12345678901", UserID: "tanaka"}
	suzuki   = api.UserRef{ContractID: "12345678901", UserID: "suzuki"}
)

// bench is a holder with a wallet in front of a real backend.
type bench struct {
	t       *testing.T
	now     time.Time
	issuer  *issuer.Issuer
	service *faulty
	wallet  *wallet.Wallet
	secret  otp.Secret
	dir     string
}

// faulty is a service whose answers can be lost on the way.
type faulty struct {
	api.Service
	lose  bool // the next Complete is carried out, its answer lost
	codes int  // how many Complete calls there were
	tweak func(*api.Certificate)

	loseRenewal bool         // as lose, of the next Renew
	renewals    atomic.Int32 // how many Renew calls there were
}

var errLost = errors.New("connection reset")

func (f *faulty) Complete(ctx context.Context, r api.CompleteRequest) (api.Certificate, error) {
	f.codes++
	c, err := f.Service.Complete(ctx, r)
	if f.lose {
		f.lose = false
		return api.Certificate{}, errLost
	}
	if f.tweak != nil {
		f.tweak(&c)
	}
	return c, err
}

func (f *faulty) Renew(ctx context.Context, r api.Signed) (api.Certificate, error) {
	f.renewals.Add(1)
	c, err := f.Service.Renew(ctx, r)
	if f.loseRenewal {
		f.loseRenewal = false
		return api.Certificate{}, errLost
	}
	return c, err
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	b := &bench{t: t, dir: dir, now: start, secret: otp.DefaultParams().NewSecret()}
	st := must(store.Open(t.Context(), filepath.Join(dir, "backend.db"), store.Options{Create: true}))
	t.Cleanup(func() { st.Close() })
	key := must(seal.New(make([]byte, seal.KeySize)))
	clock := func() time.Time { return b.now }
	b.issuer = must(issuer.Init(t.Context(), st, key, issuer.Config{Now: clock}, operator, "Test"))
	must(b.issuer.AddContract(t.Context(), operator, api.NewContract{ID: tanaka.ContractID}))
	for _, ref := range []api.UserRef{tanaka, suzuki} {
		token := &api.NewToken{Params: api.DefaultTokenParams(), Secret: api.Secret(otp.EncodeSecret(b.secret))}
		must(b.issuer.AddUser(t.Context(), operator, api.NewUser{Ref: ref, Token: token}))
	}
	b.service = &faulty{Service: b.issuer}
	b.wallet = b.openWallet(dir)
	return b
}

func (b *bench) openWallet(dir string) *wallet.Wallet {
	dir = filepath.Join(dir, "wallet")
	return wallet.Open(wallet.Config{Dir: dir, Box: wallet.NewFileBox(dir, wallet.FileKey{Unwrapped: true}, nil)})
}

func (b *bench) client() *enroll.Client {
	b.t.Helper()
	return must(enroll.New(b.t.Context(), enroll.Config{
		Service: b.service, Wallet: b.wallet, Now: func() time.Time { return b.now },
	}))
}

func (b *bench) code() api.Secret {
	p := otp.DefaultParams()
	return api.Secret(p.Code(b.secret, p.Step(b.now)))
}

func (b *bench) begin(ref api.UserRef, o enroll.Options) *enroll.Pending {
	b.t.Helper()
	return must(b.client().Begin(b.t.Context(), ref, o))
}

func (b *bench) wantNoPending(ref api.UserRef) {
	b.t.Helper()
	_, err := b.client().PickUp(b.t.Context(), ref, "")
	wantCode(b.t, "pick-up with no pending key", err, api.NotFound)
	var e *api.Error
	if errors.As(err, &e) && e.Field != "pending_key" {
		b.t.Errorf("a pending key is left: %v", err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func wantCode(t *testing.T, what string, err error, want api.Code) {
	t.Helper()
	if got := api.CodeOf(err); got != want {
		t.Errorf("%s: %v, want %q", what, err, want)
	}
}

func TestAcquireKeepsTheCertificateAndDropsThePendingKey(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{})
	if p.Digits() != 6 || p.User() != tanaka {
		t.Errorf("stage two would ask for %d digits of %v", p.Digits(), p.User())
	}
	e := must(p.Complete(t.Context(), b.code()))
	if e.Name != "12345678901-tanaka" {
		t.Errorf("kept as %q", e.Name)
	}
	bundle := must(b.wallet.Bundle(t.Context(), e.Name))
	if got := bundle.Chain[0].SerialNumber.Text(16); got != e.Serial {
		t.Errorf("the bundle holds %s, the entry says %s", got, e.Serial)
	}
	b.wantNoPending(tanaka)
	if found := must(b.client().Unexpired(t.Context(), tanaka)); found.Serial != e.Serial {
		t.Errorf("Unexpired found %s, want %s", found.Serial, e.Serial)
	}
	b.now = e.NotAfter.Add(time.Second)
	_, err := b.client().Unexpired(t.Context(), tanaka)
	wantCode(t, "Unexpired a second after the end", err, api.NotFound)
}

// The backend issued, and the answer never came: no second code is needed.
func TestALostAnswerIsPickedUpWithoutACode(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{Name: "work"})
	b.service.lose = true
	if _, err := p.Complete(t.Context(), b.code()); !errors.Is(err, errLost) {
		t.Fatalf("Complete: %v, want the lost answer", err)
	}
	e, err := b.client().PickUp(t.Context(), tanaka, "")
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "work" || b.service.codes != 1 {
		t.Errorf("picked up as %q after %d codes, want work after 1", e.Name, b.service.codes)
	}
	b.wantNoPending(tanaka)
}

func TestAWrongCodeLeavesTheKeyForTheNext(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{})
	_, err := p.Complete(t.Context(), "000000")
	wantCode(t, "a wrong code", err, api.OTPWrong)
	_, err = b.client().PickUp(t.Context(), tanaka, "")
	wantCode(t, "pick-up after a wrong code", err, api.NotFound)
	again := b.begin(tanaka, enroll.Options{})
	e := must(again.Complete(t.Context(), b.code()))
	if got := must(b.wallet.Chain(t.Context(), e.Name)); len(got) != 3 {
		t.Errorf("a chain of %d certificates, want 3", len(got))
	}
}

// The holder took a long lunch between the screens.
func TestASessionThatIsOverIsBegunAnew(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{})
	b.now = b.now.Add(time.Hour)
	if _, err := p.Complete(t.Context(), b.code()); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyOfARevokedCertificateIsReplaced(t *testing.T) {
	b := newBench(t)
	p := b.begin(tanaka, enroll.Options{})
	b.service.lose = true
	_, _ = p.Complete(t.Context(), b.code()) // the answer is lost: the key stays pending
	must(b.issuer.Reissue(t.Context(), operator, tanaka))
	b.now = b.now.Add(30 * time.Second)
	_, err := b.client().PickUp(t.Context(), tanaka, "")
	wantCode(t, "pick-up of a revoked certificate", err, api.NotFound)
	e := must(b.begin(tanaka, enroll.Options{}).Complete(t.Context(), b.code()))
	if u := must(b.issuer.User(t.Context(), operator, tanaka)); u.Certificate.Serial != e.Serial {
		t.Errorf("the slot holds %s, the wallet %s", u.Certificate.Serial, e.Serial)
	}
}

func TestNamesAndKeyTypes(t *testing.T) {
	b := newBench(t)
	_, err := b.client().Begin(t.Context(), tanaka, enroll.Options{Name: "../x"})
	wantCode(t, "a name that is none", err, api.Usage)
	_, err = b.client().Begin(t.Context(), tanaka, enroll.Options{KeyType: "dsa"})
	wantCode(t, "a key type that is none", err, api.Usage)

	e := must(b.begin(tanaka, enroll.Options{Name: "work", KeyType: api.Ed25519}).Complete(t.Context(), b.code()))
	if e.KeyType != "ed25519" {
		t.Errorf("key type %s, want ed25519", e.KeyType)
	}
	if _, err := b.client().Begin(t.Context(), suzuki, enroll.Options{Name: "work"}); !errors.Is(err, wallet.ErrNameTaken) {
		t.Errorf("the name of another user's entry: %v, want %v", err, wallet.ErrNameTaken)
	}
}

// What comes back is held to the pinned root, our key and our user; and the
// pending key stays, since the certificate may exist.
func TestAForeignCertificateIsRefused(t *testing.T) {
	other := newBench(t)
	foreign := must(other.begin(tanaka, enroll.Options{}).Complete(t.Context(), other.code()))
	foreignChain := must(other.wallet.Chain(t.Context(), foreign.Name))
	tweaks := map[string]func(*api.Certificate){
		"another backend's chain": func(c *api.Certificate) {
			c.Chain = [][]byte{foreignChain[0].Raw, foreignChain[1].Raw, foreignChain[2].Raw}
		},
		"another backend's root": func(c *api.Certificate) { c.Chain[2] = foreignChain[2].Raw },
		"the CA as leaf":         func(c *api.Certificate) { c.Chain[0] = c.Chain[1] },
		"another user":           func(c *api.Certificate) { c.User = suzuki },
		"no chain":               func(c *api.Certificate) { c.Chain = nil },
		"rubbish":                func(c *api.Certificate) { c.Chain[1] = []byte("x") },
	}
	for what, tweak := range tweaks {
		b := newBench(t)
		b.service.tweak = tweak
		_, err := b.begin(tanaka, enroll.Options{}).Complete(t.Context(), b.code())
		wantCode(t, what, err, api.ChainUntrusted)
		if _, err := b.client().PickUp(t.Context(), tanaka, ""); err != nil {
			t.Errorf("%s: the pending key is gone: %v", what, err)
		}
	}
}

// Two processes begin at once: both go on with one key, so that whichever dies
// after the decision, the wallet has the key of the certificate.
func TestTwoThatBeginAtOnceHaveOneKey(t *testing.T) {
	b := newBench(t)
	first, second := b.begin(tanaka, enroll.Options{}), b.begin(tanaka, enroll.Options{})
	b.service.lose = true
	_, _ = first.Complete(t.Context(), b.code()) // decided, and then the process is gone
	e, err := second.Complete(t.Context(), b.code())
	if err != nil {
		t.Fatalf("the second, with the same key: %v", err)
	}
	b.wantNoPending(tanaka)
	if u := must(b.issuer.User(t.Context(), operator, tanaka)); u.Certificate.Serial != e.Serial {
		t.Errorf("the slot holds %s, the wallet %s", u.Certificate.Serial, e.Serial)
	}
}
