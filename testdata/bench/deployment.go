package main

import (
	"os"
	"path/filepath"
)

const contractID = "12345678901"

// environment is what certctl sees whose backend, and whose file wallet with an
// unwrapped key, are in home.
func environment(dir, home string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + dir,
		"CERTCTL_HOME=" + home,
		"CERTCTL_NO_INPUT=true",
		"CERTCTL_OUTPUT=json",
		"CERTCTL_WALLET=file:" + filepath.Join(home, "wallet"),
		"CERTCTL_WALLET_PASSWORD_FILE=none",
	}
}

// deploy makes a backend with a contract in home, and returns the environment in
// which it is found.
func deploy(dir, home, certctl string) (env []string, err error) {
	env = environment(dir, home)
	for _, args := range [][]string{
		{"ca", "init", "--sealed-by", "file:" + filepath.Join(home, "seal.key")},
		{"contract", "add", contractID},
	} {
		if _, _, err := timed(env, certctl, args...); err != nil {
			return nil, err
		}
	}
	return env, nil
}
