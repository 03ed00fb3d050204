package i18n

func japaneseOutput() Output {
	return Output{
		Columns: japaneseColumns(),
		Labels:  japaneseLabels(),
		States: map[string]string{
			"not_issued":           "未発行",
			"issued":               "発行済",
			"active":               "有効",
			"revoked":              "失効",
			"removed":              "登録抹消",
			"acquirable":           "発行済(未取得)",
			"acquire_expired":      "取得期限切れ",
			"renewable":            "更新可能期間",
			"expired_reacquirable": "有効期限切れ(再取得可)",
			"expired_reissue":      "有効期限切れ(要再発行)",
			"signing":              "発行処理中",
			"good":                 "有効",
			"damaged":              "破損",
			"suspended":            "利用中止",
			"reissued":             "失効(再取得可)",
			"ending":               "まもなく期限",
			"expired":              "有効期限切れ",
		},
		Statuses: map[string]string{"active": "有効", "locked": "ロック", "suspended": "利用中止"},
		Roles:    map[string]string{"user": "利用者", "admin": "管理者"},
		Next: map[string]string{
			"none":         "-",
			"acquire":      "利用者: certctl acquire",
			"renew":        "利用者: 期限までに更新",
			"issue":        "certctl user issue",
			"reissue":      "certctl user reissue",
			"resume":       "certctl user resume",
			"otp_register": "certctl otp register",
		},
		Brief: map[string]string{
			"acquirable":           "未取得",
			"acquire_expired":      "取得期限切れ",
			"renewable":            "更新可能",
			"expired_reacquirable": "有効期限切れ",
			"expired_reissue":      "有効期限切れ",
			"reissued":             "再発行済",
			"next_acquire":         "取得",
			"next_renew":           "更新",
			"next_issue":           "発行",
			"next_reissue":         "再発行",
			"next_resume":          "解除",
			"next_otp_register":    "トークン登録",
		},
		Sources: map[string]string{
			"default": "既定値", "locale": "ロケール", "file": "config.yaml", "environment": "環境変数", "flag": "コマンドライン",
		},
		Reasons: map[string]string{"edited": "書き換え", "missing": "欠落", "head": "末尾の不一致"},

		Comma: "、",
		Yes:   "済", No: "未", None: "なし",
		NoContracts: "契約はまだありません。`certctl contract add CONTRACT_ID` で追加してください。",
		NoUsers:     "利用者はまだ登録されていません。`certctl user add` で追加してください。",
		NoEntries:   "ウォレットに電子証明書はありません。`certctl acquire` で取得してください。",

		CAMade:           "発行システムを作成しました。",
		CAMadeNext:       "データベースと封印鍵の控え(バックアップ)を、別々の場所に取ってください。片方だけでは復元できません。\n次の操作:\n  certctl contract add CONTRACT_ID",
		ContractAdded:    "契約者ID(利用者番号) {contract} の契約を追加しました。",
		ContractNext:     "次の操作:\n  certctl user add --contract-id {contract} --user-id USER_ID --otp",
		UserAdded:        "利用者 {user} を追加しました(契約者ID(利用者番号) {contract})。",
		UserAddedNext:    "利用者ご本人に、次のコマンドの実行を依頼してください:\n  certctl acquire --contract-id {contract} --user-id {user}",
		UserNoOTPNext:    "ワンタイムパスワードを登録するまで、利用者は電子証明書を取得できません。次の操作:\n  certctl otp register --contract-id {contract} --user-id {user}",
		UserIssued:       "利用者 {user} の電子証明書を発行しました(契約者ID(利用者番号) {contract})。",
		UserReissued:     "利用者 {user} の電子証明書を再発行しました(契約者ID(利用者番号) {contract})。",
		OldRevoked:       "古い電子証明書は失効しました。",
		UserResumed:      "利用者 {user} のロックまたは利用中止を解除しました(契約者ID(利用者番号) {contract})。誤入力の回数は0に戻りました。",
		UserRemoved:      "利用者 {user} の登録を抹消しました(契約者ID(利用者番号) {contract})。有効な電子証明書があった場合は、失効しました。",
		OTPRegistered:    "利用者 {user} のトークンを登録しました(契約者ID(利用者番号) {contract})。",
		SecretWritten:    "トークンの秘密は {file} に書き込みました。",
		SecretToType:     "トークンの秘密: {secret} (QRコードを読み取れない場合は入力してください)",
		SecretOnce:       "トークンの秘密を表示するのは、今回だけです。認証アプリに入力するか、安全な方法で利用者に渡してください。",
		AuditHolds:       "改変なし",
		AuditChainBroken: "{chain} の操作記録は、{row}行目で改変されています({reason})。",
		AuditOperator:    "運用担当者",
		AuditBlind:       "操作記録の末尾が、末尾の控えとともに切り取られた場合は、この検査では分かりません。控え(バックアップ)と照合してください。",

		Quickstart: japaneseQuickstart(),
		Renewal:    japaneseRenewal(),
		Status:     japaneseStatus(),
		Doctor:     japaneseDoctor(),
		Place:      japanesePlaceOutput(),
		Proxy:      japaneseProxy(),

		MakingKey:       "鍵を作成し、ウォレットに保管しています",
		Sending:         "ワンタイムパスワードと署名要求を送信しています",
		Unconfirmed:     "未確認",
		Drift:           "時刻のずれ {seconds}",
		Acquired:        "電子証明書を取得しました。",
		AcquiredNext:    "内容の確認と、ほかのソフトで使うための書き出しは、次のコマンドで行えます。\n  certctl show {name}\n  certctl export {name} --out FILE",
		AlreadyHere:     "{name} はすでにウォレットにあります。変更は行っていません。",
		PickedUp:        "途中だった取得を完了しました。ワンタイムパスワードは不要でした。",
		Exported:        "電子証明書 {name} とその鍵を {file} に書き出しました。",
		ExportedOpenKey: "{file} の鍵は暗号化されていません。このファイルを読める人は誰でも鍵を使用できます。",
		Removed:         "電子証明書 {name} とその鍵をウォレットから削除しました。",
	}
}

func japaneseColumns() Columns {
	return Columns{
		Contract: "契約者ID\n(利用者番号)", User: "利用者ID", Name: "名前", Status: "利用状況", Slot: "電子証明書", State: "状態",
		Deadline: "期限", Next: "次の操作", Users: "利用者数", Created: "登録日時", NotAfter: "有効期限",
		Wallet: "保管場所", Key: "設定項目", Value: "値", Source: "指定元", Chain: "対象", Rows: "行数", Result: "結果",
	}
}

func japaneseLabels() Labels {
	return Labels{
		Contract: "契約者ID(利用者番号)", User: "利用者ID", Name: "名前", Role: "権限", Status: "利用状況", State: "電子証明書の状態",
		Emails: "メールアドレス", Users: "利用者数", Created: "登録日時", Issued: "発行日時", AcquireBy: "取得期限",
		Deadline: "期限", Next: "次の操作", Token: "トークン", Confirmed: "トークンの確認",
		Secret: "トークンの秘密", URI: "トークンのURI", Serial: "シリアル番号",
		Subject: "サブジェクト", Issuer: "発行者", NotBefore: "有効期間の開始", NotAfter: "有効期限",
		KeyType: "鍵の種類", Fingerprint: "拇印(SHA-256)", Wallet: "保管場所", Backend: "発行システム", Root: "ルート認証局",
		Issuing: "発行認証局", SealedBy: "封印鍵",
		Version: "certctl", Commit: "コミット", Built: "コミット日時", Go: "Go", Platform: "動作環境",
		ConfigFile: "設定ファイル", Database: "データベース", WalletDir: "ウォレット",
	}
}
