package i18n

func japaneseNotifyCommands() NotifyCommands {
	return NotifyCommands{
		Notify: Group{
			Short: "期限の近い利用者と管理者に、メールでお知らせします",
			Long:  `電子証明書の有効期限切れに、ログインのときに初めて気付くことがないようにします。`,
		},
		NotifyRun: Page{
			Short: "送信の時期になったお知らせメールを送信します",
			Long: `電子証明書の有効期限の30日前と10日前、および取得期限の30日前と10日前に
メールを送信します。利用者にはそれぞれに、管理者にはご契約先の利用者を
まとめて1通で送信します。何回実行しても、何台で実行しても、同じお知らせを
送信するのは1回だけです。1日1回実行してください。

メールは、config.yaml の smtp.host のサーバーに、smtp.from の差出人で送信
します。smtp.port、smtp.security(starttls、tls、none)、smtp.username、
smtp.password_file も設定できます。メールの言語は、certctl の表示と同じです。
メールアドレスのない利用者は一覧に表示し、送信しません。

--exec を指定すると、メールを1通ずつ、sendmail が受け取る形で、コマンドの標準入力に
渡します。メール以外の方法で知らせるコマンドのために、環境変数 CERTCTL_NOTICE_TO、
CERTCTL_NOTICE_SUBJECT、CERTCTL_NOTICE_CONTRACT_ID、CERTCTL_NOTICE_COUNT と、
CERTCTL_NOTICE_AUDIENCE(` + "`user` または `admins`" + `)を設定します。利用者あての場合は、
CERTCTL_NOTICE_USER_ID、CERTCTL_NOTICE_DEADLINE と、
CERTCTL_NOTICE_KIND(` + "`expiry` または `acquisition`" + `)も設定します。終了コードが
0以外の場合は、送信しなかったものとします。

送信しなかったものは、次の実行のときに送信します。送信中に強制終了された場合は、
1時間後以降に、もう一度送信されることがあります。`,
			Example: `  certctl notify run --dry-run
  certctl notify run
  certctl notify run --exec sendmail -- -t -i
  certctl --lang ja notify run -o json`,
		},
	}
}

func japaneseNotify() Notify {
	return Notify{
		ColumnTo:      "宛先",
		ColumnOutcome: "結果",
		ColumnSubject: "内容",
		Kinds: map[string]string{
			"expiry":      "電子証明書の有効期限",
			"acquisition": "電子証明書の取得期限",
		},
		Outcomes: map[string]string{
			"due":        "未送信",
			"sent":       "送信済",
			"failed":     "送信失敗",
			"no_address": "宛先なし",
			"elsewhere":  "別の実行で送信",
		},
		Exec:        "メールをサーバーに送信せず、1通ずつ `PROGRAM` に、-- の後ろの引数を付けて渡します",
		WantTimeout: "30m 以下",
		ExecHint:    "--exec のコマンドが、0以外の終了コードで終了しました。コマンドの出力を確認してください。",
		NothingDue:  "送信するお知らせはありません。",
		Unsent:      "{count}通のメールを送信できませんでした。次の実行のときに、もう一度送信します。",
		DryRun:      "メールは送信していません。送信の対象は次のとおりです。",
		NoServer: Problem{
			Message: "メールを送信するサーバーが設定されていません。",
			Hint:    "config.yaml の smtp.host と smtp.from、または CERTCTL_SMTP_HOST と CERTCTL_SMTP_FROM を設定してください。送信の対象は `certctl notify run --dry-run` で確認できます。",
		},
		Expiry: Mail{
			Subject: "電子証明書 更新のご案内(有効期限 {deadline})",
			Text: `{name} 様

お使いの電子証明書の有効期限が近づいています。

  契約者ID(利用者番号): {contract}
  利用者ID:             {user}
  有効期限:             {deadline}

有効期限までに、電子証明書を保存している機器で、次のコマンドを実行して更新して
ください。

  certctl renew

更新にワンタイムパスワードは必要ありません。更新できない場合は、管理者に
お問い合わせください。
`,
		},
		Acquisition: Mail{
			Subject: "電子証明書 取得のご案内(取得期限 {deadline})",
			Text: `{name} 様

電子証明書が発行されていますが、まだ取得されていません。

  契約者ID(利用者番号): {contract}
  利用者ID:             {user}
  取得期限:             {deadline}

お手元にワンタイムパスワードをご用意のうえ、電子証明書を保存する機器で、次の
コマンドを実行して取得してください。

  certctl acquire

取得期限を過ぎると、管理者による再発行が必要になります。
`,
		},
		Admins: Mail{
			Subject: "電子証明書 期限のお知らせ(契約者ID(利用者番号) {contract}、{count}件)",
			Text: `管理者 様

契約者ID(利用者番号) {contract} の次の利用者は、電子証明書の有効期限または
取得期限が近づいています。

{list}
メールアドレスが登録されている利用者には、お知らせ済みです。それ以外の利用者には、
管理者からお知らせください。すべての利用者の状態は、次のコマンドで確認できます。

  certctl user list --contract-id {contract}
`,
		},
		AdminsRow: "  利用者ID {user}  {kind}: {deadline}  {name}\n",
		WithName:  "{name} 様",
		NoName:    "利用者ID {user}",
	}
}
