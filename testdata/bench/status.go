package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// status measures `certctl status` of a wallet with 50 certificates beside
// `certctl version`, which opens nothing. The certificates are those that
// acquire has made, named anew.
func status(dir, certctl string) error {
	const certificates = 50
	from, to := filepath.Join(dir, "home", "wallet"), filepath.Join(dir, "fifty")
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for i := range certificates {
		if err := copyEntry(from, to, fmt.Sprintf("%s-user%d", contractID, i)); err != nil {
			return err
		}
	}
	// Neither a password nor the keyring is there: status needs none.
	env := []string{"HOME=" + dir, "CERTCTL_HOME=" + filepath.Join(dir, "nowhere"), "CERTCTL_WALLET=file:" + to}
	program := func(argument string) side {
		return side{argument, func(int) (time.Duration, error) {
			took, out, err := timed(env, certctl, argument, "-o", "json")
			var doc struct{ Certificates []struct{ Name string } }
			if err == nil {
				err = json.Unmarshal(out, &doc)
			}
			if err == nil && argument == "status" && len(doc.Certificates) != certificates {
				err = fmt.Errorf("%d certificates", len(doc.Certificates))
			}
			return took, err
		}}
	}
	return compare("certctl status (50)", 101, 2, program("status"), program("version"))
}

// copyEntry copies the public half of an entry from one wallet to another.
func copyEntry(from, to, name string) error {
	for _, suffix := range []string{".json", ".pem"} {
		data, err := os.ReadFile(filepath.Join(from, name+suffix))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name+suffix), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
