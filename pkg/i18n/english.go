package i18n

// English returns all sentences in English.
func English() *Text {
	return &Text{
		Help: Help{
			Usage:       "Usage:",
			Commands:    "Commands:",
			Flags:       "Flags:",
			GlobalFlags: "Global flags:",
			Examples:    "Examples:",
			Topics:      "Help topics:",
			Holder:      "For holders of certificates:",
			Admin:       "For administrators of a contract:",
			Operator:    "For operators of an issuing backend:",
			Everyone:    "For everyone:",
			AnyFlags:    "[flags]",
			Default:     "(default {value})",
			More:        "Global flags are listed by `certctl --help`.",
			MoreRoot:    "`certctl COMMAND --help` tells more about a command, `certctl help TOPIC` about a topic.",
			DoubleClick: "certctl is a program for the command line. Open PowerShell or the Command Prompt, and run `certctl quickstart` there.",
		},
		Flags:    englishFlags(),
		Commands: englishCommands(),
		Topics:   englishTopics(),
		Errors:   englishErrors(),
		Output:   englishOutput(),
		Prompt:   englishPrompt(),
		Notify:   englishNotify(),
		Publish:  englishPublish(),
		Operate:  englishOperate(),
		Backup:   englishBackup(),
		Root:     englishRoot(),
		Manual:   englishManual(),
		Handover: englishHandover(),
		Roster:   englishRoster(),
	}
}
