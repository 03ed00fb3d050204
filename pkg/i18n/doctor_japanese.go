package i18n

func japaneseDoctorPage(c *Commands) {
	c.Doctor = Page{
		Short: "問題の有無と、その直し方を調べます",
		Long: `certctl の動作に関わるものを調べ、問題ごとに、直すためのコマンドを表示します。
調べるのは、設定、ファイルの読み取り権限、強制終了で残ったもの、キーリングの
動作、電子証明書と鍵の対応、必要な手続き、発行システムとの時刻の差、
自動更新の前回の結果、ブラウザーの証明書ストア用のツールです。

--fix を指定すると、失われるもののない範囲(権限、途中で終わったウォレットの
変更、残ったファイル)を自動で直します。直すべき問題が残っている場合は10、
ない場合は0の終了コードで終了します。`,
		Example: `  certctl doctor
  certctl doctor --fix
  certctl doctor -o json`,
	}
}

func japaneseDoctor() Doctor {
	return Doctor{
		Levels: map[string]string{"ok": "正常", "note": "参考", "problem": "問題"},
		Fixed:  "修復済",
		Checks: map[string]string{
			"config":       "設定",
			"modes":        "ファイル",
			"leftovers":    "残存物",
			"keyring":      "キーリング",
			"wallet":       "ウォレット",
			"certificates": "電子証明書",
			"backend":      "発行システム",
			"clock":        "時刻",
			"schedule":     "自動更新",
			"nss":          "ブラウザー",
			"install":      "組み込み",
		},
		Findings: map[string]string{
			"contract_unknown":  "config.yaml に契約 {subject} の設定がありますが、この契約は登録されていません。",
			"config_ok":         "すべての設定を使用できます。",
			"modes_ok":          "鍵などの秘密を読めるのは、ご本人だけです。",
			"mode_loose":        "{subject} を他の利用者も使用できます(モード {mode})。",
			"mode_tight":        "{subject} をご自身で使用できません(モード {mode})。",
			"mode_owner":        "{subject} の所有者は、別のアカウントです。",
			"leftovers_none":    "強制終了で残った鍵はありません。",
			"leftover_key":      "強制終了した `certctl exec` の鍵が {subject} に残っています。",
			"keyring_unused":    "ウォレットはファイル({subject})です。キーリングは使用しません。",
			"keyring_ok":        "キーリングは正常に読み書きできます。鍵と電子証明書1組につき、2KiBずつ、合計32KiBまで保管できます。",
			"wallet_ok":         "電子証明書は{count}件で、すべてに鍵があります。",
			"entry_damaged":     "ファイル {subject}.json を読めません。どなたの電子証明書か分かりません。",
			"chain_damaged":     "ファイル {subject}.pem の内容が、電子証明書と一致しません。",
			"key_gone":          "{subject} の鍵がありません。管理者による再発行が必要です。",
			"key_damaged":       "{subject} の鍵を読めません。管理者による再発行が必要です。",
			"key_other":         "{subject} の鍵は、別の電子証明書のものです。",
			"key_elsewhere":     "{subject} の鍵は、使用中(--wallet)とは別の種類のウォレットにあります。",
			"entry_gone":        "鍵 {subject} がありますが、{subject}.json がありません。",
			"unfinished":        "ウォレットの変更が途中で終わっています({subject})。",
			"pending":           "{subject} の取得が完了していません。",
			"pending_damaged":   "取得途中の鍵 {subject} を読めないため、電子証明書が発行済かどうか分かりません。",
			"certificate_due":   "{subject}: {state}(有効期限 {time})。",
			"backend_none":      "この機器に発行システムはありません。時刻は比較していません。",
			"backend_ok":        "発行システムは正常に応答しています。",
			"clock_ok":          "この機器の時刻は、発行システムの時刻と一致しています。",
			"clock_off":         "この機器の時刻が、発行システムと{seconds}秒ずれています。ワンタイムパスワードが拒否されます。",
			"schedule_none":     "自動更新の予約はありません。",
			"schedule_ok":       "電子証明書は自動更新されます。前回の実行に問題はありません。",
			"schedule_inactive": "自動更新の予約が有効になっていません。",
			"schedule_bad":      "{time} の自動更新は、終了コード{exit}で終わりました。",
			"nss_ok":            "FirefoxとChromiumの証明書ストア用のツール(certutil、pk12util)があります。",
			"nss_missing":       "{subject} が見つかりません。FirefoxとChromiumの証明書ストアを変更できません。",
			"install_ok":        "{count}件の電子証明書が、正しく組み込まれています。",
			"install_gone":      "{subject} は、もう {store} にありません。",
			"install_old":       "{store} にあるのは、更新前の {subject} です。",
			"install_left":      "{subject} はウォレットから削除されていますが、{store} に残っています。",
		},
		Mends: map[string]string{
			"entry_gone":      "ウォレットの控え(バックアップ)から {subject}.json を復元してください。",
			"key_elsewhere":   "使用する場合は、--wallet でそのウォレットを指定してください。",
			"pending_damaged": "OSのキーリング管理ソフトで {subject} を取り除いてから、`certctl acquire` を実行してください。",
			"nss_missing":     "sudo apt-get install libnss3-tools (Debian、Ubuntuの場合)",
		},
		Well:    "直すべき問題はありません。",
		Mend:    "直すべき問題が{count}件あります。",
		FixSome: "直すべき問題が{count}件あります。うち{fixable}件は `certctl doctor --fix` で直せます。",
	}
}
