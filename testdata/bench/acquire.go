package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"certctl/pkg/otp"
)

// acquire measures an acquisition (embedded backend, file wallet with its key
// unwrapped, EC P-256, everything durable and audited) beside a shell script
// with openssl that makes the same files, keeps no records and asks for no
// code. Adding the user is no part of it.
func acquire(dir, certctl string) error {
	home := filepath.Join(dir, "home")
	env, err := deploy(dir, home, certctl)
	if err != nil {
		return err
	}
	script, err := opensslScript(dir, env)
	if err != nil {
		return err
	}
	ours := side{"certctl", func(round int) (time.Duration, error) {
		return acquireOnce(env, certctl, fmt.Sprintf("user%d", round))
	}}
	shell := side{"openssl", func(int) (time.Duration, error) {
		took, _, err := timed(env, "sh", script)
		return took, err
	}}
	return compare("certctl acquire", 51, 0.5, ours, shell)
}

// acquireOnce adds a user and returns how long the acquisition took.
func acquireOnce(env []string, certctl, user string) (time.Duration, error) {
	_, out, err := timed(env, certctl, "user", "add", "--contract-id", contractID, "--user-id", user, "--otp")
	if err != nil {
		return 0, err
	}
	var added struct{ OTP struct{ Secret string } }
	if err := json.Unmarshal(out, &added); err != nil {
		return 0, fmt.Errorf("read the answer of user add: %w", err)
	}
	secret, err := otp.DecodeSecret(added.OTP.Secret)
	if err != nil {
		return 0, fmt.Errorf("read the secret of the token: %w", err)
	}
	token := otp.DefaultParams()
	code := token.Code(secret, token.Step(time.Now()))
	took, _, err := timed(append(env, "CERTCTL_OTP="+code), certctl, "acquire", "--contract-id", contractID, "--user-id", user)
	return took, err
}

// opensslScript makes a CA and a script that issues a certificate of it.
func opensslScript(dir string, env []string) (string, error) {
	ca := filepath.Join(dir, "openssl")
	if err := os.Mkdir(ca, 0o700); err != nil {
		return "", err
	}
	_, _, err := timed(env, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc",
		"-keyout", filepath.Join(ca, "ca.key"), "-out", filepath.Join(ca, "ca.pem"), "-subj", "/CN=Bench", "-days", "3650")
	if err != nil {
		return "", err
	}
	text := `set -e
cd '` + ca + `'
umask 077
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
openssl req -new -key key.pem -subj /O=` + contractID + `/UID=user/CN=user -out req.pem
printf 'keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n' >ext
openssl x509 -req -in req.pem -CA ca.pem -CAkey ca.key -days 365 -extfile ext -out cert.pem
openssl pkcs12 -export -inkey key.pem -in cert.pem -certfile ca.pem -passout pass:secret -out bundle.p12
`
	script := filepath.Join(ca, "issue.sh")
	return script, os.WriteFile(script, []byte(text), 0o600)
}
