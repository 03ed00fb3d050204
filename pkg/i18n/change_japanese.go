package i18n

func japaneseChangeCommands() ChangeCommands {
	return ChangeCommands{
		UserSet: Page{
			Short: "利用者の氏名、メールアドレス、権限を変更します",
			Long: `指定した項目だけを変更します。新しい氏名は、次に取得または更新する電子証明書に
記載されます。--email を指定すると、メールアドレスがすべて置き換わります。空の
値を指定すると、メールアドレスはなくなります。

操作できる最後の管理者は、--force を指定しないかぎり、利用者に変更できません。`,
			Example: `  certctl user set --contract-id 12345678901 --user-id tanaka --name '田中 花子'
  certctl user set --contract-id 12345678901 --user-id tanaka --role admin`,
		},
		UserRevoke: Page{
			Short: "パソコンの紛失などのときに、利用者の電子証明書を失効させます",
			Long: `利用者の有効期限内の電子証明書を、直ちにすべて失効させます。未取得の発行も
取り消します。再び取得できるようにするには、certctl user reissue を実行して
ください。失効は、次の失効リスト(certctl ca crl)で接続先に伝わります。

失効後に秘密鍵が他人に知られたと分かった場合は、--reason key_compromise を付けて
もう一度実行すると、有効期限内の失効済の電子証明書の失効理由を変更できます。
certctl user reissue で失効したものも含みます。`,
			Example: `  certctl user revoke --contract-id 12345678901 --user-id tanaka
  certctl user reissue --contract-id 12345678901 --user-id tanaka`,
		},
		UserSuspend: Page{
			Short: "certctl user resume を実行するまで、利用者を利用中止にします",
			Long: `利用中止の利用者は、電子証明書の取得も更新もできません。電子証明書は有効なまま
で、期限も延びません。失効させるには、certctl user revoke を実行してください。

操作できる最後の管理者は、--force を指定しないかぎり、利用中止にできません。`,
			Example: `  certctl user suspend --contract-id 12345678901 --user-id tanaka`,
		},
		ContractSet: Page{
			Short:   "ご契約先の名称を変更します",
			Long:    `ご契約先の名称を変更します。利用者と電子証明書は変わりません。`,
			Example: `  certctl contract set 12345678901 --name Example`,
		},
		ContractSuspend: Page{
			Short: "契約を、すべての利用者とともに利用中止にします",
			Long: `利用中止の契約の利用者は、電子証明書の取得も更新もできません。電子証明書は有効な
ままで、期限も延びません。`,
			Example: `  certctl contract suspend 12345678901`,
		},
		ContractResume: Page{
			Short:   "契約の利用中止を解除します",
			Long:    `契約の利用中止を解除します。個別に利用中止にした利用者は、利用中止のままです。`,
			Example: `  certctl contract resume 12345678901`,
		},
	}
}

func japaneseChangeFlags() ChangeFlags {
	return ChangeFlags{
		Why:       "操作の理由を `TEXT` とし、操作記録に残します",
		Role:      "利用者の権限を `ROLE` にします(上の例を参照)",
		LastAdmin: "操作できる管理者がいなくなる場合も実行します",
		AsIf:      "実行せずに、実行した後の状態を表示します",
		NewEmail:  "利用者のメールアドレスをすべて `ADDRESS` に置き換えます。複数回指定できます",
	}
}

func japaneseChange() Change {
	return Change{
		UserSet:                  "利用者 {user} の登録内容を変更しました(契約者ID(利用者番号) {contract})。",
		UserRevoked:              "利用者 {user} の電子証明書を失効させました(契約者ID(利用者番号) {contract})。",
		UserRevokedNext:          "再び取得できるようにするには、次のコマンドを実行してください。\n  certctl user reissue --contract-id {contract} --user-id {user}",
		UserSuspended:            "利用者 {user} を利用中止にしました(契約者ID(利用者番号) {contract})。",
		UserRevokedAlready:       "利用者 {user} の電子証明書はすでに失効しています(契約者ID(利用者番号) {contract})。何も変更していません。",
		UserSuspendedAlready:     "利用者 {user} はすでに利用中止になっています(契約者ID(利用者番号) {contract})。何も変更していません。",
		ContractSuspendedAlready: "契約者ID(利用者番号) {contract} の契約はすでに利用中止になっています。何も変更していません。",
		ContractActiveAlready:    "契約者ID(利用者番号) {contract} の契約は利用中止になっていません。何も変更していません。",
		ContractSet:              "契約者ID(利用者番号) {contract} の名称を変更しました。",
		ContractSuspended:        "契約者ID(利用者番号) {contract} の契約を、すべての利用者とともに利用中止にしました。",
		ContractResumed:          "契約者ID(利用者番号) {contract} の契約の利用中止を解除しました。",
		AsIf:                     "何も変更していません。実行すると、次のようになります。",
		RevokeUser:               "契約者ID(利用者番号) {contract} の利用者 {user} の電子証明書を失効させますか？",
		RevokeUserNote:           "失効は取り消せません。",
		SuspendContract:          "契約者ID(利用者番号) {contract} の契約を、すべての利用者とともに利用中止にしますか？",
		SuspendContractNote:      "解除するまで、どの利用者も電子証明書の取得と更新ができません。",
		SuspendYes:               "利用中止にする",
	}
}

func japaneseChangeCodes() map[string]Problem {
	return map[string]Problem{
		"last_admin": {
			"この利用者は、この契約で操作できる最後の管理者です。",
			"先に `certctl user set --role admin` でほかの利用者を管理者にしてください。運用担当者は --force を指定すると実行できます。",
		},
		"forbidden": {
			"この契約の管理者には許可されていない操作です。",
			"管理者が操作できるのは、自身が有効な間、自身の契約の利用者とトークンだけです。それ以外は運用担当者に依頼してください。",
		},
	}
}

func japaneseChangeThings() map[string]string { return map[string]string{"why": "操作の理由"} }

func japaneseChangeHints() map[string]string {
	return map[string]string{
		"usage why":             "操作の理由は200文字以内です。改行などの制御文字は使用できません。",
		"suspended contract_id": "契約の利用中止は `certctl contract resume` で解除できます。利用中止の間は電子証明書を取得できず、取得期限だけが近づきます。",
	}
}
