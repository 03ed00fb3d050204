package inventory

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"certctl/pkg/otp"
)

// The names of PSKC (RFC 6030, section 3) that are read. An element that is not
// named here is passed over, but for those of a policy: see policy.
type (
	container struct {
		XMLName  xml.Name       `xml:"urn:ietf:params:xml:ns:keyprov:pskc KeyContainer"`
		Key      *encryptionKey `xml:"EncryptionKey"`
		MAC      *macMethod     `xml:"MACMethod"`
		Packages []keyPackage   `xml:"KeyPackage"`
	}
	keyPackage struct {
		Serial string    `xml:"DeviceInfo>SerialNo"`
		Starts string    `xml:"DeviceInfo>StartDate"`
		Ends   string    `xml:"DeviceInfo>ExpiryDate"`
		Key    *tokenKey `xml:"Key"`
	}
	tokenKey struct {
		ID        string `xml:"Id,attr"`
		Algorithm string `xml:"Algorithm,attr"`
		Suite     string `xml:"AlgorithmParameters>Suite"`
		Response  struct {
			Length     string `xml:"Length,attr"`
			Encoding   string `xml:"Encoding,attr"`
			CheckDigit bool   `xml:"CheckDigits,attr"` // behind the code, by Luhn
		} `xml:"AlgorithmParameters>ResponseFormat"`
		Secret   value   `xml:"Data>Secret"`
		Counter  value   `xml:"Data>Counter"`
		Interval value   `xml:"Data>TimeInterval"`
		Policy   *policy `xml:"Policy"`
	}
	value struct {
		Plain     string     `xml:"PlainValue"`
		Encrypted *encrypted `xml:"EncryptedValue"`
		MAC       string     `xml:"ValueMAC"`
	}
	policy struct {
		Starts   string    `xml:"StartDate"`
		Ends     string    `xml:"ExpiryDate"`
		Usages   []string  `xml:"KeyUsage"`
		Elements []element `xml:",any"`
	}
	element struct {
		XMLName xml.Name
	}
)

// The key algorithms of RFC 6030, section 10.1, and of its registry.
const (
	hotpAlgorithm = "urn:ietf:params:xml:ns:keyprov:pskc:hotp"
	totpAlgorithm = "urn:ietf:params:xml:ns:keyprov:pskc:totp"
)

// maxDepth is how deep elements are nested at most; PSKC itself needs ten.
const maxDepth = 32

// readPSKC reads a PSKC file.
func readPSKC(file []byte, keys Keys) ([]Token, error) {
	if fault := inspect(file); fault != nil {
		return nil, fault
	}
	var c container
	if err := xml.Unmarshal(file, &c); err != nil {
		return nil, &Fault{Cause: Format, Err: err}
	}
	if len(c.Packages) > maxTokens {
		return nil, &Fault{Cause: TooBig}
	}
	open := newOpener(c, keys)
	var tokens []Token
	var faults []error
	seen := map[string]bool{}
	for _, p := range c.Packages {
		t, cause := packageToken(p, open)
		if key := strings.ToUpper(t.Serial); cause == "" && seen[key] {
			cause = Twice
		} else {
			seen[key] = true
		}
		if cause != "" {
			faults = append(faults, &Fault{Serial: t.Serial, Cause: cause})
		}
		tokens = append(tokens, t)
	}
	return tokens, errors.Join(faults...)
}

// inspect refuses what no PSKC file needs and what could cost a parser dearly: a
// document type definition, which is where entities are made, and deep nesting.
func inspect(file []byte) error {
	d := xml.NewDecoder(bytes.NewReader(file))
	for depth := 0; ; {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &Fault{Cause: Format, Err: err}
		}
		switch token.(type) {
		case xml.Directive:
			return &Fault{Cause: Doctype}
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return &Fault{Cause: TooBig}
		}
	}
}

// packageToken makes a token of a key package.
func packageToken(p keyPackage, open *opener) (t Token, cause Cause) {
	t.Serial = strings.TrimSpace(p.Serial)
	if p.Key == nil {
		return t, Secret
	}
	if t.Serial == "" {
		t.Serial = strings.TrimSpace(p.Key.ID)
	}
	if t.Serial == "" {
		return t, Serial
	}
	if t.Starts, t.Expires, cause = lifetime(p); cause != "" {
		return t, cause
	}
	secret, cause := open.value(p.Key.Secret)
	if cause != "" {
		return t, cause
	}
	var err error
	if t.Secret, err = otp.DecodeSecret(otp.EncodeSecret(secret)); err != nil { // its bounds
		return t, Secret
	}
	if t.Params, cause = keyParams(*p.Key, open); cause != "" || !t.Params.Counter {
		return t, cause
	}
	t.Counter, cause = open.number(p.Key.Counter, 0)
	if t.Counter < 0 || t.Counter > otp.MaxCounter {
		cause = Counter
	}
	return t, cause
}

// keyParams reads what a token shows.
func keyParams(k tokenKey, open *opener) (otp.Params, Cause) {
	p := otp.DefaultParams()
	switch strings.ReplaceAll(k.Algorithm, "pskc#", "pskc:") {
	case totpAlgorithm:
		seconds, cause := open.number(k.Interval, 30)
		if cause != "" || seconds < 0 || seconds > 3600 {
			return p, Parameters
		}
		p.Period = time.Duration(seconds) * time.Second
	case hotpAlgorithm:
		p.Counter, p.Period = true, 0
	default:
		return p, Parameters
	}
	digits, err := strconv.Atoi(k.Response.Length)
	if err != nil || k.Response.Encoding != "DECIMAL" || k.Response.CheckDigit {
		return p, Parameters
	}
	p.Digits = digits
	if suite := strings.TrimSpace(k.Suite); suite != "" {
		p.Algorithm = algorithm(suite)
	}
	if p.Validate() != nil {
		return p, Parameters
	}
	return p, ""
}

// lifetime reads the policy of a key (section 5), and from when to when it may be
// used: the stricter of what is said of it and of its device. A key whose policy is
// not known whole must not be used, nor one that is for something else than
// one-time passwords.
func lifetime(p keyPackage) (starts, ends time.Time, cause Cause) {
	rule := policy{}
	if p.Key.Policy != nil {
		rule = *p.Key.Policy
	}
	usable := len(rule.Usages) == 0 || slices.ContainsFunc(rule.Usages, func(u string) bool { return strings.TrimSpace(u) == "OTP" })
	if !usable || len(rule.Elements) > 0 {
		return starts, ends, Policy
	}
	var dates [4]time.Time
	for i, text := range []string{p.Starts, rule.Starts, p.Ends, rule.Ends} {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		var err error
		if dates[i], err = time.Parse(time.RFC3339, text); err != nil {
			return starts, ends, Policy
		}
	}
	starts, ends = dates[0], dates[2]
	if dates[1].After(starts) {
		starts = dates[1]
	}
	if ends.IsZero() || !dates[3].IsZero() && dates[3].Before(ends) {
		ends = dates[3]
	}
	return starts, ends, ""
}

// number reads a number, or returns what is usual where there is none. In plain it
// is written in decimal, else in bytes, big end first.
func (o *opener) number(v value, usual int64) (int64, Cause) {
	if v.Encrypted == nil {
		text := strings.TrimSpace(v.Plain)
		if text == "" {
			return usual, ""
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, Counter
		}
		return n, ""
	}
	raw, cause := o.value(v)
	if cause != "" {
		return 0, cause
	}
	if len(raw) > 7 {
		return 0, Counter
	}
	var n int64
	for _, b := range raw {
		n = n<<8 | int64(b)
	}
	return n, ""
}

// decode reads base64 as XML files have it, with white space in it.
func decode(text string) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
}
