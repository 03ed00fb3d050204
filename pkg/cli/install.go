package cli

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/install"
	"certctl/pkg/wallet"
)

// installDoc is what `certctl install` and `certctl uninstall` show.
type installDoc struct {
	Name   string     `json:"name"`
	Stores []storeDoc `json:"stores"`
}

// storeDoc is a store with what became of a certificate there.
type storeDoc struct {
	install.Place
	Serial string      `json:"serial"`
	Result storeResult `json:"result"`
	Error  *problemDoc `json:"error"` // where it failed
}

type storeResult string

const (
	storeInstalled storeResult = "installed"
	storeRemoved   storeResult = "removed"
	storeFailed    storeResult = "failed"
)

// The values of --to.
const (
	toNSS    = "nss"
	toSystem = "system"
)

type installOptions struct {
	app          *app
	name         string
	to           string
	passwordFile string
}

func newInstall(a *app) *cobra.Command {
	o := &installOptions{app: a}
	cmd := o.command("install", a.text.Commands.Install, a.text.Flags.InstallTo)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.name = args[0]
		if o.to == "" {
			return a.usage(i18n.Fill(a.text.Errors.MissingFlag, "flag", "--to"), a.seeHelp(cmd))
		}
		if err := o.checkTo(cmd); err != nil {
			return err
		}
		return o.run(cmd.Context())
	}
	return cmd
}

// command is what both commands have.
func (o *installOptions) command(name string, page i18n.Page, to string) *cobra.Command {
	a := o.app
	cmd := a.command(name, page, "NAME")
	cmd.ValidArgsFunction = a.completeName
	cmd.Flags().StringVar(&o.to, "to", "", to)
	cmd.Flags().StringVar(&o.passwordFile, "nss-password-file", "", a.text.Flags.NSSPasswordFile)
	completeWords(cmd, "to", []string{toNSS, toSystem})
	return cmd
}

func (o *installOptions) checkTo(cmd *cobra.Command) error {
	if o.to != "" && o.to != toNSS && o.to != toSystem {
		return o.app.badValue(cmd, "--to", o.to, oneOf(o.app, []string{toNSS, toSystem}))
	}
	return nil
}

func (o *installOptions) run(ctx context.Context) error {
	a := o.app
	w, where, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	places, err := o.places()
	if err != nil {
		return err
	}
	in, err := a.installer(where, o.passwordFile)
	if err != nil {
		return err
	}
	if _, err := wallet.Reader(places[0].Kind).Options(e.KeyType); err != nil {
		return in.word(places[0], err) // no store of the kind takes it
	}
	bundle, err := w.Bundle(ctx, e.Name)
	if err != nil {
		return err
	}
	doc := installDoc{Name: e.Name}
	failed, err := eachStore(ctx, &doc, places, func(to install.Place) (storeDoc, error) {
		return in.put(ctx, e.Name, bundle, to)
	})
	if err != nil {
		return err
	}
	return a.showStores(doc, failed, func(p *page) {
		t := a.text.Output.Place
		heading := t.Installed
		if len(failed) > 0 {
			heading = t.InstalledInSome
		}
		p.lines(i18n.Fill(heading, "name", e.Name))
		a.storeTable(p, doc.Stores)
		if o.to == toNSS {
			p.lines(t.InstalledNext)
		}
	})
}

// eachStore does something in one store after the other, with the rows that come
// of it in the answer, and returns what failed. The error is that the run ends.
func eachStore[T any](ctx context.Context, doc *installDoc, all []T, do func(T) (storeDoc, error)) (failed []error, err error) {
	for _, one := range all {
		row, err := do(one)
		doc.Stores = append(doc.Stores, row)
		if err != nil {
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return failed, nil
}

// places are the stores that --to means.
func (o *installOptions) places() ([]install.Place, error) {
	a := o.app
	home := a.process.getenv("HOME")
	if runtime.GOOS == "windows" {
		home = a.process.getenv("USERPROFILE")
	}
	if o.to == toSystem {
		place, ok := install.System(runtime.GOOS, home)
		if !ok {
			return nil, &refusal{code: api.Unsupported, problem: a.text.Errors.Place.NoSystem}
		}
		return []install.Place{place}, nil
	}
	if runtime.GOOS == "windows" {
		return nil, &refusal{code: api.Unsupported, problem: a.text.Errors.Place.NoNSS}
	}
	if home == "" {
		return nil, a.usage(a.text.Errors.Place.NoHome.Message, a.text.Errors.Place.NoHome.Hint)
	}
	places := install.FindNSS(home, a.process.getenv("XDG_DATA_HOME"))
	if len(places) == 0 {
		places = []install.Place{install.DefaultNSS(home)}
	}
	return places, nil
}

// showStores shows what became of a certificate in several stores, and returns
// what the exit code is to tell: the error itself where there is but one store or
// no other went well.
func (a *app) showStores(doc installDoc, failed []error, fill func(*page)) error {
	if len(failed) == 1 && len(doc.Stores) == 1 {
		return failed[0]
	}
	some := len(failed) < len(doc.Stores)
	err := a.show(doc, func(p *page) {
		if some {
			fill(p)
		}
	})
	if err != nil || len(failed) == 0 {
		return err
	}
	a.sayFailedStores(doc.Stores)
	if some {
		return &shown{api.Refuse(api.InstallFailed)}
	}
	return a.worst(failed)
}

// sayFailedStores says which stores failed, and why.
func (a *app) sayFailedStores(rows []storeDoc) {
	for _, row := range rows {
		if row.Error != nil {
			message := row.Error.Message
			if !strings.Contains(message, row.Path) {
				message = row.Path + ": " + message
			}
			a.say("certctl: " + message)
			a.say(row.Error.Hint)
		}
	}
}

// storeTable puts the stores on a page, with ~ for the home directory.
func (a *app) storeTable(p *page, rows []storeDoc) {
	t := a.text.Output.Place
	var cells [][]string
	for _, row := range rows {
		path := row.Path
		if home := a.process.getenv("HOME"); home != "" && strings.HasPrefix(path, home+string(filepath.Separator)) {
			path = "~" + path[len(home):]
		}
		cells = append(cells, []string{row.Program, t.Results[string(row.Result)], path})
	}
	p.columns(cells)
}

// usualStore is the --to of an operating system.
func usualStore(goos string) string {
	if _, ok := install.System(goos, ""); ok {
		return toSystem
	}
	return toNSS
}

// replaceInstalled is reinstall for a command whose result is out already.
func (a *app) replaceInstalled(ctx context.Context, w *wallet.Wallet, where place, e wallet.Entry) error {
	rows, err := a.reinstall(ctx, w, where, e)
	a.sayFailedStores(rows)
	if err != nil {
		return &shown{err}
	}
	if len(rows) > 0 {
		a.say(i18n.Fill(a.text.Output.Place.Replaced, "name", e.Name))
	}
	return nil
}

// reinstall puts a renewed certificate wherever the ledger says that an older one
// of the entry is, in its place.
func (a *app) reinstall(ctx context.Context, w *wallet.Wallet, where place, e wallet.Entry) ([]storeDoc, error) {
	in, err := a.installer(where, "")
	if err != nil {
		return nil, err
	}
	records, err := in.ledger.Of(e.Name)
	if err != nil {
		return nil, err
	}
	var rows []storeDoc
	var failed error
	var bundle *wallet.Bundle
	done := map[string]bool{}
	for _, r := range records {
		if r.Serial == e.Serial || done[r.Place.Path] {
			continue
		}
		done[r.Place.Path] = true
		if bundle == nil {
			if bundle, err = w.Bundle(ctx, e.Name); err != nil {
				return rows, err
			}
		}
		row, err := in.put(ctx, e.Name, bundle, r.Place)
		rows = append(rows, row)
		if err != nil {
			failed = api.Refuse(api.InstallFailed) // the row says why
		}
	}
	return rows, failed
}
