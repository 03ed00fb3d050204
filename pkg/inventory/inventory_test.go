package inventory_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certctl/pkg/inventory"
	"certctl/pkg/otp"
)

// rfcSecret is that of all containers in RFC 6030.
const rfcSecret = "12345678901234567890"

func figure(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func rfcKeys() inventory.Keys {
	key, _ := hex.DecodeString("12345678901234567890123456789012")
	return inventory.Keys{PreShared: key, Password: "qwerty"}
}

// cause is that of the only fault of a file; empty where it has none.
func cause(t *testing.T, file string, keys inventory.Keys) inventory.Cause {
	t.Helper()
	tokens, err := inventory.Read([]byte(file), keys)
	if err == nil {
		return ""
	}
	faults := inventory.Faults(err)
	if len(faults) != 1 || tokens != nil {
		t.Fatalf("%d tokens, faults %v", len(tokens), err)
	}
	return faults[0].Cause
}

// RFC 6030, figures 3, 6 and 7: in plain, under a pre-shared key, and under a
// password.
func TestContainersOfTheRFC(t *testing.T) {
	for _, name := range []string{"figure3.xml", "figure6.xml", "figure7.xml"} {
		tokens, err := inventory.Read(figure(t, name), rfcKeys())
		if err != nil || len(tokens) != 1 {
			t.Errorf("%s: %v, %v", name, tokens, err)
			continue
		}
		want := otp.Params{Digits: 8, Algorithm: otp.SHA1, Counter: true}
		if got := tokens[0]; got.Serial != "987654321" || string(got.Secret) != rfcSecret || got.Params != want || got.Counter != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// Figure 2 says neither how long a code is nor in what digits.
	if got := cause(t, string(figure(t, "figure2.xml")), rfcKeys()); got != inventory.Parameters {
		t.Errorf("figure 2: %q", got)
	}
}

func TestNothingEncryptedIsUsedUnproven(t *testing.T) {
	six, seven := string(figure(t, "figure6.xml")), string(figure(t, "figure7.xml"))
	for name, c := range map[string]struct {
		file string
		keys inventory.Keys
		want inventory.Cause
	}{
		"no key":                    {six, inventory.Keys{}, inventory.NoKey},
		"no password":               {seven, inventory.Keys{PreShared: rfcKeys().PreShared}, inventory.NoKey},
		"another key":               {six, inventory.Keys{PreShared: make([]byte, 16)}, inventory.MAC},
		"half a key":                {six, inventory.Keys{PreShared: make([]byte, 8)}, inventory.Key},
		"a longer key":              {six, inventory.Keys{PreShared: make([]byte, 32)}, inventory.Key},
		"a cipher of the MAC key's": {strings.Replace(six, "aes128-cbc", "tripledes-cbc", 1), rfcKeys(), inventory.Unsupported},
		"wrong password":            {seven, inventory.Keys{Password: "qwertz"}, inventory.MAC},
		"another secret":            {strings.Replace(six, "OD+cIHItlB3W", "OD+cIHItlB3X", 1), rfcKeys(), inventory.MAC},
		"another vector":            {strings.Replace(six, "    AAECAwQF", "    AAECAwQG", 1), rfcKeys(), inventory.MAC},
		"another MAC":               {strings.Replace(six, "Su+N", "Su+M", 1), rfcKeys(), inventory.MAC},
		"half a MAC":                {strings.Replace(six, "Su+NvtQfmvfJzF6bmQiJqoLRExc=", "Su+NvtQfmvfJzF6bmQiJ", 1), rfcKeys(), inventory.MAC},
		"no MAC":                    {strings.Replace(six, "Su+NvtQfmvfJzF6bmQiJqoLRExc=", "", 1), rfcKeys(), inventory.NoMAC},
		"no MAC method":             {strings.ReplaceAll(six, "MACMethod", "Method"), rfcKeys(), inventory.NoMAC},
		"another MAC method":        {strings.Replace(six, "#hmac-sha1", "#hmac-md5", 1), rfcKeys(), inventory.Unsupported},
		"another cipher":            {strings.Replace(six, "            <xenc:EncryptionMethod\n            Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"/>\n                        <", "            <xenc:EncryptionMethod\n            Algorithm=\"http://www.w3.org/2001/04/xmlenc#tripledes-cbc\"/>\n                        <", 1), rfcKeys(), inventory.Unsupported},
		"a time bomb":               {strings.Replace(seven, ">1000<", ">999999999<", 1), rfcKeys(), inventory.TooBig},
		"no iterations":             {strings.Replace(seven, ">1000<", ">0<", 1), rfcKeys(), inventory.Unsupported},
		"a derivation by MD5":       {strings.Replace(seven, "<PRF/>", `<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-md5"/>`, 1), rfcKeys(), inventory.Unsupported},
		"the usual one, named":      {strings.Replace(seven, "<PRF/>", `<PRF Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/>`, 1), rfcKeys(), ""},
		"another derivation":        {strings.Replace(seven, "#pbkdf2", "#scrypt", 1), rfcKeys(), inventory.Unsupported},
	} {
		if got := cause(t, c.file, c.keys); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPolicies(t *testing.T) {
	with := func(rules string) string {
		return strings.Replace(string(figure(t, "figure3.xml")), "</Data>", "</Data><Policy>"+rules+"</Policy>", 1)
	}
	for rules, want := range map[string]inventory.Cause{
		"": "", "<KeyUsage>OTP</KeyUsage>": "", "<KeyUsage>CR</KeyUsage><KeyUsage>OTP</KeyUsage>": "",
		"<StartDate>2006-05-01T00:00:00Z</StartDate><ExpiryDate>2036-05-31T00:00:00Z</ExpiryDate>": "",
		"<KeyUsage>Encrypt</KeyUsage>":                         inventory.Policy,
		"<NumberOfTransactions>9</NumberOfTransactions>":       inventory.Policy,
		"<PINPolicy MinLength=\"4\" PINUsageMode=\"Append\"/>": inventory.Policy,
		"<x:Rule xmlns:x=\"urn:x\">1</x:Rule>":                 inventory.Policy,
		"<ExpiryDate>tomorrow</ExpiryDate>":                    inventory.Policy,
	} {
		if got := cause(t, with(rules), rfcKeys()); got != want {
			t.Errorf("%s: %q, want %q", rules, got, want)
		}
	}
	tokens, err := inventory.Read([]byte(with("<ExpiryDate>2036-05-31T00:00:00Z</ExpiryDate>")), rfcKeys())
	if want := time.Date(2036, 5, 31, 0, 0, 0, 0, time.UTC); err != nil || !tokens[0].Expires.Equal(want) {
		t.Errorf("%v, %v; want an end at %v", tokens, err, want)
	}
}

func TestHostilePSKC(t *testing.T) {
	three := string(figure(t, "figure3.xml"))
	again := three[strings.Index(three, "<KeyPackage>") : strings.Index(three, "</KeyPackage>")+len("</KeyPackage>")]
	bomb := "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
	for name, c := range map[string]struct {
		file string
		want inventory.Cause
	}{
		"entities":                 {strings.Replace(three, "<KeyContainer", bomb+"<KeyContainer", 1), inventory.Doctype},
		"an entity":                {strings.Replace(three, "987654321", "&a;", 1), inventory.Format},
		"deep":                     {three + strings.Repeat("<a>", 100), inventory.TooBig},
		"cut":                      {three[:len(three)/2], inventory.Format},
		"other XML":                {"<html></html>", inventory.Format},
		"no package":               {strings.Replace(three, again, "", 1), inventory.Empty},
		"twice":                    {strings.Replace(three, again, again+again, 1), inventory.Twice},
		"another kind":             {strings.Replace(three, "pskc:hotp", "pskc:pin", 1), inventory.Parameters},
		"7 digits":                 {strings.Replace(three, "Length=\"8\"", "Length=\"7\"", 1), inventory.Parameters},
		"a check digit":            {strings.Replace(three, "Length=\"8\"", "Length=\"8\" CheckDigits=\"true\"", 1), inventory.Parameters},
		"no check digit":           {strings.Replace(three, "Length=\"8\"", "Length=\"8\" CheckDigits=\"0\"", 1), ""},
		"letters":                  {strings.Replace(three, "DECIMAL", "ALPHANUMERIC", 1), inventory.Parameters},
		"no secret":                {strings.Replace(three, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "", 1), inventory.Secret},
		"short secret":             {strings.Replace(three, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "MTIz", 1), inventory.Secret},
		"no base64":                {strings.Replace(three, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "%%%%", 1), inventory.Secret},
		"less than no counter":     {strings.Replace(three, "<PlainValue>0<", "<PlainValue>-1<", 1), inventory.Counter},
		"a counter that overflows": {strings.Replace(three, "<PlainValue>0<", "<PlainValue>9223372036854775807<", 1), inventory.Counter},
	} {
		if got := cause(t, c.file, rfcKeys()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if _, err := inventory.Read(make([]byte, 33<<20), inventory.Keys{}); inventory.Faults(err)[0].Cause != inventory.TooBig {
		t.Errorf("33 MiB: %v", err)
	}
}

func TestCSV(t *testing.T) {
	const secret, hexSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "3132333435363738393031323334353637383930"
	tokens, err := inventory.Read([]byte("\xef\xbb\xbfSerial, Secret, Type, Digits, Period, Algorithm, Counter\r\n"+
		"HW-1,"+secret+",,,,,\r\n\"HW-2\", "+strings.ToLower(secret)+",totp,8,60,SHA-256,\r\nHW-3,"+secret+",HOTP,6,,sha1,42\r\n"), inventory.Keys{})
	want := []otp.Params{
		otp.DefaultParams(), {Digits: 8, Period: time.Minute, Algorithm: otp.SHA256}, {Digits: 6, Algorithm: otp.SHA1, Counter: true},
	}
	if err != nil || len(tokens) != 3 || tokens[2].Counter != 42 {
		t.Fatalf("%+v, %v", tokens, err)
	}
	for n, got := range tokens {
		if got.Params != want[n] || string(got.Secret) != rfcSecret {
			t.Errorf("token %d: %+v", n, got)
		}
	}
	for file, want := range map[string]inventory.Cause{
		"serial,hex\nA," + hexSecret: "", "serial,hex\nA,313": inventory.Secret, "serial,hex\nA,3131": inventory.Secret,
		"": inventory.Format, "hello": inventory.Format, "\x00\x01": inventory.Format, "a;b;c\n1;2;3": inventory.Format,
		"serial,secret": inventory.Empty, "serial\nA": inventory.Columns, "secret\nA": inventory.Columns,
		"serial,secret,hex\nA,B,C": inventory.Columns, "serial,serial,secret\nA,A,B": inventory.Columns,
		"serial,secret,owner\nA,B,C": inventory.Columns,
		"serial,secret\nA":           inventory.Fields, "serial,secret\nA," + secret + ",B": inventory.Fields,
		"serial,secret\n\"A," + secret: inventory.Fields,
		"serial,secret\n," + secret:    inventory.Serial, "serial,secret\nA,": inventory.Secret,
		"serial,secret\nA,0189": inventory.Secret, "serial,secret\nA," + secret + "\na," + secret: inventory.Twice,
		"serial,secret,digits\nA," + secret + ",7":                              inventory.Parameters,
		"serial,secret,digits\nA," + secret + ",six":                            inventory.Parameters,
		"serial,secret,period\nA," + secret + ",45":                             inventory.Parameters,
		"serial,secret,type\nA," + secret + ",sms":                              inventory.Parameters,
		"serial,secret,counter\nA," + secret + ",1":                             inventory.Counter,
		"serial,secret,type,counter\nA," + secret + ",hotp,-1":                  inventory.Counter,
		"serial,secret,type,counter\nA," + secret + ",hotp,9223372036854775807": inventory.Counter,
	} {
		if got := cause(t, file, inventory.Keys{}); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	_, err := inventory.Read([]byte("serial,secret\nA,x\n,y\nC,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\nc,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n"), inventory.Keys{})
	faults := inventory.Faults(err)
	if len(faults) != 3 || faults[0].Line != 2 || faults[1].Line != 3 || faults[2].Line != 5 || faults[2].Serial != "c" {
		t.Errorf("faults: %v", err)
	}
	if strings.Contains(err.Error(), "GEZD") {
		t.Error("a fault tells a secret")
	}
}

// FuzzRead wants of any file either faults or tokens that are whole.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"figure2.xml", "figure3.xml", "figure6.xml", "figure7.xml"} {
		f.Add(figure(f, name))
	}
	f.Add([]byte("serial,secret,type,digits,period,algorithm,counter\nA,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,hotp,6,,SHA1,1\n"))
	f.Add([]byte("serial,hex\nA,3132333435363738393031323334353637383930\n"))
	keys := rfcKeys()
	f.Fuzz(func(t *testing.T, file []byte) {
		tokens, err := inventory.Read(file, keys)
		if err != nil {
			if len(inventory.Faults(err)) == 0 || tokens != nil {
				t.Fatalf("%d tokens, and an error without faults: %v", len(tokens), err)
			}
			return
		}
		for _, token := range tokens {
			if token.Serial == "" || token.Params.Validate() != nil || len(token.Secret) < 16 || token.Counter < 0 {
				t.Fatalf("%+v", token)
			}
		}
	})
}
