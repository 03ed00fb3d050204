package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Each shell takes its script, and completes a command, a word that a flag wants,
// and a name of the wallet's. PowerShell cannot be had here: nothing tries its.
func TestShellsComplete(t *testing.T) {
	d := newDesk(t)
	code := filepath.Join(d.dir, "code")
	if err := os.WriteFile(code, []byte(d.code(t, d.user(t))), 0o600); err != nil {
		t.Fatal(err)
	}
	d.run("acquire", "--contract-id", deskContract, "--user-id", "sato", "--otp-file", code).exits(0)

	for _, shell := range []struct {
		name  string
		args  []string
		setup string
	}{
		{"bash", []string{"--noprofile", "--norc", "-i"}, "source /usr/share/bash-completion/bash_completion; source <(certctl completion bash)"},
		{"zsh", []string{"-f", "-i"}, "autoload -U compinit && compinit -u && source <(certctl completion zsh)"},
		{"fish", []string{"--no-config", "-C", "function fish_prompt; echo -n 'ready> '; end"}, "certctl completion fish | source"},
	} {
		t.Run(shell.name, func(t *testing.T) {
			d := d.with("PS1=ready> ")
			d.t = t
			sh := d.start(shell.name, shell.args...)
			sh.find(`ready>$`)
			sh.enter(shell.setup + "\r")
			sh.find(`(?s)completion.*ready>$`)
			for _, line := range []struct{ typed, completed string }{
				{"certctl acq", "certctl acquire"},
				{"certctl acquire --key-type ed", "certctl acquire --key-type ed25519"},
				{"certctl show " + deskContract[:3], "certctl show " + deskContract + "-sato"},
			} {
				sh.enter(line.typed + "\t")
				sh.see(line.completed)
				sh.enter("\x15") // Ctrl-U: the line is empty again
			}
			sh.enter("exit\r")
			sh.exits(0)
		})
	}
}
