package i18n

func japanesePrompt() Prompt {
	return Prompt{
		AcquireIDs:      "電子証明書の取得(1/2) IDの入力",
		AcquireCode:     "電子証明書の取得(2/2) ワンタイムパスワードの入力",
		AcquireHelp:     "入力内容のご説明: certctl help acquiring",
		ContractID:      "契約者ID(利用者番号)",
		ContractHint:    "ご契約先に割り当てられた番号です。",
		ContractMissing: "契約者ID(利用者番号)を入力してください。",
		UserID:          "利用者ID",
		UserHint:        "ご契約先の中での、お客様のIDです。大文字と小文字は区別しません。",
		UserMissing:     "利用者IDを入力してください。",

		Code:         "ワンタイムパスワード",
		CodeFor:      "契約者ID(利用者番号) {contract}、利用者ID {user} の電子証明書を取得します。",
		CodeForNamed: "{name} 様(契約者ID(利用者番号) {contract}、利用者ID {user})の電子証明書を取得します。",
		CodeHint:     "トークンまたはアプリに現在表示されている{digits}桁の数字を入力してください。",
		CodeLength:   "ワンタイムパスワードは{digits}桁で入力してください(現在{typed}桁です)。",
		CodeLetters:  "ワンタイムパスワードは数字だけで入力してください。",

		Factor:       "契約者ID(利用者番号) {contract}、利用者ID {user} の認証方法を選択してください。",
		FactorOTP:    "ワンタイムパスワード(ソフトウェアトークンを今すぐ登録します)",
		FactorLater:  "後で登録する(登録するまで、電子証明書は取得できません)",
		QRCaption:    "認証アプリで、次のQRコードを読み取ってください:",
		QRNarrow:     "QRコードの表示には{columns}桁、{lines}行の画面が必要ですが、この端末では足りません。代わりに、次の内容を認証アプリに入力してください:",
		QRLines:      "QRコードは表示しません。代わりに、次の内容を認証アプリに入力してください:",
		AskBack:      "トークンの確認 ワンタイムパスワードの入力",
		AskBackHint:  "アプリに現在表示されている{digits}桁の数字を入力してください。入力せずにEnterを押すと、確認を省略します。",
		AskBackShort: "アプリの数字(Enterのみで省略)",

		RemoveEntry:     "{name} をウォレットから削除しますか？",
		RemoveEntryNote: "秘密鍵はこのウォレットにしかありません。書き出し(エクスポート)をしていない場合は失われます。",
		RemoveUser:      "契約者ID(利用者番号) {contract} の利用者 {user} の登録を抹消しますか？",
		RemoveUserNote:  "この利用者の電子証明書はすべて失効し、トークンの登録も解除されます。",
		ReissueUser:     "契約者ID(利用者番号) {contract} の利用者 {user} の電子証明書を再発行しますか？",
		ReissueUserNote: "この利用者の有効な電子証明書は、直ちに失効します。",
		Reissue:         "再発行する",
		Remove:          "実行する",
		Keep:            "やめる",

		ExportPassword:    "書き出すファイルのパスワード",
		ExportNote:        "ファイルの取り込み(インポート)のときに入力が必要です。どこにも保存されません。",
		WalletPassword:    "電子証明書のウォレットのパスワード",
		NewWalletPassword: "電子証明書のウォレットの新しいパスワード",
		NewWalletNote:     "この機器に保管する鍵を保護します。お忘れになった場合、再表示や再設定はできません。",
		Password:          "パスワード",
		PasswordAgain:     "パスワード(確認のため、もう一度入力してください)",
		PasswordMissing:   "パスワードを入力してください。",
		PasswordsDiffer:   "2つのパスワードが一致しません。",

		LinesCancel:  "中止するには、Ctrl-Cを押してください。",
		LinesSecret:  "入力した文字は画面に表示されません。",
		LinesSuggest: "入力せずにEnterを押すと、{value} になります。",
		LinesChoice:  "番号",
		LinesNumber:  "1から{count}までの番号を入力してください。",

		KeyNext:   "次へ",
		KeySubmit: "確定",
		KeyBack:   "戻る",
		KeyChoose: "選択",
		KeyCancel: "中止",
	}
}
