package i18n

// Handover is the page that an administrator hands to a new user.
type Handover struct {
	Title    string
	Greeting string // {name}
	Intro    string // {deadline}
	AcquireBy,
	Steps string // headings
	// The steps, in their order.
	Ready, Acquire, Code, Check, Renew string
	ReadyPIN, CodePIN                  string // of a user with a PIN
	Notes                              []string
	Written                            string // {file}, {user}, {contract}
}

func englishHandoverPage() Page {
	return Page{
		Short: "Print the page that a new user needs to acquire the certificate",
		Long: `Prints one page for the user: their IDs, until when to acquire, and the steps. There
is no secret on it; the one-time password is in the user's token. --html makes a
page that prints well.`,
		Example: `  certctl user handover --contract-id 12345678901 --user-id tanaka
  certctl user handover --contract-id 12345678901 --user-id tanaka --html
  certctl --lang ja user handover --contract-id 12345678901 --user-id tanaka`,
	}
}

func englishHandover() Handover {
	return Handover{
		Title:     "How to acquire your client certificate",
		Greeting:  "For {name}",
		Intro:     "Your administrator has issued a client certificate to you. Please acquire it by {deadline}.",
		AcquireBy: "Acquire by",
		Steps:     "Steps",
		Ready:     "Have your one-time password at hand: the authenticator app or the token that your administrator registered for you.",
		Acquire:   "On the machine on which you will use the certificate, start the acquisition and type the two IDs above.",
		Code:      "On the second screen, type the code that your token shows at that moment. Each code is accepted once.",
		ReadyPIN:  "Have your confirmation PIN at hand, which your administrator hands to you apart from this page.",
		CodePIN:   "On the second screen, type the PIN. Capitals and small letters differ.",
		Check:     "See that the certificate is there, and until when it is valid.",
		Renew:     "Before it expires, renew it on the same machine. That takes no one-time password.",
		Notes: []string{
			"The key is made on your machine and stays there. Nobody will ever ask you for it.",
			"If something goes wrong half-way, nothing is lost: run the same command again.",
			"After several wrong codes the acquisition is locked. Your administrator can lift that.",
			"What each message means: certctl help acquiring",
		},
		Written: "The page for user {user} of contract {contract} is in {file}.",
	}
}
