//go:build !windows

package prompt_test

import (
	"strings"
	"testing"

	"certctl/pkg/api"
	"certctl/pkg/prompt"
)

func TestNewPasswordIsTypedTwice(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) { return s.asker().NewPassword(t.Context(), prompt.ForExport) })
	s.see("Password for the exported file")
	s.enter("\r")
	s.see("A password is needed.")
	s.enter("\x1b[200~correct horse \n\x1b[201~\r") // the space belongs to it, the line's end does not
	s.enter("correct horse\r")
	s.see("The two passwords are not the same.")
	s.enter(" \r")
	q.want("correct horse ")
	s.asItWas()
	if strings.Contains(s.written(), "horse") {
		t.Error("the screen showed the password")
	}
}

func TestFirstPasswordCanBeMended(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) { return s.asker().NewPassword(t.Context(), prompt.ForWallet) })
	s.see("New password for the certificate wallet")
	s.enter("hors\rhorse\r")
	s.see("The two passwords are not the same.")
	s.enter("\x1b[Z") // shift+tab
	s.see("| > ****\n")
	s.enter("e\r\r")
	q.want("horse")
}

func TestWalletPassword(t *testing.T) {
	s := newScreen(t, 80, 24)
	q := ask(s, func() (api.Secret, error) {
		return s.asker().WalletPassword(t.Context(), "This password does not open the wallet.")
	})
	s.see("This password does not open the wallet.")
	s.enter("\r")
	s.see("A password is needed.")
	s.enter("パスワード1\r")
	q.want("パスワード1")
}
