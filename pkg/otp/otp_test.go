package otp_test

import (
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"certctl/pkg/otp"
)

// The secrets of the RFCs' vectors: the digits repeated to the hash's length.
const (
	secret20 = "12345678901234567890"
	secret32 = "12345678901234567890123456789012"
	secret64 = "1234567890123456789012345678901234567890123456789012345678901234"
)

// RFC 4226, appendix D: the codes of counters 0 to 9. A TOTP step is an HOTP
// counter (RFC 6238, section 1.2).
func TestCodeRFC4226(t *testing.T) {
	codes := []string{
		"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489",
	}
	for counter, want := range codes {
		if got := otp.DefaultParams().Code(otp.Secret(secret20), int64(counter)); got != want {
			t.Errorf("counter %d gives %s, want %s", counter, got, want)
		}
	}
}

// RFC 6238, appendix B.
func TestCodeRFC6238(t *testing.T) {
	tests := []struct {
		unix                 int64
		sha1, sha256, sha512 string
	}{
		{59, "94287082", "46119246", "90693936"},
		{1111111109, "07081804", "68084774", "25091201"},
		{1111111111, "14050471", "67062674", "99943326"},
		{1234567890, "89005924", "91819424", "93441116"},
		{2000000000, "69279037", "90698825", "38618901"},
		{20000000000, "65353130", "77737706", "47863826"},
	}
	for _, test := range tests {
		for _, variant := range []struct {
			algorithm    otp.Algorithm
			secret, want string
		}{
			{otp.SHA1, secret20, test.sha1}, {otp.SHA256, secret32, test.sha256}, {otp.SHA512, secret64, test.sha512},
		} {
			p := otp.Params{Digits: 8, Period: 30 * time.Second, Algorithm: variant.algorithm}
			step := p.Step(time.Unix(test.unix, 0))
			if got := p.Code(otp.Secret(variant.secret), step); got != variant.want {
				t.Errorf("%s at %d gives %s, want %s", variant.algorithm, test.unix, got, variant.want)
			}
		}
	}
}

func TestStep(t *testing.T) {
	thirty, sixty := otp.DefaultParams(), otp.DefaultParams()
	sixty.Period = time.Minute
	tests := []struct {
		params otp.Params
		at     time.Time
		want   int64
	}{
		{thirty, time.Unix(0, 0), 0},
		{thirty, time.Unix(29, 999999999), 0},
		{thirty, time.Unix(30, 0), 1},
		{sixty, time.Unix(59, 0), 0},
		{sixty, time.Unix(60, 0), 1},
		{thirty, time.Unix(30, 0).In(time.FixedZone("JST", 9*60*60)), 1},
	}
	for _, test := range tests {
		if got := test.params.Step(test.at); got != test.want {
			t.Errorf("step of %v at %v is %d, want %d", test.params.Period, test.at, got, test.want)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, digits := range []int{6, 8} {
		for _, period := range []time.Duration{30 * time.Second, time.Minute} {
			for _, algorithm := range []otp.Algorithm{otp.SHA1, otp.SHA256, otp.SHA512} {
				p := otp.Params{Digits: digits, Period: period, Algorithm: algorithm}
				if err := p.Validate(); err != nil {
					t.Errorf("%+v: %v", p, err)
				}
			}
		}
	}
	for name, spoil := range map[string]func(*otp.Params){
		"zero value": func(p *otp.Params) { *p = otp.Params{} },
		"digits":     func(p *otp.Params) { p.Digits = 10 },
		"no digits":  func(p *otp.Params) { p.Digits = 0 },
		"period":     func(p *otp.Params) { p.Period = 30 },
		"no period":  func(p *otp.Params) { p.Period = 0 },
		"algorithm":  func(p *otp.Params) { p.Algorithm = "MD5" },
		"lower case": func(p *otp.Params) { p.Algorithm = "sha1" },
	} {
		p := otp.DefaultParams()
		spoil(&p)
		if err := p.Validate(); !errors.Is(err, otp.ErrParams) {
			t.Errorf("%s: %v, want ErrParams", name, err)
		}
	}
}

// anyParams draws parameters that are supported.
func anyParams() *rapid.Generator[otp.Params] {
	return rapid.Custom(func(t *rapid.T) otp.Params {
		return otp.Params{
			Digits:    rapid.SampledFrom([]int{6, 8}).Draw(t, "digits"),
			Period:    rapid.SampledFrom([]time.Duration{30 * time.Second, time.Minute}).Draw(t, "period"),
			Algorithm: rapid.SampledFrom([]otp.Algorithm{otp.SHA1, otp.SHA256, otp.SHA512}).Draw(t, "algorithm"),
		}
	})
}

func anySecret() *rapid.Generator[[]byte] { return rapid.SliceOfN(rapid.Byte(), 16, 128) }

// anyTime draws a time up to the year 2100.
func anyTime() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(100_000, 4_102_444_800).Draw(t, "unix"), 0)
	})
}

func TestMatchAcceptsWhatOathtoolShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		at := anyTime().Draw(t, "at")

		code := oathtool(t, p, secret, at)
		result := p.Match(secret, code, at, otp.Memory{})
		if result.Outcome != otp.Accepted || p.Code(secret, result.Step) != code {
			t.Fatalf("%+v for the code of this step", result)
		}
	})
}

// oathtool returns what OATH Toolkit computes for a token at a time.
func oathtool(t *rapid.T, p otp.Params, secret otp.Secret, at time.Time) string {
	out, err := exec.Command("oathtool", "--base32", "--totp="+strings.ToLower(string(p.Algorithm)),
		"--digits="+strconv.Itoa(p.Digits), "--time-step-size="+strconv.Itoa(int(p.Period.Seconds()))+"s",
		"--now="+at.UTC().Format("2006-01-02 15:04:05 UTC"), "--", otp.EncodeSecret(secret)).CombinedOutput()
	if err != nil {
		t.Fatalf("oathtool: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestCodeIsTheValueModuloAPowerOfTen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyParams().Draw(t, "params")
		secret := otp.Secret(anySecret().Draw(t, "secret"))
		step := rapid.Int64Min(0).Draw(t, "step")

		p.Digits = 6
		short := p.Code(secret, step)
		p.Digits = 8
		long := p.Code(secret, step)
		if long[2:] != short || !otp.Valid(long, 8) {
			t.Fatalf("6 digits are %s, 8 digits %s", short, long)
		}
	})
}
