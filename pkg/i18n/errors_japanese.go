package i18n

func japaneseErrors() Errors {
	return Errors{
		Renew: japaneseRenewErrors(),
		Codes: joined(japaneseCodes(), japaneseTokenCodes(), japaneseChangeCodes(), japaneseRenewCodes(), japanesePlaceCodes(), japaneseDatabaseCodes(),
			japaneseBackupCodes(), japaneseRootCodes()),
		Named:  japaneseNamed(),
		Timed:  japaneseTimed(),
		Things: joined(japaneseThings(), japaneseTokenThings(), japaneseChangeThings()),
		Hints: joined(japaneseTokenHints(), japaneseChangeHints(), japaneseBackupHints(), japaneseRootHints(), map[string]string{
			"not_found command":   "つづりと、環境変数 PATH を確認してください。",
			"usage contract_id":   "契約者ID(利用者番号)は11桁の数字です。",
			"usage user_id":       "利用者IDは30文字以内の英数字です。",
			"usage name":          "名前は64文字以内で、英小文字、数字、ドット、アンダースコア、ハイフンを使用できます。先頭は英小文字か数字にしてください。",
			"usage key_type":      "使用できる鍵の種類は、ポリシーで決められています。`certctl config view` で確認してください。",
			"usage display_name":  "氏名は64文字以内です。改行などの制御文字は使用できません。",
			"usage contract_name": "名称は64文字以内です。改行などの制御文字は使用できません。",
			"usage ca_name":       "認証局の名前は1文字以上48文字以内です。改行などの制御文字は使用できません。",
			"usage checkpoint":    "この環境で `certctl audit checkpoint` を実行して作成したチェックポイントを指定してください。",
			"usage email":         "@ を含むメールアドレスだけを指定してください。",
			"usage after":         "前のページの最後に示された値を、同じ条件とともに指定してください。--after を付けずに実行すると、最初から表示できます。",
			"expired slot":        "有効期限から日数が経ちすぎているため、ワンタイムパスワードでは再取得できません。管理者に `certctl user reissue` による再発行を依頼し、再発行の後に `certctl acquire` を実行してください。",
		}),
		AdminHints: map[string]string{
			"otp_not_registered": "トークンを登録してください。電子証明書も発行されます。\n  certctl otp register --contract-id {contract} --user-id {user}\n登録の後、利用者が取得できるようになります。",
			"otp_resync_needed":  "連続する2つのワンタイムパスワードで、トークンの状態を確認してください。\n  certctl otp resync --contract-id {contract} --user-id {user}\nハードウェアトークンは、先にワンタイムパスワードを入力せずに登録してください。",
			"reissue_needed":     "電子証明書を再発行してください。\n  certctl user reissue --contract-id {contract} --user-id {user}\n再発行の後、利用者が取得できるようになります。",
			"not_issued":         "電子証明書を発行してください。\n  certctl user issue --contract-id {contract} --user-id {user}\n発行の後、利用者が取得できるようになります。",
		},
		Exits: map[int]string{
			0:   "正常に終了したか、行うことがなかった",
			1:   "内部エラー: 不具合、または何者かによる記録の改変",
			2:   "使い方または入力の誤り",
			3:   "見つからない",
			4:   "拒否: ワンタイムパスワードの誤りや再使用、ロック、利用中止、ポリシー",
			5:   "競合: 登録済み、取得済み、名前または鍵が使用済み",
			6:   "利用不可: 発行システム、データベース、ウォレット、キーリング、時間切れ。再試行してください",
			7:   "実行済み。ただし、後処理コマンドまたは組み込みに失敗",
			10:  "対応が必要(--check、または `certctl doctor` の場合)",
			130: "操作による中止(Ctrl-C)",
			143: "外部からの終了の指示(SIGTERM)",
		},

		TriesLeft: "あと{count}回誤入力すると、この利用者はロックされます。",
		NowLocked: "誤入力が一定回数に達したため、この利用者はロックされました。",
		LastTry:   "あと1回誤入力すると、この利用者はロックされます。",
		Cause:     "原因: {cause}",
		Want:      "指定できる値: {want}。",

		UnknownCommand:     "{command} というコマンドはありません。",
		UnknownCommandHint: "コマンドの一覧は `{command} --help` で確認してください。",
		DidYouMean:         "`{command}` ではありませんか。",
		UnknownFlag:        "{flag} というオプションはありません。",
		FlagNeedsValue:     "オプション {flag} には値が必要です。",
		BadFlag:            "オプション {flag} に {value} は指定できません。",
		BadFlagSyntax:      "{flag} は、オプションの書き方が正しくありません。",
		NoSecretArguments:  "秘密の情報は、ほかのプログラムに読み取られるおそれがあるため、引数では指定できません。ファイル、標準入力(-)、環境変数のいずれかで指定してください。",
		SeeHelp:            "詳しくは `{command} --help` を参照してください。",
		MissingFlag:        "オプション {flag} が指定されていません。",
		MissingFlags:       "オプション {flags} のいずれかが必要です。",
		MissingArgument:    "引数 {argument} が指定されていません。",
		ExtraArgument:      "引数 {value} は余分です。",
		FlagsTogether:      "オプション {flags} は同時に指定できません。",
		NeedsFlag:          "オプション {flag} は、{needs} と一緒に指定してください。",
		NoInput:            "{what}が指定されていません。{why}、入力を求めることができません。",
		WhySet:             "{setting} が設定されているため",
		WhyNoTerminal:      "標準入力または標準エラー出力が端末ではないため",
		ThePassword:        "ファイルのパスワード",
		NoInputHint:        "{flag} または環境変数 {variable} で指定してください。",

		BadSetting:      "{name} に {value} は指定できません。",
		UnknownKey:      "{file} にある {key} は、certctl の設定項目ではありません。",
		KeyIsGroup:      "{file} の {key} には、値ではなく、その下の設定項目を指定してください。",
		UnknownKeyHint:  "設定項目の一覧は `certctl help environment` で確認してください。",
		ContractKeyHint: "`contracts` の下には引用符で囲んだ契約者IDを、その下には acquire_auth と policy の設定項目を指定できます。",
		BadFile:         "ファイル {file} を使用できません({cause})。",
		BadFileHint:     "ファイルの名前、アクセス権、内容を確認してください。",
		NoSuchFile:      "見つかりません",
		NoPermission:    "アクセス権がありません",
		NotAFile:        "ディレクトリです",
		NotADirectory:   "途中の名前がディレクトリではありません",
		NoSpace:         "ディスクの空き容量がありません",
		NoYAML:          "YAMLの書き方が正しくありません",
		NoYAMLLine:      "{line}行目のYAMLの書き方が正しくありません",
		NoHome:          "ファイルの保存先が決まりません。環境変数にホームディレクトリがありません。",
		NoHomeHint:      "--home または CERTCTL_HOME でディレクトリを指定してください。",
		FileExists:      "ファイル {file} はすでに存在します。",
		FileExistsHint:  "別の名前を指定してください。certctl は既存のファイルを上書きしません。",
		NoSecretInside:  "内容が空か、長すぎます",
		WantDuration:    "日(d)、時間(h)、分(m)、秒(s)で表した時間の長さ(例: 80d、36h、5m、30s)",
		WantFile:        "ファイルの名前",
		WantCount:       "1以上の整数",
		WantLess:        "{limit} より小さい値",
		WantAtMost:      "{limit} 以下の値",
		OtherSetting:    "{name}の値({value})",
		WantList:        "{words} から選び、コンマで区切ったもの",
		WantWallet:      "keyring、または暗号化したファイルを置くディレクトリ(file:DIR)",
		WantSealedBy:    "keyring、または鍵ファイル(file:PATH)",

		CAExists:            "発行システムはすでにあります。",
		CAExistsHint:        "内容は `certctl ca show` で確認してください。別の発行システムを作成する場合は、--home で別のディレクトリを指定してください。",
		NoSealedBy:          "封印鍵(発行システムの秘密を開く鍵)を保管するキーリングがありません。",
		NoSealedByHint:      "--sealed-by file:PATH(CERTCTL_SEALED_BY)で、ファイルに保管してください。`certctl ca init` がファイルを作成し、その場所を config.yaml に書き込みます。",
		KeyFileLoose:        "封印鍵が他の人にも読める状態です。{file} のアクセス権が {mode} になっています。",
		KeyFileHint:         "`chmod 600 {file}` を実行し、ご自身だけが読めるようにしてください。すでに他の人に読まれた場合、封印した内容は秘密ではなくなっています。",
		KeyFileAnothers:     "ファイル {file} の所有者は、別のアカウントです。",
		KeyFileAnothersHint: "その所有者が封印鍵を知っているおそれがあります。ご自身のファイル、またはまだないファイルを指定してください。",
		NotShown:            "処理は完了しましたが、結果を出力できませんでした。",
		NotShownHint:        "もう一度実行せずに、一覧や詳細を表示するコマンドで確認してください。結果に含まれていた秘密の値は失われています。",
		BadPassword:         "このパスワードは使用できません。",
		NoStream:            "{command} の結果は1つで、行の列ではありません。",
		NoStreamHint:        "-o json を指定してください。-o jsonl を指定できるのは {commands} です。",
		BadPasswordHint:     "他のソフトでも入力できるように、制御文字や絵文字を含まない1行のUTF-8の文字で指定してください。",
		Forbidden: Problem{
			"ファイルまたはディレクトリを使用する権限がありません。",
			"所有者とアクセス権を確認してください。場所は `certctl config view` で確認できます。",
		},
		KeyFileBad:         "ファイル {file} の内容は封印鍵ではありません。",
		KeyFileBadHint:     "封印鍵は32バイトの値、または64桁の16進数です。まだないファイルを指定して `certctl ca init --sealed-by file:PATH` を実行すると、作成されます。",
		KeyFileGone:        "封印鍵のファイル {file} がありません。",
		KeyFileGoneHint:    "控え(バックアップ)から復元するか、--sealed-by file:PATH で場所を指定してください。封印鍵がなければ、発行システムの鍵を開くことはできません。",
		NoKeyInKeyring:     "この発行システムの封印鍵が、キーリングにありません。",
		NoKeyInKeyringHint: "封印鍵を作成したときと同じ機器に同じログイン名でログインし、そのキーリングを開いてください。または、--sealed-by file:PATH で封印鍵の場所を指定してください。",

		WalletBusy: Problem{
			"別の certctl がウォレットを変更しています。",
			"終了を待って、もう一度実行してください。",
		},
		WalletNoPassword: Problem{
			"ファイルのウォレットにはパスワードが必要ですが、指定されていません。",
			"パスワードを書いたファイルを --wallet-password-file(CERTCTL_WALLET_PASSWORD_FILE)で指定してください。none を指定すると鍵は暗号化されず、ファイルのアクセス権だけで保護されます。",
		},
		WalletWrongPassword: Problem{
			"ウォレットのパスワードが正しくありません。",
			"--wallet-password-file(CERTCTL_WALLET_PASSWORD_FILE)を確認してください。",
		},
		WalletHasPassword: Problem{
			"このウォレットは、パスワード付きで作成されています。",
			"none ではなく、パスワードを書いたファイルを --wallet-password-file(CERTCTL_WALLET_PASSWORD_FILE)で指定してください。",
		},
		WalletHasNone: Problem{
			"このウォレットは、パスワードなしで作成されています。",
			"--wallet-password-file none(CERTCTL_WALLET_PASSWORD_FILE)を指定してください。",
		},
		WalletLoose: Problem{
			"ウォレットの鍵を、他の人が読み書きできるおそれがあります。",
			"ウォレットのディレクトリ(`chmod 700`)とその中のファイル(`chmod 600`)を、ご自身だけが使えるようにしてください。すでに他の人に読まれた場合は、電子証明書の再発行を依頼してください。",
		},
		WalletReadBack: Problem{
			"ウォレットに保管した内容を、正しく読み出せません。",
			"ワンタイムパスワードは使用していません。ディスクまたはキーリングを確認するか、別のウォレット(--wallet file:DIR)を使用してください。",
		},
		KeyringGone: Problem{
			"処理の途中で、キーリングに接続できなくなりました。",
			"キーリングを起動し直して、もう一度実行してください。保管されていたものは失われていません。",
		},
		KeyringSilent: Problem{
			"キーリングが応答しません。",
			"画面に見えていないところで、パスワードの入力を待っている可能性があります。キーリングのロックを解除して、もう一度実行してください。",
		},
		ForeignBackend: Problem{
			"この電子証明書は、使用中の発行システムとは別の発行システムのものです。",
			"--home または CERTCTL_HOME で、発行元の発行システムを指定してください。",
		},
		NoKeyFiles: Problem{
			"このシステムには、ディスク以外に鍵を置ける場所がありません。",
			"Linuxで実行するか、メモリー上のご自身専用のディレクトリを XDG_RUNTIME_DIR で指定してください。`certctl export --format pem` は、暗号化していない鍵をディスクに書き込みます。`certctl proxy` にはファイルが要りません。",
		},
		SeveralOf:     "利用者 {user} の電子証明書が複数あります({names})。",
		SeveralOfHint: "いずれかの名前を指定してください。",
		Nobody:        "契約者ID(利用者番号) {contract} に、利用者 {user} は登録されていません。",
		NobodyHint:    "両方のIDを管理者に確認してください。",
		WriteDashes:   "実行するコマンドの前に -- を付け、`certctl exec NAME -- COMMAND` の形で指定してください。",
		NoScheduler: Problem{
			"このシステムの予約機能を利用できません。",
			"Linuxでは、ログイン中に動作するsystemd(systemd --user)が必要です。ない場合は、`certctl renew --all --no-input` をcronで1日1回実行してください。",
		},
		SchedulePassword:     "自動更新では、ウォレットのパスワードを入力できません。",
		SchedulePasswordHint: "パスワードを書いたファイルを --wallet-password-file(CERTCTL_WALLET_PASSWORD_FILE)で指定してください。",
		NotBuilt:             "実行中の certctl は一時的に作られたもので、後で使用できなくなります。",
		NotBuiltHint:         "先にインストールしてください。`make build` で ./certctl を作成できます。",
		WantLoopback:         "ループバックアドレスとポート(127.0.0.1:8080 など)。ほかの機器から接続できるアドレスは指定できません",
		NoCertificate:        "証明書がありません",
		CannotListen:         "{address} で待ち受けできません。",
		CannotListenHint:     "ほかのプログラムがポートを使用している可能性があります。--listen で別のポートか、空いているポートを使う 0 を指定してください。",
		NoCode:               "{from} の内容は、{digits}桁のワンタイムパスワードではありません。",
		NoCodeHint:           "送信していないため、誤入力の回数には数えません。",

		KeyKept:           "鍵は保存されています。次に `certctl acquire` を実行すると、続きから取得します。",
		NothingRegistered: "トークンは登録していません。認証アプリに追加した項目は削除してください。",
		NothingChanged:    "変更は行っていません。",

		Place: japanesePlaceErrors(),

		Database: japaneseDatabase(),
	}
}

// japaneseNamed are the messages that name what was refused.
func japaneseNamed() map[string]string {
	return map[string]string{
		"usage":      "{value} は、{thing}として正しくありません。",
		"not_found":  "{thing} {value} が見つかりません。",
		"exists":     "{thing} {value} はすでに登録されています。",
		"name_taken": "名前 {value} は、ウォレットにある別の電子証明書で使用されています。",
		"suspended":  "{thing} {value} は、利用中止になっています。",
		"locked":     "{thing} {value} は、ワンタイムパスワードを一定回数続けて誤入力したため、ロックされています。",
	}
}

// japaneseTimed are the messages that name a time.
func japaneseTimed() map[string]string {
	return map[string]string{
		"expired":          "電子証明書の有効期限は {time} でした。",
		"revoked":          "電子証明書は {time} に失効しました。",
		"not_due":          "電子証明書は {time} から更新できます。",
		"acquire_expired":  "電子証明書の取得期限({time})が過ぎています。",
		"already_acquired": "電子証明書はすでに取得済みです(有効期限: {time})。",
		"reissue_needed":   "電子証明書の有効期限({time})から日数が経ちすぎているため、ワンタイムパスワードでは再取得できません。",
		"session_expired":  "ワンタイムパスワードの入力までに時間がかかり、受付番号の有効時間({time} まで)が過ぎました。",
		"clock_behind":     "この機器の時計では、控え(バックアップ)の時点({time})がまだ来ていません。",
		"ca_ending":        "発行認証局の有効期限({time})が、電子証明書の有効期限より先に来ます。",
	}
}

// japaneseThings names the inputs of the backend and the wallet.
func japaneseThings() map[string]string {
	return map[string]string{
		"contract_id": "契約者ID(利用者番号)",
		"user_id":     "利用者ID",
		"name":        "名前",
		"otp":         "ワンタイムパスワード",
		"token":       "トークン(利用者ID)",
		"key_type":    "鍵の種類",
		"csr":         "電子証明書の署名要求(CSR)",
		"slot":        "電子証明書の発行枠",
		"certificate": "電子証明書",
		"pending_key": "取得途中の鍵",
		"command":     "コマンド",
		"after":       "カーソル",

		"display_name":  "氏名",
		"contract_name": "ご契約先の名称",
		"ca_name":       "認証局の名前",
		"checkpoint":    "この環境のチェックポイント",
		"email":         "メールアドレス",
	}
}
