package i18n

func japaneseRootFlags() RootFlags {
	return RootFlags{
		RootOut:          "ルート認証局の鍵を、パスワード付きの新しい `FILE` だけに書き出します",
		RootIn:           "certctl ca init --root-out で書き出した、ルート認証局の鍵の `FILE`",
		RootPasswordFile: "そのファイルのパスワードを `FILE` から読みます(- は標準入力)",
	}
}

func japaneseRoot() Root {
	return Root{
		ThePassword: "ルート認証局の鍵のファイルのパスワード",
		Key:         "鍵",
		KeyHere:     "データベースに封印",
		KeyInFile:   "--root-out のファイルのみ",
		Written: "ルート認証局の鍵は {file} だけにあります。ネットワークから切り離した場所に、複製とともに移し、パスワードは別に保管してください。" +
			"`certctl ca rotate --root-in` で両方が必要になります。",
	}
}

func japaneseRootCodes() map[string]Problem {
	return map[string]Problem{
		"root_offline": {
			"ルート認証局の鍵はここにありません。この発行システムを作成したときに、ファイルに書き出されています。",
			"そのファイルを --root-in FILE で、パスワードを --root-password-file F で指定してください。",
		},
		"root_foreign": {
			"別のルート認証局の鍵のファイルです。",
			"この発行システムを作成したときに書き出したファイルを指定してください。ルート認証局は `certctl ca show` で確認できます。",
		},
	}
}

func japaneseRootHints() map[string]string {
	return map[string]string{
		"usage root":          "`certctl ca init --root-out` で書き出したファイルは BEGIN ENCRYPTED PRIVATE KEY で始まります。そのファイルであれば、壊れています。複製を指定してください。",
		"password_wrong root": "`certctl ca init --root-out` で発行システムを作成したときに設定したパスワードです。大文字と小文字も確認してください。",
	}
}
