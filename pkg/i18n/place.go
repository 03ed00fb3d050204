package i18n

// PlaceCommands are the help pages of the commands that bring certificates in
// from other programs, and to where other programs use them.
type PlaceCommands struct {
	Import, Install, Uninstall Page
}

// PlaceFlags are the usages of their flags.
type PlaceFlags struct {
	ImportName, Key, ImportPassword, For      string
	InstallTo, UninstallFrom, NSSPasswordFile string
}

// PlaceOutput is what they say when they are done.
type PlaceOutput struct {
	Imported     string
	ImportedOver string // after Imported: it is expired
	ImportedNext string // {name}, {file}
	AlreadyHeld  string // {name}
	AsOf         string // {time}: of imported certificates alone
	Readers      string // before the command with which the file is opened

	Installed                          string            // {name}
	InstalledInSome, UninstalledInSome string            // {name}: some failed
	InstalledNext                      string            // of NSS
	Replaced                           string            // {name}: after an acquisition
	Uninstalled                        string            // {name}
	StillThere                         string            // {name}: removed from the wallet, and installed
	Results                            map[string]string // of a store, by the value in JSON
}

// PlaceErrors are what keeps them from it.
type PlaceErrors struct {
	Imported    Problem // an entry that no backend can renew or revoke
	NoBundle    Problem // {file}
	OtherForm   Problem // {file}: BER, no MAC, unknown encryption
	NoMAC       Problem // {file}
	Unreadable  Problem // {file}
	KeyLocked   Problem // {file}
	NoKey       Problem // {file}
	SeveralKeys Problem // {file}
	NoLeaf      Problem // {file}
	TooBig      string  // cause, for BadFile
	NotFor      Problem // {type}, {reader}

	// Of stores: {store}.
	NoSystem, NoNSS, NoHome, NoTools       Problem
	NotInstalled                           Problem // {name}
	StorePassword, StoreWrongPassword      Problem
	StoreLocked, StoreDamaged, StoreForgot Problem
	SharedKey                              Problem
}

func englishPlace(c *Commands) {
	c.Import = Page{
		Short: "Take a certificate and its key from a file into the wallet",
		Long: `Takes a certificate with its key into the wallet, from the file of another program:
PKCS#12 (.p12, .pfx), such as a browser or a bank's management software exports, or
PEM. A key in a file of its own is named with --key; - is standard input. The
password is asked for, unless the file opens without one.

An imported certificate is shown, exported, installed and used like any other. It
cannot be renewed or revoked from here, since no backend of certctl issued it. The
file stays where it is: with its password, it is a second copy of the key.`,
		Example: `  certctl import old.p12
  certctl import old.pfx --name bank --password-file pw.txt --no-input
  certctl import cert.pem --key key.pem
  openssl pkcs12 -in old.p12 -nodes | certctl import - --name bank`,
	}
	c.Install = Page{
		Short: "Put a certificate and its key into browsers",
		Long: `Puts a certificate with its key into the stores from which browsers take it: with
--to nss into every NSS database of Firefox and Chromium that is found in the home
directory (snap and flatpak included), or a new one for Chromium where there is
none; with --to system into the user's store of Windows or the login keychain of
macOS. NSS is reached through certutil and pk12util (Debian: libnss3-tools). NSS and
both systems take no Ed25519 keys.

What is where is remembered: ` + "`certctl renew`" + ` puts the new certificate in the place
of the old one, ` + "`certctl uninstall`" + ` takes it out, ` + "`certctl doctor`" + ` sees what is missing.
The store has a copy of the key then, under its own protection.`,
		Example: `  certctl install tanaka --to nss
  certctl install tanaka --to nss --nss-password-file pw.txt --no-input
  certctl install tanaka --to system`,
	}
	c.Uninstall = Page{
		Short: "Take a certificate and its key out of browsers again",
		Long: `Takes a certificate and its key out of the stores that ` + "`certctl install`" + ` put them
into, or those of one kind. Other certificates of the same person stay. The wallet
keeps its own; where it has it no more, this still works.`,
		Example: `  certctl uninstall tanaka
  certctl uninstall 12345678901-tanaka --to nss -o json`,
	}
}

func englishPlaceFlags() PlaceFlags {
	return PlaceFlags{
		ImportName:      "`NAME` of the certificate in the wallet (default: by its subject)",
		Key:             "`FILE` with the private key (PEM), where the certificate's file has none",
		ImportPassword:  "`FILE` with the password of the file that is imported; - is standard input",
		InstallTo:       "`WHERE` to install: nss (Firefox, Chromium) or system (Windows, macOS)",
		UninstallFrom:   "`WHERE` to uninstall: nss or system (default: everywhere)",
		NSSPasswordFile: "`FILE` with the primary password of the NSS databases; - is standard input",
		For:             "write what this `READER` opens: openssl, nss, windows, macos or java",
	}
}

func englishPlaceOutput() PlaceOutput {
	return PlaceOutput{
		Imported:     "The certificate is imported.",
		ImportedOver: "It is expired already.",
		ImportedNext: "{file} still holds a copy of the key: delete it once you need it no more. Next:\n  certctl show {name}",
		AsOf:         "As of {time}, by this machine's clock and the wallet.",
		AlreadyHeld:  "The wallet holds this certificate already, as {name}; nothing was done.",
		Readers:      "Open it there with:",

		Installed:         "Certificate {name} is installed:",
		InstalledInSome:   "Certificate {name} is installed, but not everywhere:",
		UninstalledInSome: "Certificate {name} is still installed in some places:",
		Replaced:          "Where an older certificate of {name} was installed, this one is now.",
		InstalledNext:     "A browser that is running sees it once it is started again.",
		Uninstalled:       "Certificate {name} is no longer installed:",
		StillThere:        "A copy of {name} is still installed in browsers. Take it out with:\n  certctl uninstall {name}",
		Results:           map[string]string{"installed": "installed", "removed": "removed", "failed": "FAILED"},
	}
}

func englishPlaceErrors() PlaceErrors {
	return PlaceErrors{
		Imported: Problem{
			"The certificate was imported from a file: no backend of certctl issued it, and none can renew or revoke it.",
			"Go to whoever issued it (`certctl show NAME` names them), and import the new one. Or get one here with `certctl acquire`.",
		},
		NoBundle: Problem{
			"The file {file} is neither PKCS#12 nor PEM, or it is damaged.",
			"Export it again from the program that has the certificate, as PKCS#12 (.p12, .pfx) with the private key.",
		},
		OtherForm: Problem{
			"The file {file} is PKCS#12 in BER, an encoding that certctl does not read.",
			"Let openssl rewrite it on the way:\n  openssl pkcs12 -in {file} -nodes | certctl import -\nIt asks for the file's password.",
		},
		NoMAC: Problem{
			"The file {file} is PKCS#12 without a MAC: nothing shows that it is unchanged.",
			"If you know where it comes from, let openssl rewrite it on the way:\n  openssl pkcs12 -in {file} -nodes | certctl import -\nIt asks for the file's password.",
		},
		Unreadable: Problem{
			"The file {file} is PKCS#12 of a kind that certctl does not read.",
			"Let openssl rewrite it on the way:\n  openssl pkcs12 -in {file} -nodes | certctl import -\nIt asks for the file's password.",
		},
		KeyLocked: Problem{
			"The private key in {file} is encrypted, which certctl does not read in PEM.",
			"Let openssl decrypt it on the way:\n  openssl pkey -in KEY | cat CERTIFICATE - | certctl import -\nIt asks for the key's password.",
		},
		NoKey: Problem{
			"There is no private key in {file}.",
			"Export it with the private key, or name the key's file with --key.",
		},
		SeveralKeys: Problem{
			"There is more than one private key in {file}.",
			"Export each certificate into a file of its own.",
		},
		NoLeaf: Problem{
			"No certificate in {file} belongs to the private key.",
			"Check that the certificate and the key are a pair.",
		},
		TooBig: "it is too big for a certificate",
		NotFor: Problem{
			"{reader} cannot use a key of type {type}.",
			"Acquire a certificate with --key-type ec-p256 for it.",
		},
		NoSystem: Problem{
			"This system has no store of certificates for its users.",
			"Browsers here use NSS: `certctl install NAME --to nss`.",
		},
		NoNSS: Problem{
			"Browsers use the system's own certificates here.",
			"Run `certctl install NAME --to system`: Firefox takes certificates from there too.",
		},
		NoHome: Problem{
			"It is not clear where browsers keep their certificates: HOME is not set.",
			"Set HOME to your home directory.",
		},
		NoTools: Problem{
			"The programs by which certificates get into {store} are not installed: certutil and pk12util.",
			"Install them: sudo apt-get install libnss3-tools (Debian, Ubuntu), sudo dnf install nss-tools (Fedora, RHEL), brew install nss (macOS).",
		},
		NotInstalled: Problem{
			"The certificate {name} is installed nowhere.",
			"`certctl install NAME --to nss` installs it.",
		},
		StorePassword: Problem{
			"The store {store} has a primary password, and it is not given.",
			"Name a file that holds it with --nss-password-file (CERTCTL_NSS_PASSWORD_FILE).",
		},
		StoreWrongPassword: Problem{
			"The password is not the primary password of {store}.",
			"Check --nss-password-file (CERTCTL_NSS_PASSWORD_FILE). It is the one that the browser asks for.",
		},
		StoreLocked: Problem{
			"The store {store} is in use by another program.",
			"Close the browser and run the command again.",
		},
		StoreDamaged: Problem{
			"The store {store} is damaged.",
			"Start the browser: it repairs its store or says more. Then run the command again.",
		},
		StoreForgot: Problem{
			"The store {store} took the certificate, but does not have it.",
			"Run the command again with -v, and look whether the browser can import certificates itself.",
		},
		SharedKey: Problem{
			"Another certificate in {store} has the same key, and only both could be removed.",
			"Remove the one that is not needed in the settings of the browser.",
		},
	}
}

// englishPlaceCodes are the codes of files and stores of other programs.
func englishPlaceCodes() map[string]Problem {
	return map[string]Problem{
		"target_locked": {
			"A store of certificates is in use by another program.",
			"Close the browser and run the command again.",
		},
		"target_damaged": {
			"A store of certificates cannot be used.",
			"Start the browser: it repairs its store or says more. Then run the command again.",
		},
		"install_failed": {
			"It is done, but the certificate could not be installed in every store.",
			"Mend what is said of the store, then run `certctl install NAME` again.",
		},
		"password_wrong": {
			"The password is wrong.",
			"Check it, capitals included, and run the command again. It is the one that was chosen when the file was exported.",
		},
	}
}
