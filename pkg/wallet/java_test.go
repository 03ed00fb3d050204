package wallet_test

import (
	"os/exec"
	"strings"
	"testing"

	"certctl/pkg/wallet"
)

func TestJavaOpensWhatIsForIt(t *testing.T) {
	t.Parallel()
	file, password := exported(t, wallet.ReaderJava, "ec-p256")
	out, err := output(exec.Command("keytool", "-J-Duser.language=en", "-list", "-v", "-storetype", "PKCS12", "-keystore", file, "-storepass:file", password))
	if err != nil || !strings.Contains(out, "PrivateKeyEntry") || !strings.Contains(out, "Certificate chain length: 3") {
		t.Errorf("%v\n%s", err, out)
	}
}
