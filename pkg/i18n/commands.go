package i18n

// Commands are the help pages of all commands.
type Commands struct {
	Root Group
	Help Page

	Acquire, List, Show, Export, Remove Page
	UseCommands
	RenewCommands
	NotifyCommands
	PublishCommands
	OperateCommands
	BackupCommands
	PlaceCommands

	CA             Group
	CAInit, CAShow Page

	Contract                                Group
	ContractAdd, ContractList, ContractShow Page

	User                                                                                                  Group
	UserImport, UserHandover, UserAdd, UserList, UserShow, UserIssue, UserReissue, UserResume, UserRemove Page

	TokenCommands
	ChangeCommands

	Audit       Group
	AuditVerify Page

	Config     Group
	ConfigView Page

	Quickstart, Completion, Version Page
}

func englishCommands() Commands {
	c := Commands{
		Root: Group{
			Short: "Client certificates with a one-time password",
			Long: `certctl acquires and keeps client certificates, the kind with which people log
in to corporate internet banking. A user proves who they are with a one-time
password (OTP); the key is made on their machine, never leaves it, and is kept
in the keyring of the operating system. The issuing backend is in it too.`,
		},
		Help: Page{
			Short: "Show the help of a command or a topic",
			Long:  `Shows the help of a command, as --help does, or of a topic.`,
			Example: `  certctl help user add
  certctl help acquiring`,
		},
		Quickstart: Page{
			Short: "Try it all: a throw-away deployment and a certificate from it",
			Long: `Makes a deployment to try things with, in a new temporary directory or in DIR: an
authority, a contract, and a user with an OTP, shown as a QR code. Then it acquires
the user's certificate through the two real screens. Where there is no terminal it
answers them itself, and says so.

The key goes into the keyring of this machine; where there is none, into files in
the directory, unprotected, and it says so. At the end stands the one line that
removes everything again.`,
			Example: `  certctl quickstart
  certctl quickstart --dir ./demo --no-input -o json`,
		},
		Completion: Page{
			Short: "Print the completion script of a shell",
			Long: `Prints a script by which the shell completes commands, flags and the names of
certificates. It asks the wallet's directory for names, never the keyring.

In bash it needs the package bash-completion, in zsh that compinit has run.`,
			Example: `  certctl completion bash > /etc/bash_completion.d/certctl
  certctl completion zsh > "${fpath[1]}/_certctl"
  certctl completion fish > ~/.config/fish/completions/certctl.fish
  certctl completion powershell | Out-String | Invoke-Expression`,
		},
		Version: Page{
			Short:   "Show which certctl this is",
			Long:    `Shows the version, what it was built from and for.`,
			Example: `  certctl version -o json`,
		},
		Config: Group{
			Short: "See the settings in force",
			Long:  `Settings come from flags, variables, config.yaml and defaults, in this order.`,
		},
		ConfigView: Page{
			Short: "Show every setting, and where its value comes from",
			Long: `Shows every setting that is in force and where its value comes from: the command
line, the environment, config.yaml or the default. Nothing is opened but
config.yaml, and nothing secret is shown. ` + "`certctl help environment`" + ` explains
the settings.`,
			Example: `  certctl config view
  CERTCTL_HOME=/srv/certctl certctl config view -o json`,
		},
	}
	englishHolder(&c)
	englishUse(&c)
	c.TokenCommands = englishTokenCommands()
	c.ChangeCommands = englishChangeCommands()
	englishRenew(&c)
	c.UserHandover = englishHandoverPage()
	c.UserImport = englishUserImportPage()
	c.PublishCommands = englishPublishCommands()
	c.OperateCommands = englishOperateCommands()
	c.BackupCommands = englishBackupCommands()
	c.NotifyCommands = englishNotifyCommands()
	englishPlace(&c)
	englishAdmin(&c)
	englishOperator(&c)
	return c
}

func englishHolder(c *Commands) {
	c.Acquire = Page{
		Short: "Acquire your certificate with a one-time password",
		Long: `Acquires the certificate that an administrator issued to you, in two stages:
first the contract ID and your user ID, then the one-time password (OTP) that
your token or authenticator app shows. What is not given is asked for.

The key is made on this machine before the code is asked for, and is kept in
the wallet. A run that was cut off loses nothing: run the command again, and it
goes on with the same key; where the certificate was issued already it is picked
up without another code. A wrong code is counted; after five in a row the user
is locked until an administrator runs ` + "`certctl user resume`" + `.`,
		Example: `  certctl acquire
  certctl acquire --contract-id 12345678901 --user-id tanaka
  oathtool --totp -b @secret.txt | certctl acquire --contract-id 12345678901 \
      --user-id tanaka --otp-file - --no-input -o json
  certctl acquire --contract-id 12345678901 --user-id tanaka --if-missing`,
	}
	c.List = Page{
		Short: "List the certificates in the wallet",
		Long: `Lists the certificates in the wallet with their state and end. The keys are not
touched, so a locked keyring is no obstacle. The backend is not asked: a state is
what this machine knows, by the clock and the certificate.`,
		Example: `  certctl list
  certctl list -o json`,
	}
	c.Show = Page{
		Short: "Show one certificate of the wallet",
		Long: `Shows one certificate of the wallet: whose it is, from when to when it is valid,
where its key is kept, and what it is for, in the words of openssl. NAME is a name
from ` + "`certctl list`" + `, or a user ID where only one certificate has it. The backend is
not asked: one that it has revoked since may still be called active, until
` + "`certctl status --refresh`" + ` asks.`,
		Example: `  certctl show 12345678901-tanaka
  certctl show tanaka -o json`,
	}
	c.Export = Page{
		Short: "Write a certificate and its key to a file",
		Long: `Writes a certificate with its key and chain to a file that only you can read, for
a browser, another machine or a server. PKCS#12 is written under a password that
you give; there is no default one. PEM holds the key open.

--for chooses what a program opens: openssl, nss (Firefox, Chromium on Linux), java,
windows, or macos, whose keychain takes the old 3DES only. Where it cannot use the
key at all, it says so. --legacy is for versions that are older still.

The file is a second copy of the key: whoever has it and its password is you.`,
		Example: `  certctl export tanaka --out tanaka.p12
  certctl export tanaka --out tanaka.p12 --password-file pw.txt --no-input
  certctl export tanaka --out tanaka.pem --format pem
  certctl export tanaka --out tanaka.pfx --for windows
  openssl pkcs12 -in tanaka.p12 -info -noout`,
	}
	c.Remove = Page{
		Short: "Delete a certificate and its key from the wallet",
		Long: `Deletes a certificate and its key from this wallet, for good. The certificate is
not revoked: an administrator does that, with ` + "`certctl user reissue`" + ` or ` + "`certctl\nuser remove`" + `.`,
		Example: `  certctl remove 12345678901-tanaka`,
	}
}

func englishAdmin(c *Commands) {
	c.User = Group{
		Short: "Add users, issue their certificates, unlock them",
		Long: `A user belongs to a contract and has one certificate slot. An administrator issues
the slot (that is the permission), then the user acquires the certificate with a
one-time password. An administrator who adds a user registers their OTP.`,
	}
	c.UserAdd = Page{
		Short: "Add a user and register their OTP",
		Long: `Adds a user to a contract. With --otp an OTP token is made for the user and the
certificate slot is issued, all or nothing. On a terminal the token is shown as a
QR code for an authenticator app, and the code it then shows is asked back to
prove that it works; Enter leaves that for later. Without a terminal the code may
come from --otp-file, or not at all. --otp=SERIAL takes a hardware token out of the
inventory instead, and asks for the code that it shows. With --pin the user has a
confirmation PIN, until their first token.

The secret is in the result once, and cannot be shown again. A script that has to
compute the code first reads it from --secret-out, which is written before
--otp-file is read.`,
		Example: `  certctl user add --contract-id 12345678901 --user-id tanaka --otp \
      --name "Tanaka Hanako"
  certctl user add --contract-id 12345678901 --user-id sato --otp -o json |
      jq -r .otp.uri
  certctl user add --contract-id 12345678901 --user-id ito --otp=HW-1001
  certctl user add --contract-id 12345678901 --user-id suzuki --no-otp`,
	}
	c.UserList = Page{
		Short: "List users with the state of their certificates",
		Long: `Lists the users of all contracts, or of one, with the state of their certificate
slot, its deadline and the next step. Filters combine: a user is listed who is all
that they say. With --state or --expiring whoever's time is over first comes first,
else users are in the order of contract and user ID.

A long list is read page by page with --limit and --after: meanwhile users may be
added, changed and removed, and nobody is left out or listed twice for it. With
-o jsonl each user is a line, which is written as soon as it is read.`,
		Example: `  certctl user list
  certctl user list --expiring 30d --limit 50
  certctl user list --contract-id 12345678901 --no-otp -o json`,
	}
	c.UserShow = Page{
		Short:   "Show one user",
		Long:    `Shows one user: their token, their certificate slot and what to do next.`,
		Example: `  certctl user show --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserIssue = Page{
		Short: "Issue a certificate: permit the user to acquire it",
		Long: `Issues the user's certificate slot: from now on, for 80 days unless the policy
says otherwise, the user may acquire the certificate with their OTP. Adding a user
with --otp, and registering the first OTP, issue the slot by themselves.`,
		Example: `  certctl user issue --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserReissue = Page{
		Short: "Permit the user to acquire a new certificate, and revoke the old one",
		Long: `Issues the slot again, after a loss, a revocation, or when a time limit has
passed. A living certificate of the user is revoked at once.`,
		Example: `  certctl user reissue --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserResume = Page{
		Short: "Unlock a user after too many wrong codes",
		Long: `Lifts a lock or a suspension, and sets the counters of wrong codes of the user and
their token to zero.`,
		Example: `  certctl user resume --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserRemove = Page{
		Short: "Remove a user and revoke their certificates",
		Long: `Removes a user: every unexpired certificate is revoked and the token is freed. A
user added later under the same ID is another one and inherits nothing.`,
		Example: `  certctl user remove --contract-id 12345678901 --user-id tanaka`,
	}
}

func englishOperator(c *Commands) {
	c.CA = Group{
		Short: "Make and show the certificate authority",
		Long: `The issuing backend: a root (20 years), an issuing CA under it (10 years) and the
records, all in one database under one sealing key.`,
	}
	c.CAInit = Page{
		Short: "Make the issuing backend",
		Long: `Makes a new issuing backend: root and issuing CA, in a database whose secrets are
sealed under a 32-byte key. Where that key is kept you choose: in the keyring of
this machine, or in a file, which is made (0600) if it is not there. The choice is
written to config.yaml, so that later commands need no flag.

Without the sealing key the backend cannot be opened again. ` + "`certctl ca backup`" + ` writes
both, encrypted, to a file for another place.

The key of the root, which signs nothing but an issuing CA in years, is sealed in the
database too. With --root-out it is written to a file instead, and kept nowhere else.`,
		Example: `  certctl ca init --sealed-by file:/etc/certctl/sealing.key
  certctl ca init --name "Example Bank Client CA" --sealed-by keyring
  certctl ca init --root-out /media/usb/root.key --root-password-file root.pass`,
	}
	c.CAShow = Page{
		Short: "Show the root and the issuing CA",
		Long: `Shows the root and the issuing CA, or prints both certificates as PEM for those
who are to trust them.`,
		Example: `  certctl ca show
  certctl ca show --pem > chain.pem
  openssl verify -purpose sslclient -CAfile chain.pem tanaka.crt`,
	}
	c.Contract = Group{
		Short: "Add and show contracts",
		Long:  `A contract is a customer with its users. Its ID has 11 digits.`,
	}
	c.ContractAdd = Page{
		Short:   "Add a contract",
		Long:    `Adds a contract, to which users are added then.`,
		Example: `  certctl contract add 12345678901 --name "Example Trading Co."`,
	}
	c.ContractList = Page{
		Short:   "List contracts",
		Long:    `Lists all contracts with their status and number of users.`,
		Example: `  certctl contract list -o json`,
	}
	c.ContractShow = Page{
		Short: "Show one contract",
		Long: `Shows one contract, and what of its policy is its own: the settings below
contracts.CONTRACT_ID in config.yaml that are others than everybody's.`,
		Example: `  certctl contract show 12345678901`,
	}
	c.Audit = Group{
		Short: "Read and check the audit log",
		Long: `Every act of an administrator and every acquisition, good or bad, is in the audit
log: one chain for each contract and one for the operator.`,
	}
	c.AuditVerify = Page{
		Short: "Check that nobody changed the audit log",
		Long: `Computes every chain of the audit log anew. A row that was edited, removed or
swapped is named, and the command ends with exit code 1.

A chain cut off at its end together with its head cannot be told from a shorter one,
except by the checkpoints of ` + "`certctl audit checkpoint`" + `: those in the database,
and, with --checkpoint, those that were kept elsewhere. What came after the last one
can be cut off unseen.`,
		Example: `  certctl audit verify
  certctl audit verify --checkpoint /mnt/elsewhere/2027-03-01.jws`,
	}
}
