package cli

import (
	"context"
	"errors"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"certctl/pkg/api"
	"certctl/pkg/i18n"
	"certctl/pkg/keyfile"
	"certctl/pkg/wallet"
)

// The variables in which a program finds the certificate and the key.
const (
	certVariable = "CERTCTL_CERT"
	keyVariable  = "CERTCTL_KEY"
)

type execOptions struct {
	app     *app
	name    string
	command []string
}

func newExec(a *app) *cobra.Command {
	o := &execOptions{app: a}
	cmd := a.command("exec", a.text.Commands.Exec, "NAME", "--", "COMMAND", "[ARGUMENT...]")
	cmd.Use = strings.Replace(cmd.Use, "NAME -- COMMAND [ARGUMENT...] "+a.text.Help.AnyFlags, a.text.Help.AnyFlags+" NAME -- COMMAND [ARGUMENT...]", 1)
	cmd.ValidArgsFunction = a.completeName
	cmd.Args = o.arguments
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		_, p := a.explain(a.flagError(cmd, err)) // most likely a flag of the command
		return a.usage(p.Message, i18n.Sentences(a.text.Errors.WriteDashes, a.seeHelp(cmd)))
	})
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) }
	return cmd
}

// arguments takes the NAME before the dashes and the command behind them.
func (o *execOptions) arguments(cmd *cobra.Command, args []string) error {
	a := o.app
	dash := cmd.ArgsLenAtDash()
	if dash < 0 && len(args) > 1 {
		return a.usage(i18n.Fill(a.text.Errors.ExtraArgument, "value", quote(args[1])), a.text.Errors.WriteDashes)
	}
	if dash < 0 {
		dash = len(args)
	}
	if err := a.exactly([]string{"NAME"})(cmd, args[:dash]); err != nil {
		return err
	}
	o.name, o.command = args[0], args[dash:]
	if len(o.command) == 0 || o.command[0] == "" {
		return a.usage(i18n.Fill(a.text.Errors.MissingArgument, "argument", "COMMAND"), a.text.Errors.WriteDashes)
	}
	return nil
}

func (o *execOptions) run(ctx context.Context) error {
	a := o.app
	program, err := exec.LookPath(o.command[0]) // before anybody is asked for a password
	if err != nil {
		return &api.Error{Code: api.NotFound, Field: "command", Value: o.command[0], Err: err}
	}
	w, _, e, err := a.openEntry(ctx, o.name)
	if err != nil {
		return err
	}
	bundle, err := w.Bundle(ctx, e.Name)
	if err != nil {
		return err
	}
	a.warnOver(e)
	files, err := a.lend(bundle)
	if err != nil {
		return err
	}
	return a.hand(files, &exec.Cmd{
		Path: program, Args: o.command,
		Env:   append(without(a.process.Env, "CERTCTL_OTP"), certVariable+"="+files.Cert, keyVariable+"="+files.Key),
		Stdin: a.process.In, Stdout: a.process.Out, Stderr: a.process.Err,
	})
}

// lend makes files of a bundle that are on no disk.
func (a *app) lend(b *wallet.Bundle) (*keyfile.Files, error) {
	cert, key, err := b.PEM()
	if err != nil {
		return nil, err
	}
	var files *keyfile.Files
	err = a.process.around("keyfile memory", func() (err error) {
		files, err = keyfile.Memory(cert, key)
		return err
	})
	if errors.Is(err, keyfile.ErrUnsupported) {
		memory := err
		if files, err = keyfile.Directory(a.process.getenv("XDG_RUNTIME_DIR"), cert, key); err != nil {
			err = errors.Join(err, memory)
		}
	}
	return files, err
}

// warnOver says that a certificate will be refused, before another program
// finds that out and says less.
func (a *app) warnOver(e wallet.Entry) {
	switch state := entryState(e, a.process.now()); state {
	case api.SlotActive, api.SlotRenewable:
	default:
		t := a.text.Output
		a.say("certctl: " + i18n.Fill(t.Status.Over, "name", e.Name, "state", t.States[string(state)], "time", a.time(e.NotAfter)))
	}
}

// without returns the environment without a variable.
func without(env []string, name string) []string {
	var rest []string
	for _, v := range env {
		if !strings.HasPrefix(v, name+"=") {
			rest = append(rest, v)
		}
	}
	return rest
}
