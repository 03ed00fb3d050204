package i18n

// Japanese returns all sentences in Japanese, for the customers of a bank: who
// asks for nothing but what is needed, and says what to do next. The terms are
// those of corporate internet banking in Japan. Sentences have full-width
// punctuation; IDs, commands, flags and codes, and the brackets around what
// may hold them, are half-width.
func Japanese() *Text {
	return &Text{
		Help: Help{
			Usage:       "使い方:",
			Commands:    "コマンド:",
			Flags:       "オプション:",
			GlobalFlags: "すべてのコマンドに共通のオプション:",
			Examples:    "例:",
			Topics:      "解説:",
			Holder:      "電子証明書の利用者向け:",
			Admin:       "契約の管理者向け:",
			Operator:    "発行システムの運用担当者向け:",
			Everyone:    "全般:",
			AnyFlags:    "[オプション]",
			Default:     "(既定値: {value})",
			More:        "すべてのコマンドに共通のオプションは、`certctl --help` で確認できます。",
			MoreRoot:    "コマンドの説明は `certctl COMMAND --help`、解説は `certctl help TOPIC` で表示できます。",
			DoubleClick: "certctl はコマンドラインで使うプログラムです。PowerShellまたはコマンドプロンプトを開き、`certctl quickstart` を実行してください。",
		},
		Flags:    japaneseFlags(),
		Commands: japaneseCommands(),
		Topics:   japaneseTopics(),
		Errors:   japaneseErrors(),
		Output:   japaneseOutput(),
		Prompt:   japanesePrompt(),
		Notify:   japaneseNotify(),
		Publish:  japanesePublish(),
		Operate:  japaneseOperate(),
		Backup:   japaneseBackup(),
		Root:     japaneseRoot(),
		Manual:   japaneseManual(),
		Handover: japaneseHandover(),
		Roster:   japaneseRoster(),
	}
}
