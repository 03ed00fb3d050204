package i18n

func japaneseTokenCodes() map[string]Problem {
	return map[string]Problem{
		"otp_expired": {
			"このトークンは、有効期限切れか紛失のため使用できません。",
			"管理者に `certctl otp replace` によるトークンの交換を依頼してください。",
		},
		"pin_wrong": {
			"利用者確認暗証番号が正しくありません。",
			"受け取ったとおりに入力してください。大文字と小文字は区別します。お忘れの場合は、管理者に `certctl pin reset` による再設定を依頼してください。",
		},
		"pin_refused": {
			"この利用者には、利用者確認暗証番号を設定できません。",
			"`certctl otp register` でトークンを登録してください。",
		},
	}
}

func japaneseTokenThings() map[string]string {
	return map[string]string{
		"serial":  "ハードウェアトークン",
		"pin":     "利用者確認暗証番号",
		"expires": "トークンの有効期限",
	}
}

func japaneseTokenHints() map[string]string {
	return map[string]string{
		"otp_wrong software_token":   "アプリに追加した新しいトークンの、現在の表示を入力してください。同じ名前の古い項目は、別のトークンです。それでも正しくない場合は、スマートフォンやパソコンの時計を自動設定にするか、入力を省略してください。省略しても、利用者が最初に正しく入力したときに確認されます。",
		"otp_drifted software_token": "ワンタイムパスワードを表示するスマートフォンやパソコンの時計を自動設定にして、次の表示を入力してください。",
		"otp_wrong hardware_token":   "トークンのシリアル番号を確認し、現在の表示を入力してください。それでも正しくない場合は、入力を省略して登録した後、`certctl otp resync` でずれを補正してください。",
		"otp_drifted hardware_token": "入力を省略して登録した後、`certctl otp resync` でずれを補正してください。",

		"exists token":       "トークンは利用者ごとに1つです。交換は `certctl otp replace` で行えます。",
		"exists serial":      "別の利用者が使用しているか、別の秘密または別の契約で取り込まれています。`certctl otp list` で確認してください。同じ契約の複数の利用者で共用する場合は、--shared を指定してください。",
		"not_found serial":   "契約のハードウェアトークンと、未使用のものは、`certctl otp list` で確認してください。新しいものは `certctl otp import` で取り込めます。",
		"otp_expired serial": "別のトークンを使用してください。未使用のトークンは `certctl otp list` で確認できます。",
		"usage serial":       "シリアル番号は64文字以内の英数字と記号(. _ : / -)です。1つのファイルに同じ番号を2回書くことはできません。",
		"usage pin":          "利用者確認暗証番号は6文字以上12文字以内の英数字です。",
		"usage expires":      "過去の時刻です。--expires 24h のように、現在からの長さで指定してください。",
		"usage otp":          "トークンは、6桁または8桁、30秒、60秒またはカウンター、SHA1、SHA256またはSHA512、16バイト以上128バイト以内の秘密にしてください。",
		"pin_refused token":  "トークンを持つ利用者には、利用者確認暗証番号の入力を求めません。トークンの登録を解除した後(`certctl otp remove`)に限り、設定できます。",
		"pin_refused policy": "この発行システムでは、全員にワンタイムパスワードが必要です(acquire_auth が otp_only、または policy.reveal が uniform)。" +
			"`certctl otp register` でトークンを登録してください。",
	}
}
