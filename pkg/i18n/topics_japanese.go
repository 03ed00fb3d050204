package i18n

func japaneseTopics() Topics {
	return Topics{
		Acquiring:   japaneseAcquiring(),
		Environment: japaneseEnvironment(),
		ExitCodes: Topic{
			Short: "終了コードとエラーのコードの意味",
			Long: `終了コードは、コマンドがどのように終わったかを表します。-o json を
指定すると、エラーは {"error": {"code", "message", "hint"}} の形で標準出力に
出力されます。code の値は変わりません。`,
		},
		Scripting: japaneseScripting(),
		Security:  japaneseSecurity(),
		Settings: map[string]string{
			"home":                    "ディスクに保存するものをすべて置くディレクトリ",
			"output":                  "table、json、jsonl のいずれか",
			"no_input":                "true: 入力を求めない",
			"no_color":                "true: 色を使わない",
			"accessible":              "true: 画面読み上げソフト向けに、1行ずつ入力する",
			"verbose":                 "true: すべてのエラーについて、原因も表示する",
			"timeout":                 "待ち時間の上限。0s は無制限",
			"lang":                    "表示する言語(en または ja)。指定がなければロケール(LC_ALL、LC_MESSAGES、LANG)に従う",
			"store":                   "発行システムの記録の場所(sqlite または postgres:// で始まるURL)",
			"sealed_by":               "発行システムの封印鍵の場所(keyring または file:PATH)",
			"wallet":                  "鍵の保管場所(keyring または file:DIR)",
			"wallet_password_file":    "ファイルのウォレットのパスワードを書いたファイル、または none",
			"acquire_auth":            "by_user はトークン、なければ利用者確認暗証番号。otp_only はトークンのみ",
			"policy.acquire_within":   "発行から取得期限までの長さ",
			"policy.validity":         "電子証明書の有効期間の長さ",
			"policy.renew_from":       "更新可能期間の長さ(有効期限まで)",
			"policy.reacquire_within": "再取得できる期間の長さ(有効期限から)",
			"policy.user_attempts":    "利用者をロックするまでの、連続した誤入力の回数",
			"policy.token_attempts":   "トークンをロックするまでの、連続した誤入力の回数",
			"policy.session":          "IDの入力からワンタイムパスワードの入力までの制限時間",
			"policy.overlap":          "更新後も旧証明書が有効な移行期間の長さ",
			"policy.replace":          "allow: 有効な電子証明書を、ワンタイムパスワードで置き換えられる。deny: 置き換えられない",
			"policy.reveal":           "frank: 拒否の理由を表示する。uniform: 表示しない",
			"policy.key_types":        "使用できる鍵の種類。先頭のものを優先",
			"smtp.host":               "certctl notify run が使用するメールサーバー",
			"smtp.port":               "そのポート番号(587。tlsでは465、noneでは25)",
			"smtp.security":           "starttls、tls、またはパスワードなしのnone",
			"smtp.username":           "メールサーバーにログインする名前",
			"smtp.password_file":      "そのパスワードが入ったファイル",
			"smtp.from":               "差出人のメールアドレス",
		},
		Variables: map[string]string{
			"CERTCTL_CONTRACT_ID":        "acquire: 契約者ID(利用者番号)(--contract-id)",
			"CERTCTL_USER_ID":            "acquire: 利用者ID(--user-id)",
			"CERTCTL_OTP":                "acquire: ワンタイムパスワードまたは利用者確認暗証番号(--otp-file はファイルで指定)",
			"CERTCTL_PASSWORD_FILE":      "export、import: PKCS#12のパスワードのファイル(--password-file)",
			"CERTCTL_ROOT_PASSWORD_FILE": "certctl ca init、certctl ca rotate: ルート認証局の鍵のパスワードのファイル(--root-password-file)",
			"CERTCTL_PASSPHRASE_FILE":    "certctl ca backup、certctl ca restore: 控えのパスフレーズのファイル(--passphrase-file)",
			"CERTCTL_NSS_PASSWORD_FILE":  "install: ブラウザーのマスターパスワードのファイル(--nss-password-file)",
			"CI":                         "値があれば、入力を求めない",
			"NO_COLOR":                   "値があれば、色を使わない",
		},
		SettingsHeading:  "設定項目(config.yaml のキー、オプション、環境変数)",
		VariablesHeading: "その他の環境変数",
		ExitsHeading:     "終了コード",
		CodesHeading:     "エラーのコード",
	}
}

func japaneseAcquiring() Topic {
	return Topic{
		Short: "電子証明書の取得の流れと、困ったときの対応",
		Long: `取得の前に、管理者による利用者の追加(` + "`certctl user add`" + `)と
ワンタイムパスワードの登録が必要です。契約者ID(利用者番号)と利用者IDは、
管理者にご確認ください。契約者ID(利用者番号)は11桁の数字です。
スマートフォンの認証アプリまたはトークンには、6桁のワンタイムパスワードが
30秒ごとに表示されます。

  1. ` + "`certctl acquire`" + ` を実行し、契約者ID(利用者番号)と利用者IDを入力します。
  2. certctl が、この機器で鍵を作成し、ウォレットに保管します。
  3. トークンに表示されているワンタイムパスワードを入力します。
  4. 電子証明書が、鍵とともに保管されます。` + "`certctl show`" + ` で確認できます。

途中で終了した場合(Ctrl-C、異常終了、容量不足、通信障害)は、
もう一度実行してください。鍵は保存されています。電子証明書がすでに
発行されていれば、ワンタイムパスワードを入力せずに受け取れます。

  ワンタイムパスワードが正しくない
      トークンとその時刻を確認し、次に表示されるものを入力してください。
  ワンタイムパスワードが使用済み
      次の表示を待って入力してください。誤入力の回数には数えません。
  利用者がロックされている
      管理者に ` + "`certctl user resume`" + ` の実行を依頼してください。
  ワンタイムパスワードが登録されていない
      管理者に ` + "`certctl otp register`" + ` の実行を依頼してください。
  取得期限が過ぎた、または鍵を紛失した
      管理者に ` + "`certctl user reissue`" + ` の実行を依頼してください。`,
	}
}

func japaneseEnvironment() Topic {
	return Topic{
		Short: "設定: オプション、環境変数、config.yaml、ファイル",
		Long: `設定は、オプション、環境変数、config.yaml、既定値の順に優先されます。どれが
使われているかは ` + "`certctl config view`" + ` で確認できます。

--home DIR(CERTCTL_HOME)を指定すると、すべて(config.yaml、backend.db、
wallet/)が DIR に置かれます。指定しない場合、config.yaml は設定用の
ディレクトリ(Linuxでは ~/.config/certctl)に、ほかはデータ用の
ディレクトリ(同じく ~/.local/share/certctl)に置かれます。config.yaml の中の
相対パスは、config.yaml のあるディレクトリを基準にします。

config.yaml の例:

  store: postgres://certctl@db.example.com/certctl?sslmode=verify-full
  sealed_by: file:/etc/certctl/sealing.key
  wallet: keyring
  policy:
    validity: 365d
    key_types: [ec-p256, ec-p384]

契約ごとに、異なる部分だけを指定することもできます:

  contracts:
    "12345678901":
      acquire_auth: otp_only
      policy:
        validity: 90d`,
	}
}

func japaneseScripting() Topic {
	return Topic{
		Short: "スクリプトやCIでの使い方",
		Long: `結果は標準出力に、それ以外は標準エラー出力に出力されます。-o json を
指定すると、結果またはエラーが1つのJSON文書になります。キーは snake_case、
日時は RFC 3339 形式のUTC、空の一覧は [] です。
` + "`user list`" + `、` + "`otp list`" + `、` + "`audit list`" + `、` + "`audit export`" + ` では、-o jsonl を指定すると、1行が1件のJSONになります。標準入力または標準エラー出力が
端末でないとき、CI が設定されているとき、--no-input を指定したときは、入力を
求めません。

秘密の情報は、ファイル、標準入力(-)、環境変数で指定します。引数では
指定できません。

  # 1人の利用者を、最初から
  certctl user add --contract-id 12345678901 --user-id ci --otp \
      --secret-out otp.json
  jq -r .otp.secret otp.json | oathtool --totp -b - |
      certctl acquire --contract-id 12345678901 --user-id ci --otp-file - \
      --no-input -o json

  # 繰り返し実行する場合: 電子証明書があれば何もしません
  certctl acquire --contract-id 12345678901 --user-id ci --if-missing --no-input

  # ファイルを必要とするプログラムで使う場合
  certctl export ci --format pem --out client.pem
  curl --cert client.pem https://bank.example/

ワンタイムパスワードは、最初に使用した実行で使用済みになります。1つの
ワンタイムパスワードで、同時に2つ実行しないでください。強制終了した場合は、
同じコマンドをもう一度実行してください。`,
	}
}

func japaneseSecurity() Topic {
	return Topic{
		Short: "鍵を保護するものと、しないもの",
		Long: `鍵はこの機器で作成し、書き出し(エクスポート)をしない限り、機器の外には
出ません。鍵はPKCS#12としてOSのキーリングに保管します。このPKCS#12の
パスワードは鍵と同じ場所にあり、形式上のもので、保護にはなりません。鍵を
保護するのはキーリング、つまりOSへのログインです。キーリングが開いている
間は、同じログイン名で動くプログラムから読み取ることができます。

ファイルのウォレット(--wallet file:DIR)は、--wallet-password-file の
パスワードで暗号化されます。` + "`none`" + ` を指定すると、鍵は暗号化されずに
ディレクトリに置かれ、ファイルのアクセス権(0600)だけで保護されます。

トークンの秘密を知る人は、ワンタイムパスワードを作ることができます。
そのため、秘密が表示されるのは登録のときの一度だけです。発行システムは、
トークンの秘密と認証局の鍵を封印鍵で暗号化して保管します(AES-256-GCM)。
データベースと封印鍵の両方を手に入れた人と、控え(` + "`certctl ca backup`" + `)を開ける人は、
そのすべてを使用できます。ルート認証局の鍵だけは、` + "`certctl ca init --root-out`" + ` により、
どちらにも入れずに保管できます。

ワンタイムパスワードは一度しか使用できません。5回続けて誤入力した利用者は
ロックされ、管理者が解除します。ロックされても、取得済みの電子証明書は
使用できます。

操作記録は、封印鍵なしで改変されると、末尾の切り取りを除いて、検査で分かります。
末尾の切り取りや、封印鍵を持つ人による書き直しは、` + "`certctl audit checkpoint`" + ` の
チェックポイントで分かります。データベースに書き込める人が書き込めない場所に、
保管してください。`,
	}
}
