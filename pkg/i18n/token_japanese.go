package i18n

func japaneseTokenCommands() TokenCommands {
	return TokenCommands{
		OTP: Group{
			Short: "トークンの登録、交換、時刻補正",
			Long: `トークンは、時刻によるワンタイムパスワード(TOTP、RFC 6238)または回数による
ワンタイムパスワード(HOTP、RFC 4226)を表示します。認証アプリのほか、
シリアル番号のあるハードウェアトークンを、あらかじめ取り込んだトークン在庫から
登録できます。`,
		},
		OTPRegister: Page{
			Short: "トークンのない利用者に、トークンを登録します",
			Long: `トークンのない利用者のトークンを作成するか、--serial で指定したハードウェア
トークンを在庫から登録します。電子証明書が未発行の場合は、電子証明書も
発行します。` + "`certctl user add --help`" + ` にある --otp の説明は、このコマンドにも
当てはまります。利用者確認暗証番号は使用できなくなります。

--expires を指定すると、期限のあるソフトウェアトークンになります。スマートフォンが
修理中の場合などにご利用ください。--type、--digits、--period、--algorithm は、
標準以外の設定が必要なソフト向けです。標準にしか対応していないアプリが多く
あります。--shared を指定すると、同じ契約の複数の利用者が1つのハードウェア
トークンを共用できます。1つのワンタイムパスワードは、全員で1回だけ使用できます。`,
			Example: `  certctl otp register --contract-id 12345678901 --user-id suzuki
  certctl otp register --contract-id 12345678901 --user-id suzuki \
      --secret-out suzuki.json -o json
  certctl otp register --contract-id 12345678901 --user-id sato --serial HW-1001
  certctl otp register --contract-id 12345678901 --user-id sato --expires 24h`,
		},
		OTPReplace: Page{
			Short: "利用者のトークンを、別のトークンに交換します",
			Long: `利用者のトークンの登録解除と、別のトークンの登録を同時に行います。オプションは
` + "`certctl otp register`" + ` と同じです。古いトークンのワンタイムパスワードは
使用できなくなります。古いトークンを紛失した場合は、--lost を指定してください。
電子証明書と誤入力の回数は変わりません。`,
			Example: `  certctl otp replace --contract-id 12345678901 --user-id tanaka
  certctl otp replace --contract-id 12345678901 --user-id tanaka \
      --serial HW-1002 --lost`,
		},
		OTPResync: Page{
			Short: "トークンの時刻や回数のずれを補正します",
			Long: `利用者のトークンに続けて表示された2つのワンタイムパスワードから、ずれを調べて
補正します。補正できるのは、時刻では10分以内、回数では100回以内のずれです。
2つのワンタイムパスワードは使用済みになります。ロックは解除されません。解除は
` + "`certctl user resume`" + ` で行ってください。`,
			Example: `  certctl otp resync --contract-id 12345678901 --user-id tanaka
  printf '123456\n654321\n' | certctl otp resync --contract-id 12345678901 \
      --user-id tanaka --otp-file -`,
		},
		OTPRemove: Page{
			Short: "利用者のトークンの登録を解除します",
			Long: `利用者のトークンの登録を解除します。別のトークンを登録するか、利用者確認暗証番号を
再設定するまで、利用者は電子証明書を取得できません。取得済みの電子証明書は、
引き続きご利用いただけます。ハードウェアトークンは、同じ契約の別の利用者に
登録できます。使用済みのワンタイムパスワードの記録は残ります。

--lost を指定すると、トークンは、共用している利用者も含めて使用できなくなります。
その間にワンタイムパスワードを書き留められたおそれがあるため、見つかった後も
登録できません。`,
			Example: `  certctl otp remove --contract-id 12345678901 --user-id tanaka
  certctl otp remove --contract-id 12345678901 --user-id tanaka --lost`,
		},
		OTPList: Page{
			Short: "トークンを、使用している利用者とともに一覧表示します",
			Long: `利用者のトークンと、在庫のハードウェアトークンを、最後に使用した日時、時刻の
ずれ(秒)、ロック、未確認の別とともに一覧表示します。`,
			Example: `  certctl otp list
  certctl otp list --contract-id 12345678901 -o json`,
		},
		OTPImport: Page{
			Short: "ハードウェアトークンをトークン在庫に取り込みます",
			Long: `ハードウェアトークンに付属するファイルを取り込みます。CSVと、PSKC(RFC 6030)に
対応しています。PSKCは、暗号化されていないもののほか、製造元から受け取った鍵
(--key-file、16進数)またはパスワード(--password-file)で暗号化されたものを
取り込めます。すべてを検査してから書き込みます。同じファイルをもう一度取り込むことも
できます。すでにあるトークンは、使用済みの記録も含めて変わりません。
--contract-id を指定すると、その契約のトークンになります。省略した場合は、どの
契約でも使用できます。

CSVの1行目には、項目の名前を書いてください: serial、secret(base32)または hex。
標準以外のトークンでは、type(totp または hotp)、digits、period、algorithm、
counter も使用できます。PSKCの暗号化された値は、MACが正しい場合にだけ使用します。
certctl の対応していないポリシーのある鍵は、取り込みません。`,
			Example: `  certctl otp import tokens.csv --contract-id 12345678901
  certctl otp import tokens.pskc --key-file transport.hex --dry-run
  certctl otp import tokens.pskc --password-file pw.txt`,
		},
		PIN: Group{
			Short: "トークンのない利用者の利用者確認暗証番号の設定",
			Long: `利用者確認暗証番号は、トークンを持ったことのない利用者のためのものです。トークンを
持つ利用者に、利用者確認暗証番号の入力を求めることはありません。`,
		},
		PINReset: Page{
			Short: "トークンのない利用者の利用者確認暗証番号を再設定します",
			Long: `トークンのない利用者の利用者確認暗証番号を新しく作成します。以前の番号は使用
できなくなります。電子証明書が未発行の場合は、電子証明書も発行します。番号が
表示されるのは一度だけで、後から表示することはできません。--secret-out を
指定すると、ファイルに書き込みます。policy.reveal が uniform の場合と、
acquire_auth が otp_only の場合は、設定できません。`,
			Example: `  certctl pin reset --contract-id 12345678901 --user-id suzuki
  certctl pin reset --contract-id 12345678901 --user-id suzuki \
      --secret-out pin.json`,
		},
	}
}

func japaneseTokenFlags() TokenFlags {
	return TokenFlags{
		TokenSerial:    "シリアル番号が `SERIAL` のハードウェアトークンを、在庫から登録します",
		TokenShared:    "同じ契約の別の利用者が使用しているハードウェアトークンを共用します",
		TokenType:      "ソフトウェアトークンの種類を `TYPE` にします(totp は時刻、hotp は回数による)",
		TokenDigits:    "ワンタイムパスワードの桁数を `DIGITS`(6 または 8)にします",
		TokenPeriod:    "ワンタイムパスワードの表示時間を `TIME`(30s または 60s)にします",
		TokenAlgorithm: "計算に使うハッシュを `HASH`(SHA1、SHA256、SHA512)にします",
		TokenExpires:   "ソフトウェアトークンを、`TIME`(例: 24h)が過ぎたら使用できなくします",
		TokenLost:      "紛失したトークンです。直ちに使用できなくし、以後は誰にも登録できません",
		TokenFilter:    "契約者ID(利用者番号)が `ID` のトークンだけを表示します",
		TwoCodes:       "続けて表示された2つのワンタイムパスワードを、1行に1つ書いた `FILE` から読み取ります。- は標準入力です",
		KeyFile:        "暗号化されたPSKCの鍵(16進数)を `FILE` から読み取ります。- は標準入力です",
		UserPIN:        "トークンの代わりに利用者確認暗証番号を作成し、電子証明書を発行します(取得の許可)",
	}
}

func japaneseTokenPrompt() TokenPrompt {
	return TokenPrompt{
		FactorPIN:    "利用者確認暗証番号(トークンを使わず、番号を今すぐ作成します)",
		AskBackHint:  "トークンに現在表示されている{digits}桁の数字を入力してください。入力せずにEnterを押すと、確認を省略します。",
		AskBackShort: "トークンの数字(Enterのみで省略)",

		AcquirePIN: "電子証明書の取得(2/2) 利用者確認暗証番号の入力",
		PIN:        "利用者確認暗証番号",
		PINHint:    "管理者から受け取った、6文字以上12文字以内の英数字を入力してください。",
		PINMissing: "利用者確認暗証番号を入力してください。",

		Remove:     "契約者ID(利用者番号) {contract} の利用者 {user} のトークンの登録を解除しますか？",
		RemoveNote: "別のトークンを登録するまで、利用者は電子証明書を取得できません。",

		Resync:     "契約者ID(利用者番号) {contract} の利用者 {user} のトークンの時刻補正",
		ResyncHint: "トークンに現在表示されている{digits}桁の数字と、次に表示される数字を入力してください。",
		FirstCode:  "1回目の数字",
		NextCode:   "2回目の数字",
	}
}

func japaneseTokenOutput() TokenOutput {
	return TokenOutput{
		ColumnSerial: "シリアル番号", ColumnUsers: "利用者ID", ColumnLastUsed: "最終使用日時", ColumnNote: "備考",
		LabelSerial: "トークンのシリアル番号", LabelPIN: "利用者確認暗証番号", LabelExpires: "トークンの有効期限",
		Software: "(アプリ)", Free: "(未使用)", Inventory: "未定(どの契約でも使用可)",
		Unconfirmed: "未確認", Locked: "ロック", Drifts: "時刻のずれ {seconds}秒", Ends: "{time} まで", Ended: "{time} に終了",

		Replaced:     "利用者 {user} のトークンを交換しました(契約者ID(利用者番号) {contract})。古いトークンのワンタイムパスワードは使用できません。",
		Removed:      "利用者 {user} のトークンの登録を解除しました(契約者ID(利用者番号) {contract})。",
		LostEnded:    "紛失したトークンは使用できなくなりました。誰にも登録できません。",
		Resynced:     "利用者 {user} のトークンのずれを補正しました(契約者ID(利用者番号) {contract})。2つのワンタイムパスワードは使用済みです。",
		PINSet:       "利用者 {user} の利用者確認暗証番号を設定しました(契約者ID(利用者番号) {contract})。",
		PINOnce:      "利用者確認暗証番号を表示するのは、今回だけです。安全な方法で利用者に渡してください。",
		PINWritten:   "利用者確認暗証番号は {file} に書き込みました。",
		HasPIN:       "なし(利用者確認暗証番号を使用)",
		NoTokens:     "トークンはまだありません。`certctl otp register` で利用者のトークンを作成するか、`certctl otp import` でハードウェアトークンを取り込んでください。",
		Imported:     "{count}個のうち{added}個のトークンを新たに在庫に追加しました。登録済のトークンは変更していません。",
		ImportDry:    "ファイルに誤りはありません(トークン{count}個)。書き込みは行っていません。",
		NotTwoCodes:  "--otp-file の内容は、2つのワンタイムパスワードではありません。",
		TwoCodesHint: "--otp-file に、2つを1行に1つずつ書いて指定してください。",

		Faults: map[string]string{
			"format":      "項目の名前のあるCSVでも、PSKCでもありません",
			"columns":     "項目の名前に誤りがあるか、serial または secret の項目がありません",
			"fields":      "項目の数が合いません",
			"serial":      "シリアル番号がないか、正しくありません",
			"twice":       "シリアル番号が重複しています",
			"secret":      "秘密がないか、16バイト以上128バイト以内の正しい値ではありません",
			"parameters":  "種類、桁数、表示時間、ハッシュのいずれかが正しくありません",
			"counter":     "カウンターが0以上の整数ではありません",
			"policy":      "対応していないポリシーか、ワンタイムパスワード用ではないポリシーのため、取り込めません",
			"mac":         "MACが正しくありません。鍵が違うか、ファイルが変更されています",
			"no_mac":      "秘密は暗号化されていますが、MACがないため使用できません",
			"no_key":      "暗号化されています。鍵を --key-file で、またはパスワードを --password-file で指定してください",
			"key":         "鍵が、16、24、32バイトの16進数ではありません",
			"unsupported": "対応していない方法で暗号化されています",
			"too_big":     "大きすぎます",
			"doctype":     "PSKCには不要な文書型定義(DOCTYPE)があります",
			"empty":       "トークンがありません",
		},
		FaultLine:        "{line}行目: {fault}。",
		FaultFile:        "ファイル: {fault}。",
		FaultKey:         "トークン {serial}: {fault}。",
		BadInventory:     "ファイル {file} を取り込めません({count}件):",
		BadInventoryHint: "書き込みは行っていません。ファイルを修正するか、トークンの製造元に別のファイルを依頼してください。",
		MoreFaults:       "ほかに{count}件あります。",
	}
}
