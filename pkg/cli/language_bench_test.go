package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Every run resolves its language first: at most 0.2 ms, the file included.
func BenchmarkLanguage(b *testing.B) {
	home := b.TempDir()
	config := "sealed_by: file:/etc/certctl/seal.key\nlang: ja\npolicy:\n  validity: 365d\n  key_types: [ec-p256, ec-p384]\n"
	if err := os.WriteFile(filepath.Join(home, "config.yaml"), []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	processes := map[string]Process{
		"flag":   {Args: []string{"acquire", "--lang", "ja"}, Env: os.Environ()},
		"file":   {Args: []string{"acquire"}, Env: append(os.Environ(), "CERTCTL_HOME="+home)},
		"locale": {Args: []string{"acquire"}, Env: append(os.Environ(), "CERTCTL_HOME="+home+"/none", "LANG=ja_JP.UTF-8")},
	}
	for name, p := range processes {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.language()
			}
			if each := b.Elapsed() / time.Duration(b.N); each > 200*time.Microsecond {
				b.Errorf("%v", each)
			}
		})
	}
}
