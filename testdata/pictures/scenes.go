package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"certctl/pkg/otp"
)

const contract = "12345678901"

// studio is where the pictures of one language are taken.
type studio struct {
	program, home, lang, docs string
}

// drawAll plays the main job and draws what is on the screen on the way. What
// it waits for is the same in both languages, or is pressed blindly.
func (s studio) drawAll() error {
	if err := os.MkdirAll(s.home, 0o700); err != nil {
		return err
	}
	for _, args := range [][]string{{"ca", "init", "--name", "Example Bank"}, {"contract", "add", contract}} {
		if err := s.do(args...); err != nil {
			return err
		}
	}
	secret, err := s.addUser()
	if err != nil {
		return err
	}
	if err := s.acquire(secret); err != nil {
		return err
	}
	if err := s.do("user", "add", "--contract-id", contract, "--user-id", "suzuki", "--no-otp", "--no-input"); err != nil {
		return err
	}
	return s.results()
}

// addUser draws the QR code of a new user's token, and returns its secret.
func (s studio) addUser() ([]byte, error) {
	t, err := s.open(80, 40, "user", "add", "--contract-id", contract, "--user-id", "tanaka", "--name", "田中 花子", "--otp")
	if err != nil {
		return nil, err
	}
	defer t.close()
	text, err := t.find(`([A-Z2-7]{32})[^$]*enter`)
	if err != nil {
		return nil, err
	}
	if err := s.picture(t, "qr"); err != nil {
		return nil, err
	}
	secret, err := otp.DecodeSecret(text)
	if err != nil {
		return nil, err
	}
	t.enter("\r") // it stays unconfirmed
	return secret, t.wait(0)
}

// acquire draws the two screens and the summary.
func (s studio) acquire(secret []byte) error {
	t, err := s.open(80, 16, "acquire")
	if err != nil {
		return err
	}
	defer t.close()
	if _, err := t.find(`enter`); err != nil {
		return err
	}
	t.enter(contract + "\r")
	t.enter("tanaka")
	if _, err := t.find(`> ?tanaka`); err != nil {
		return err
	}
	if err := s.picture(t, "ids"); err != nil {
		return err
	}
	t.enter("\r")
	if _, err := t.find(`(2 of 2|2/2)[^$]*enter`); err != nil {
		return err
	}
	if err := s.picture(t, "code"); err != nil {
		return err
	}
	p := otp.DefaultParams()
	t.enter(p.Code(secret, p.Step(time.Now())) + "\r")
	return t.wait(0)
}

// results draws a list and an error.
func (s studio) results() error {
	for _, scene := range []struct {
		name   string
		args   []string
		exit   int
		height int
	}{
		{"list", []string{"list"}, 0, 6},
		{"error", []string{"acquire", "--contract-id", contract, "--user-id", "suzuki"}, 4, 6},
	} {
		t, err := s.open(80, scene.height, scene.args...)
		if err != nil {
			return err
		}
		err = t.wait(scene.exit)
		if err == nil {
			err = s.picture(t, scene.name)
		}
		t.close()
		if err != nil {
			return err
		}
	}
	return nil
}

// do runs certctl where nobody looks.
func (s studio) do(args ...string) error {
	t, err := s.open(80, 24, args...)
	if err != nil {
		return err
	}
	defer t.close()
	return t.wait(0)
}

// picture writes what is on the screen to docs/NAME.LANG.svg.
func (s studio) picture(t *terminal, name string) error {
	file := filepath.Join(s.docs, fmt.Sprintf("%s.%s.svg", name, s.lang))
	return os.WriteFile(file, []byte(t.svg()), 0o644)
}
