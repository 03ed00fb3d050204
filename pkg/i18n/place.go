package i18n

// PlaceCommands are the help pages of the commands that bring certificates in
// from other programs, and to where other programs use them.
type PlaceCommands struct {
	Import Page
}

// PlaceFlags are the usages of their flags.
type PlaceFlags struct {
	ImportName, Key, ImportPassword, For string
}

// PlaceOutput is what they say when they are done.
type PlaceOutput struct {
	Imported     string
	ImportedOver string // after Imported: it is expired
	ImportedNext string // {name}, {file}
	AlreadyHeld  string // {name}
	AsOf         string // {time}: of imported certificates alone
	Readers      string // before the command with which the file is opened
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
}

func englishPlaceFlags() PlaceFlags {
	return PlaceFlags{
		ImportName:     "`NAME` of the certificate in the wallet (default: by its subject)",
		Key:            "`FILE` with the private key (PEM), where the certificate's file has none",
		ImportPassword: "`FILE` with the password of the file that is imported; - is standard input",
		For:            "write what this `READER` opens: openssl, nss, windows, macos or java",
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
	}
}

// englishPlaceCodes are the codes of files and stores of other programs.
func englishPlaceCodes() map[string]Problem {
	return map[string]Problem{
		"password_wrong": {
			"The password is wrong.",
			"Check it, capitals included, and run the command again. It is the one that was chosen when the file was exported.",
		},
	}
}
