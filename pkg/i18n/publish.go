package i18n

// PublishCommands are the help pages of the commands by which an operator
// publishes and looks up what was issued.
type PublishCommands struct {
	CACRL                    Page
	CACerts                  Group
	CACertsList, CACertsShow Page
}

// PublishFlags are the usages of their flags.
type PublishFlags struct {
	Authority, DER, NextUpdate, CertState, CertAfter, CertLimit, CertPEM string
}

// Publish is what they say.
type Publish struct {
	Number, ThisUpdate, NextUpdate, Entries string // labels
	Revoked, Reason, Superseded             string // labels
	Reasons                                 map[string]string
	Expired                                 string // a state
	Written                                 string // {file}
	NoCertificates                          string
	More                                    string // {serial}
}

func englishPublishCommands() PublishCommands {
	return PublishCommands{
		CACRL: Page{
			Short: "Sign and print the revocation lists",
			Long: `Signs a certificate revocation list (CRL) of the issuing CA, numbered, and prints it
with the list of the root, which relying parties such as nginx want too. On it is
every certificate that was revoked, and every one that was renewed longer ago than
the overlap.

Relying parties refuse a list after its next update: run this well before, from
cron for instance, and have them read the new file.`,
			Example: `  certctl ca crl --out /etc/nginx/crl.pem && nginx -s reload
  certctl ca crl --ca issuing --der --out issuing.crl
  certctl ca crl --next-update 2d -o json`,
		},
		CACerts: Group{
			Short: "Look up the certificates that were issued",
			Long:  `Looks up the certificates that were issued, in all contracts.`,
		},
		CACertsList: Page{
			Short: "List the certificates that were issued",
			Long: `Lists certificates in the order of their serial numbers, a hundred at a time; where
there are more it says how to go on.`,
			Example: `  certctl ca certs list --state revoked
  certctl ca certs list --contract-id 12345678901 -o json`,
		},
		CACertsShow: Page{
			Short: "Show one certificate that was issued",
			Long: `Shows a certificate by its serial number, as openssl or a browser writes it: capitals,
colons and leading zeros make no difference.`,
			Example: `  certctl ca certs show 60d1832d9a53f3d852de3c7e309fb69c
  certctl ca certs show 60:D1:83:2D:9A:53:F3:D8:52:DE:3C:7E:30:9F:B6:9C --pem`,
		},
	}
}

func englishPublishFlags() PublishFlags {
	return PublishFlags{
		Authority:  "only the list of this `CA`: root or issuing (default: both)",
		DER:        "write DER instead of PEM; needs --ca",
		NextUpdate: "the list is good for this `TIME`, such as 7d",
		CertState:  "only those in this `STATE`: good, revoked, expired or signing",
		CertAfter:  "only those after this `SERIAL`",
		CertLimit:  "at most `COUNT` certificates",
		CertPEM:    "print the certificate as PEM",
	}
}

func englishPublish() Publish {
	return Publish{
		Number: "Number", ThisUpdate: "This update", NextUpdate: "Next update", Entries: "Entries",
		Revoked: "Revoked", Reason: "Reason", Superseded: "Renewed",
		Reasons: map[string]string{
			"unspecified":            "unspecified",
			"key_compromise":         "key compromised",
			"affiliation_changed":    "affiliation changed",
			"superseded":             "superseded",
			"cessation_of_operation": "no longer used",
			"privilege_withdrawn":    "privilege withdrawn",
		},
		Expired:        "expired",
		Written:        "The revocation lists are in {file}.",
		NoCertificates: "There are no such certificates.",
		More:           "There may be more: --after {serial}",
	}
}
