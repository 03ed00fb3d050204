package wallet_test

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"testing"

	"certctl/pkg/wallet"
)

func TestDistinguishedName(t *testing.T) {
	uid := asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}
	for _, test := range []struct {
		rdns pkix.RDNSequence
		want string
	}{
		{nil, ""},
		{name(asn1.ObjectIdentifier{2, 5, 4, 10}, "12345678901", uid, "tanaka", asn1.ObjectIdentifier{2, 5, 4, 3}, "田中 花子"),
			"CN=田中 花子,UID=tanaka,O=12345678901"},
		{name(uid, ` a,b+c"d\e `), `UID=\ a\,b\+c\"d\\e\ `},
		{name(uid, "#x\x1b[31m"), `UID=\#x\1B[31m`},
		{name(asn1.ObjectIdentifier{1, 2, 3}, "x"), "1.2.3=x"},
	} {
		der, err := asn1.Marshal(test.rdns)
		if err != nil {
			t.Fatal(err)
		}
		if got := wallet.DistinguishedName(der); got != test.want {
			t.Errorf("DistinguishedName(%v) = %q, want %q", test.rdns, got, test.want)
		}
	}
	if got := wallet.DistinguishedName([]byte{0xff}); got != "#ff" {
		t.Errorf("rubbish is written %q", got)
	}
}

// name is a sequence of one-attribute RDNs, given as type, value, type, ….
func name(attributes ...any) pkix.RDNSequence {
	var rdns pkix.RDNSequence
	for i := 0; i < len(attributes); i += 2 {
		rdns = append(rdns, pkix.RelativeDistinguishedNameSET{{
			Type: attributes[i].(asn1.ObjectIdentifier), Value: attributes[i+1],
		}})
	}
	return rdns
}
