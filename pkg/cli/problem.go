package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"syscall"

	"github.com/spf13/viper"

	"certctl/pkg/api"
	"certctl/pkg/enroll"
	"certctl/pkg/i18n"
	"certctl/pkg/keyfile"
	"certctl/pkg/keyring"
	"certctl/pkg/prompt"
	"certctl/pkg/schedule"
	"certctl/pkg/store"
	"certctl/pkg/wallet"
)

// refusal is an error of the command line itself, with its own sentences.
type refusal struct {
	code    api.Code
	problem i18n.Problem
	err     error // the cause; may be nil
}

// Error describes the refusal for a log.
func (r *refusal) Error() string {
	if r.err == nil {
		return r.problem.Message
	}
	return r.problem.Message + " " + r.err.Error()
}

// Unwrap returns the cause.
func (r *refusal) Unwrap() error { return r.err }

// usage refuses how a command was written.
func (a *app) usage(message, hint string) error {
	return &refusal{code: api.Usage, problem: i18n.Problem{Message: message, Hint: hint}}
}

// badFile refuses a file that a person named.
func (a *app) badFile(name string, err error) error {
	e := a.text.Errors
	code := api.Usage
	if errors.Is(err, syscall.ENOSPC) {
		code = api.DiskFull
	}
	p := i18n.Problem{Message: i18n.Fill(e.BadFile, "file", quote(name), "cause", a.fileCause(err)), Hint: e.BadFileHint}
	if name == "-" {
		p = i18n.Problem{Message: i18n.Fill(e.BadInput, "cause", a.fileCause(err)), Hint: e.BadInputHint}
	}
	return &refusal{code: code, problem: p, err: err}
}

// fileCause says in a few words why a file cannot be used: in ours where it is
// one of the common causes, else in those of whoever found it out.
func (a *app) fileCause(err error) string {
	e := a.text.Errors
	if bad := (viper.ConfigParseError{}); errors.As(err, &bad) {
		if line := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(bad.Error()); line != nil {
			return i18n.Fill(e.NoYAMLLine, "line", line[1])
		}
		return e.NoYAML
	}
	for _, known := range []struct {
		err  error
		text string
	}{
		{fs.ErrNotExist, e.NoSuchFile},
		{fs.ErrPermission, e.NoPermission},
		{syscall.EISDIR, e.NotAFile},
		{syscall.ENOTDIR, e.NotADirectory},
		{syscall.ENOSPC, e.NoSpace},
	} {
		if errors.Is(err, known.err) {
			return known.text
		}
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err // the name is in the sentence already
	}
	return printable(err.Error())
}

// explain returns the code of an error and what is said about it.
func (a *app) explain(err error) (api.Code, i18n.Problem) {
	code, p := a.problem(err)
	p.Hint = a.rerun(p.Hint)
	return code, p
}

func (a *app) problem(err error) (api.Code, i18n.Problem) {
	if own := (*refusal)(nil); errors.As(err, &own) {
		return own.code, own.problem
	}
	if refused := (*api.Error)(nil); errors.As(err, &refused) {
		p := a.text.Errors.Codes[string(refused.Code)]
		p.Message = a.message(p.Message, refused)
		if hint := a.text.Errors.Hints[string(refused.Code)+" "+refused.Field]; hint != "" {
			p.Hint = hint
		}
		if refused.TriesLeft != nil && *refused.TriesLeft == 0 {
			p.Hint = a.text.Errors.Codes[string(api.Locked)].Hint
		}
		return refused.Code, p
	}
	for _, s := range sentinels(a.text.Errors) {
		if !errors.Is(err, s.err) {
			continue
		}
		if s.problem == (i18n.Problem{}) {
			s.problem = a.text.Errors.Codes[string(s.code)]
		}
		s.problem.Message = i18n.Fill(s.problem.Message, "file", a.pathIn(err))
		return s.code, s.problem
	}
	return api.Internal, a.text.Errors.Codes[string(api.Internal)]
}

// pathIn returns the file that an error is about, quoted.
func (a *app) pathIn(err error) string {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return quote(p.Path)
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return quote(l.New)
	}
	return a.text.Errors.AFile
}

// message returns the sentence for a refusal, with what it names.
func (a *app) message(general string, e *api.Error) string {
	text := a.text.Errors
	m := general
	if named := text.Named[string(e.Code)]; named != "" && e.Value != "" {
		m = i18n.Fill(named, "thing", a.thing(e.Field), "value", quote(e.Value))
	}
	if timed := text.Timed[string(e.Code)]; timed != "" && !e.Time.IsZero() {
		m = i18n.Fill(timed, "time", a.time(e.Time))
	}
	if e.Code == api.Exists && e.Field == "slot" {
		m = i18n.Fill(text.SlotIssued, "state", a.text.Output.States[e.Value], "time", a.time(e.Time))
	}
	switch {
	case e.TriesLeft == nil:
		return m
	case *e.TriesLeft == 0:
		return i18n.Sentences(m, text.NowLocked)
	case *e.TriesLeft == 1:
		return i18n.Sentences(m, text.LastTry)
	default:
		return i18n.Sentences(m, i18n.Fill(text.TriesLeft, "count", strconv.Itoa(*e.TriesLeft)))
	}
}

// thing returns the word for an input of the backend.
func (a *app) thing(field string) string {
	if word, ok := a.text.Errors.Things[field]; ok {
		return word
	}
	return field
}

// sentinel is an error of another package with what it means here.
type sentinel struct {
	err     error
	code    api.Code
	problem i18n.Problem // zero: the code says all
}

// sentinels are the errors of the packages that know no codes.
func sentinels(t i18n.Errors) []sentinel {
	return []sentinel{
		{err: prompt.ErrCancelled, code: api.Cancelled},
		{err: context.Canceled, code: api.Cancelled},
		{err: context.DeadlineExceeded, code: api.Timeout},

		{err: store.ErrAbsent, code: api.StoreAbsent},
		{err: store.ErrLocked, code: api.StoreLocked},
		{err: store.ErrCorrupt, code: api.StoreCorrupt},
		{err: store.ErrTooNew, code: api.StoreTooNew},
		{err: store.ErrFull, code: api.DiskFull},
		{err: store.ErrDenied, code: api.StoreDenied},
		{err: store.ErrNetworkFS, code: api.StoreDenied},
		{err: store.ErrRights, code: api.StoreDenied, problem: t.Database.NoRights},
		{err: store.ErrEncoding, code: api.StoreDenied, problem: t.Database.NotUTF8},
		{err: store.ErrOutcomeUnknown, code: api.OutcomeUnknown},
		{err: store.ErrUnreachable, code: api.StoreUnreachable},
		{err: store.ErrLogin, code: api.StoreLogin},
		{err: store.ErrNoDatabase, code: api.StoreAbsent, problem: t.Database.NoDatabase},

		{err: enroll.ErrImported, code: api.Foreign, problem: t.Place.Imported},
		{err: enroll.ErrForeign, code: api.NotFound, problem: t.ForeignBackend},
		{err: wallet.ErrNotFound, code: api.NotFound},
		{err: wallet.ErrName, code: api.Usage},
		{err: wallet.ErrNameTaken, code: api.NameTaken},
		{err: wallet.ErrPendingDamaged, code: api.WalletDamaged, problem: t.PendingDamaged},
		{err: wallet.ErrDamaged, code: api.WalletDamaged},
		{err: wallet.ErrReadBack, code: api.WalletDamaged, problem: t.WalletReadBack},
		{err: wallet.ErrLoose, code: api.WalletLocked, problem: t.WalletLoose},
		{err: wallet.ErrBusy, code: api.WalletLocked, problem: t.WalletBusy},
		{err: wallet.ErrNoPassword, code: api.WalletLocked, problem: t.WalletNoPassword},
		{err: wallet.ErrPassword, code: api.WalletLocked, problem: t.WalletWrongPassword},
		{err: wallet.ErrWrapped, code: api.WalletLocked, problem: t.WalletHasPassword},
		{err: wallet.ErrUnwrapped, code: api.WalletLocked, problem: t.WalletHasNone},
		{err: wallet.ErrDiskFull, code: api.DiskFull},

		{err: keyring.ErrGone, code: api.KeyringAbsent, problem: t.KeyringGone},
		{err: keyring.ErrNoBus, code: api.KeyringAbsent},
		{err: keyring.ErrNoProvider, code: api.KeyringAbsent},
		{err: keyring.ErrLocked, code: api.KeyringLocked},
		{err: keyring.ErrTimeout, code: api.KeyringLocked, problem: t.KeyringSilent},
		{err: keyring.ErrDenied, code: api.KeyringDenied},
		{err: keyring.ErrTooBig, code: api.WalletFull},
		{err: keyring.ErrDamaged, code: api.WalletDamaged},
		{err: keyring.ErrReadBack, code: api.WalletDamaged, problem: t.WalletReadBack},
		{err: keyring.ErrBusy, code: api.WalletLocked, problem: t.WalletBusy},

		{err: schedule.ErrUnsupported, code: api.Unsupported, problem: t.NoScheduler},
		{err: keyfile.ErrUnsupported, code: api.Unsupported, problem: t.NoKeyFiles},

		{err: syscall.ENOSPC, code: api.DiskFull},
		{err: fs.ErrPermission, code: api.WalletLocked, problem: t.Forbidden},
	}
}

// causeOf returns what an error says beyond its code; it may be empty.
func causeOf(err error) string {
	if own := (*refusal)(nil); errors.As(err, &own) {
		if own.err == nil {
			return ""
		}
		err = own.err
	}
	if refused, ok := err.(*api.Error); ok && refused.Err == nil {
		return ""
	}
	return err.Error()
}

// sentence returns an error whose text is what a person is to read, or nil.
func (a *app) sentence(err error) error {
	if err == nil {
		return nil
	}
	_, p := a.explain(err)
	return errors.New(i18n.Sentences(p.Message, p.Hint))
}

// noInputFor refuses to go on without what nobody can be asked for.
func (a *app) noInputFor(what, flag, variable string) error {
	e := a.text.Errors
	return a.usage(i18n.Fill(e.NoInput, "what", what, "why", a.whyUnasked()),
		i18n.Fill(e.NoInputHint, "flag", flag, "variable", variable))
}
