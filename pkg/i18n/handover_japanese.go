package i18n

func japaneseHandoverPage() Page {
	return Page{
		Short: "新しい利用者にお渡しする、取得のご案内を作成します",
		Long: `利用者にお渡しする1枚のご案内を作成します。ID、取得期限、手順を記載します。
秘密の情報は記載しません。ワンタイムパスワードは、利用者のトークンに表示され
ます。--html を指定すると、印刷に適したページを作成します。`,
		Example: `  certctl user handover --contract-id 12345678901 --user-id tanaka
  certctl user handover --contract-id 12345678901 --user-id tanaka --html
  certctl --lang ja user handover --contract-id 12345678901 --user-id tanaka`,
	}
}

func japaneseHandover() Handover {
	return Handover{
		Title:     "電子証明書 取得のご案内",
		Greeting:  "{name} 様",
		Intro:     "お客様の電子証明書が発行されました。{deadline} までに取得してください。",
		AcquireBy: "取得期限",
		Steps:     "手順",
		Ready:     "お手元にワンタイムパスワードをご用意ください。管理者がお客様用に登録した認証アプリまたはトークンに表示されます。",
		Acquire:   "電子証明書を使用する機器で、次のコマンドを実行し、上記の2つのIDを入力してください。",
		Code:      "2つ目の画面で、そのときトークンに表示されているワンタイムパスワードを入力してください。同じワンタイムパスワードは、一度しか使用できません。",
		ReadyPIN:  "管理者がこの案内とは別にお渡しする、利用者確認暗証番号をご用意ください。",
		CodePIN:   "次の画面で、利用者確認暗証番号を入力してください。大文字と小文字は区別します。",
		Check:     "取得した電子証明書と有効期限を確認してください。",
		Renew:     "有効期限までに、同じ機器で更新してください。更新にワンタイムパスワードは必要ありません。",
		Notes: []string{
			"秘密鍵はお客様の機器で作成し、外に出ることはありません。秘密鍵をお尋ねすることもありません。",
			"途中で失敗しても、失われるものはありません。同じコマンドをもう一度実行してください。",
			"ワンタイムパスワードを一定回数誤入力すると、取得がロックされます。管理者がロックを解除できます。",
			"画面の表示の意味は、certctl help acquiring でご確認いただけます。",
		},
		Written: "利用者 {user}(契約者ID(利用者番号) {contract})のご案内を {file} に作成しました。",
	}
}
