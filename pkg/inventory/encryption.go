package inventory

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strconv"
	"strings"
)

// The names of XML Encryption, and of PBKDF2 in PKCS #5's schema, that are read.
type (
	encryptionKey struct {
		Derived *struct {
			Method struct {
				Algorithm string `xml:"Algorithm,attr"`
				Params    struct {
					Salt       string `xml:"Salt>Specified"`
					Iterations string `xml:"IterationCount"`
					Length     string `xml:"KeyLength"`
					PRF        struct {
						Algorithm string `xml:"Algorithm,attr"`
					} `xml:"PRF"`
				} `xml:"PBKDF2-params"`
			} `xml:"KeyDerivationMethod"`
		} `xml:"DerivedKey"`
	}
	macMethod struct {
		Algorithm string     `xml:"Algorithm,attr"`
		Key       *encrypted `xml:"MACKey"`
	}
	encrypted struct {
		Method struct {
			Algorithm string `xml:"Algorithm,attr"`
		} `xml:"EncryptionMethod"`
		Cipher string `xml:"CipherData>CipherValue"`
	}
)

// maxIterations of PBKDF2 keeps a file from holding a machine for hours.
const maxIterations = 5_000_000

// opener opens the encrypted values of one file.
type opener struct {
	key   []byte
	mac   func() hash.Hash
	under []byte // the MAC's key
	// cause is why nothing encrypted can be opened; empty where it can.
	cause Cause
}

// newOpener prepares the keys of a file. What is wrong with them is said at the
// first value that needs them: a plain file needs none.
func newOpener(c container, keys Keys) *opener {
	o := &opener{}
	if o.key, o.cause = fileKey(c.Key, keys); o.cause != "" {
		return o
	}
	if c.MAC == nil {
		o.cause = NoMAC
		return o
	}
	if o.mac = macHash(c.MAC.Algorithm); o.mac == nil {
		o.cause = Unsupported
		return o
	}
	o.under = o.key
	if c.MAC.Key != nil {
		// It has no MAC itself: a wrong one gives MACs that do not hold.
		raw, cause := c.MAC.Key.raw()
		if cause != "" {
			o.cause = cause
			return o
		}
		if o.under, o.cause = c.MAC.Key.decrypt(o.key, raw); o.cause == Secret {
			o.cause = MAC
		}
	}
	return o
}

// macHash is the hash under an HMAC by its name in XML Signature; nil for another.
func macHash(name string) func() hash.Hash {
	switch strings.TrimSpace(name) {
	case "http://www.w3.org/2000/09/xmldsig#hmac-sha1":
		return sha1.New
	case "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256":
		return sha256.New
	case "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512":
		return sha512.New
	}
	return nil
}

// fileKey returns the key that a file is encrypted under: the one that was given,
// or what the password makes.
func fileKey(k *encryptionKey, keys Keys) ([]byte, Cause) {
	if k == nil || k.Derived == nil {
		if keys.PreShared == nil {
			return nil, NoKey
		}
		if n := len(keys.PreShared); n != 16 && n != 24 && n != 32 {
			return nil, Key
		}
		return keys.PreShared, ""
	}
	if keys.Password == "" {
		return nil, NoKey
	}
	method := k.Derived.Method
	salt, err := decode(method.Params.Salt)
	iterations, iterationsErr := strconv.Atoi(strings.TrimSpace(method.Params.Iterations))
	length, lengthErr := strconv.Atoi(strings.TrimSpace(method.Params.Length))
	prf := sha1.New // the default of PKCS #5
	if name := method.Params.PRF.Algorithm; name != "" {
		prf = macHash(name)
	}
	switch {
	case !strings.HasSuffix(method.Algorithm, "#pbkdf2") || prf == nil || err != nil || iterationsErr != nil || lengthErr != nil:
		return nil, Unsupported
	case iterations > maxIterations:
		return nil, TooBig
	case iterations < 1 || len(salt) == 0 || length != 16 && length != 24 && length != 32:
		return nil, Unsupported
	}
	key, err := pbkdf2.Key(prf, keys.Password, salt, iterations, length)
	if err != nil {
		return nil, Unsupported
	}
	return key, ""
}

// value returns a value, opened where it is encrypted: its MAC is checked first.
func (o *opener) value(v value) ([]byte, Cause) {
	if v.Encrypted == nil {
		plain, err := decode(v.Plain)
		if err != nil || len(plain) == 0 {
			return nil, Secret
		}
		return plain, ""
	}
	if o.cause != "" {
		return nil, o.cause
	}
	raw, cause := v.Encrypted.raw()
	if cause != "" {
		return nil, cause
	}
	mac, err := decode(v.MAC)
	if err != nil || len(mac) == 0 {
		return nil, NoMAC
	}
	h := hmac.New(o.mac, o.under)
	h.Write(raw)
	if !hmac.Equal(h.Sum(nil), mac) {
		return nil, MAC
	}
	return v.Encrypted.decrypt(o.key, raw)
}

// raw returns the initialisation vector with the blocks after it.
func (e *encrypted) raw() ([]byte, Cause) {
	raw, err := decode(e.Cipher)
	if err != nil || len(raw) < 2*aes.BlockSize || len(raw)%aes.BlockSize != 0 {
		return nil, Secret
	}
	return raw, ""
}

// decrypt opens AES-CBC (XML Encryption, section 5.2): the last byte says how much
// of the end is padding.
func (e *encrypted) decrypt(key, raw []byte) ([]byte, Cause) {
	length, known := map[string]int{
		"http://www.w3.org/2001/04/xmlenc#aes128-cbc": 16,
		"http://www.w3.org/2001/04/xmlenc#aes192-cbc": 24,
		"http://www.w3.org/2001/04/xmlenc#aes256-cbc": 32,
	}[strings.TrimSpace(e.Method.Algorithm)]
	if !known {
		return nil, Unsupported
	}
	if len(key) != length {
		return nil, Key
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, Key
	}
	plain := make([]byte, len(raw)-aes.BlockSize)
	cipher.NewCBCDecrypter(block, raw[:aes.BlockSize]).CryptBlocks(plain, raw[aes.BlockSize:])
	padding := int(plain[len(plain)-1])
	if padding < 1 || padding > aes.BlockSize {
		return nil, Secret
	}
	return plain[:len(plain)-padding], ""
}
