package i18n

func japaneseRenewCodes() map[string]Problem {
	return map[string]Problem{
		"expired": {
			"電子証明書の有効期限が切れています。",
			"`certctl acquire` を実行し、ワンタイムパスワードで再取得してください。",
		},
		"revoked": {
			"電子証明書は失効しています。",
			"管理者に `certctl user reissue` による再発行を依頼し、再発行の後に `certctl acquire` で取得してください。",
		},
		"foreign": {
			"この発行システムが発行した電子証明書ではありません。",
			"発行者は `certctl show NAME` で確認できます。電子証明書を発行した発行システムのディレクトリを --home で指定してください。",
		},
		"not_due": {
			"まだ更新できる期間ではありません。",
			"今は何もする必要はありません。更新可能期間の前に更新するには、`certctl renew --force` を実行してください。",
		},
		"bad_request": {
			"署名付きの要求が正しくありません。",
			"もう一度実行してください。それでも解決しない場合は、ウォレットの電子証明書と鍵が一致していません。管理者に再発行を依頼してください。",
		},
		"nonce_spent": {
			"署名付きの要求が二度届いたか、届くのが遅すぎました。",
			"もう一度実行してください。",
		},
		"replace_denied": {
			"この発行システムのポリシーでは、有効な電子証明書を置き換えることはできません。",
			"鍵を失った場合は、管理者に `certctl user reissue` による再発行を依頼してください。古い電子証明書は失効し、新しい電子証明書を取得できるようになります。",
		},
		"already_renewed": {
			"電子証明書は更新済みです。",
			"新しい電子証明書は、更新を行ったウォレットにあります。そのウォレットか、写した先の機器をお確かめください。失われている場合は、管理者に `certctl user reissue` による再発行を依頼してください。",
		},
		"hook_failed": {
			"電子証明書は更新されましたが、後処理コマンドが失敗しました。",
			"後処理コマンドだけを、手動で実行してください。もう一度更新する必要はありません。",
		},
	}
}

func japaneseRenew(c *Commands) {
	c.Renew = Page{
		Short: "有効期限の近い電子証明書を更新します",
		Long: `ウォレットの電子証明書のうち、更新の時期が来たものを更新します。既定では、
ポリシーで更新が認められる、有効期限の30日前からです。ワンタイムパスワードは
不要です。現在の鍵で要求に署名し、次の電子証明書には新しい鍵を作成します。
旧証明書とその鍵は、14日間またはその有効期限までウォレットに残り、引き続き
使用できます。その後の実行時に削除します。途中で中断した更新は、次の実行で
続きから行います。

NAME も --all も指定しない場合は、ウォレットにただ一つある電子証明書を更新
します。更新の時期が来たものがなければ終了コードは0で、鍵も発行システムも
開きません。--check を指定すると、更新は行わず、終了コードで結果をお知らせ
します。10は更新が必要、4は更新できない電子証明書あり、0はどちらでもない
場合です。複数の場合の終了コードは、1、6、4、5、3、7の順で最も重いものです。
それぞれの結果はJSONに含まれます。

--exec を指定すると、更新のたびに後処理コマンドを実行します。引数は -- の後ろに
そのまま指定してください。シェルは介しません。環境変数 CERTCTL_NAME、
CERTCTL_CONTRACT_ID、CERTCTL_USER_ID、CERTCTL_SERIAL、CERTCTL_OLD_SERIAL、
CERTCTL_NOT_AFTER、CERTCTL_FINGERPRINT_SHA256 と、標準入力のJSONで、
電子証明書の内容を渡します。後処理コマンドの出力は標準エラー出力に表示します。
失敗した場合や --exec-timeout を過ぎた場合も更新は完了しており、終了コードは
7になります。`,
		Example: `  certctl renew
  certctl renew tanaka --within 60d
  certctl renew --all --no-input -o json
  certctl renew --all --exec ./deploy.sh
  certctl renew --all --exec systemctl -- reload nginx
  certctl renew --all --check`,
	}
	c.Revoke = Page{
		Short: "ご自身の電子証明書を失効させます",
		Long: `ウォレットの電子証明書を、その鍵で署名した要求によって失効させます。元に戻す
ことはできません。更新前の旧証明書も同時に失効します。失効した電子証明書は、
` + "`certctl remove`" + ` で削除するまで、失効の記録とともにウォレットに残ります。
鍵を失った場合は、管理者に ` + "`certctl user reissue`" + ` を依頼してください。

--reason には、unspecified(指定なし)、key_compromise(鍵が他人に知られた
おそれ)、affiliation_changed(所属の変更)、superseded(置き換え)、
cessation_of_operation(利用の終了)のいずれかを指定します。RFC 5280 の
keyCompromise のような書き方も使用できます。`,
		Example: `  certctl revoke tanaka --reason key_compromise
  certctl revoke 12345678901-tanaka --no-input -o json`,
	}
}

func japaneseRenewFlags() RenewFlags {
	return RenewFlags{
		RenewAll:     "ウォレットのすべての電子証明書を対象にします",
		Within:       "ポリシーにかかわらず、有効期限まで `TIME`(例: 30d)以内のものを更新します",
		RenewForce:   "更新の時期にかかわらず、すぐに更新します",
		AllowEmpty:   "ウォレットが空でもエラーにしません",
		Exec:         "更新のたびに `PROGRAM` を、-- の後ろの引数を付けて実行します",
		ExecTimeout:  "--exec のコマンドを、`TIME` が過ぎたら強制終了します",
		RevokeReason: "失効の理由を `REASON` にします(RFC 5280)",
		Replace:      "有効な電子証明書を失効させ、新しいものに置き換えます(policy.replace が allow の場合)",
	}
}

func japaneseRenewal() Renewal {
	return Renewal{
		Results: map[string]string{
			"renewed": "更新済", "not_due": "更新不要", "due": "更新が必要", "failed": "失敗", "not_renewable": "更新できません",
		},
		ColumnFrom:  "更新の時期",
		Doing:       "{name} を更新しています",
		Renewed:     "電子証明書 {name} を更新しました。旧証明書も、移行期間中は引き続き使用できます。",
		Interrupted: "更新済みの電子証明書は保管されています。もう一度 `certctl renew` を実行すると、続きから更新します。",
		Swept:       "移行期間が終わったため、{name} の旧証明書(シリアル番号 {serial})をウォレットから削除しました。",
		NotSwept:    "{name} の旧証明書をウォレットから削除できませんでした。次の実行時にもう一度削除します。",

		HookCut:      "(出力の残り {count} バイトは省略しました。)",
		HookTimedOut: "コマンド {program} は、{time} を過ぎても終わらないため強制終了しました。",
		HookExited:   "コマンド {program} の終了コードは {code} でした。",

		Revoked:     "電子証明書 {name} は {time} に失効しました({reason})。",
		RevokedNext: "新しい電子証明書が必要な場合は、管理者が次のコマンドを実行します:\n  certctl user reissue --contract-id {contract} --user-id {user}\nウォレットの記録は、次のコマンドで削除できます:\n  certctl remove {name}",
		RemoveLive:  "電子証明書 {name} は {time} まで有効です。ウォレットから削除しても失効しません。失効させる場合は、鍵があるうちに、先に `certctl revoke {name}` を実行してください。",
	}
}

func japaneseRenewErrors() RenewErrors {
	return RenewErrors{
		Empty: Problem{
			"ウォレット({wallet})が空のため、更新する電子証明書がありません。",
			"`certctl acquire` で電子証明書を取得するか、正しいウォレットを --wallet で指定してください。--allow-empty を指定すると、エラーになりません。",
		},
		Several:      "ウォレットに複数の電子証明書があります: {names}",
		SeveralHint:  "更新する電子証明書の名前か、--all を指定してください。",
		NoHook:       "--exec のコマンド {program} が見つかりません。",
		NoHookHint:   "名前と、実行の許可があることを確認してください。",
		HookNotSplit: "コマンドは空白では区切られません。--exec にはコマンドだけを、引数は -- の後ろに指定してください。例: --exec {program} -- {arguments}",
	}
}
