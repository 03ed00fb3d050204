package i18n

func japaneseQuickstart() Quickstart {
	return Quickstart{
		Name: "田中 花子",
		Made: `お試し用の環境を {dir} に作成しました。
認証局、契約(契約者ID(利用者番号) {contract})、利用者 {user} と
そのワンタイムパスワードです。作成の手順は、` + "`ca init`" + `、` + "`contract add`" + `、
` + "`user add --otp`" + ` と同じです。
`,
		Keyring: "鍵は、この機器のキーリングに保管します。",
		NoKeyring: `{cause}
そのため、鍵はファイルに保管します。このファイルを読めるのはご自身だけですが、暗号化はされません。`,
		Answers:     "{why}、2つの画面には quickstart が自動で入力します。",
		CodeNow:     "トークンには現在 {code} が表示されています。あと{seconds}秒で次の表示に変わります。",
		Done:        "電子証明書の取得はこれで完了です。実際の環境の作り方は、READMEをご覧ください。",
		Look:        "取得した電子証明書の確認: {command}",
		RemoveAll:   "次のコマンドで、キーリングに保管したものも含め、すべて削除できます。\n\n  {command}",
		RemoveFiles: "次のコマンドで、すべて削除できます。\n\n  {command}",
		OwnDir:      "quickstart は専用のディレクトリだけを使います。{setting} は指定できません。",
		OwnDirHint:  "指定を外してください。ディレクトリは --dir で指定できます。",
		NoTemp:      "一時ディレクトリを {dir} に作成できません。",
		NoTempHint:  "TMPDIR に実在するディレクトリを設定するか、--dir で指定してください。",
		Undone:      "quickstart が作成したものは、すべて削除しました。",
		Left:        "quickstart が途中まで作成したものは、{dir} にあります。",
		WantEmpty:   "ディレクトリ {dir} は空ではありません。",
		EmptyHint:   "まだないディレクトリを指定するか、--dir を省略してください。",
	}
}
