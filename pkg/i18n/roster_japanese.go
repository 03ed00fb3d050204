package i18n

func japaneseUserImportPage() Page {
	return Page{
		Short: "名簿の利用者を一括で追加し、ワンタイムパスワードを登録します",
		Long: `名簿(見出し行のあるCSV、UTF-8またはShift_JIS)の利用者をすべて追加します。
必要な列は「利用者ID」と、--contract-id を指定しない場合は「契約者ID(利用者番号)」
です。「氏名」、「メールアドレス」(複数は ; で区切る)、「権限」(利用者または管理者)、
「ワンタイムパスワード」の列も使用できます。「ワンタイムパスワード」には、取得時の
本人確認の方法を記載します。

  あり          アプリ用のトークンを作成します(空欄の場合も同じ)
  シリアル番号  登録済のハードウェアトークン(certctl otp import)
  暗証番号      利用者確認暗証番号を作成します(トークンを持たない利用者用)
  なし          まだ登録しません

「なし」以外の利用者には、電子証明書を発行します。

書き込む前に名簿全体を確認し、誤りがあれば行番号とともにすべて表示します。
トークンの秘密と暗証番号は、利用者ごとの結果とともに結果ファイル(0600)だけに書き
込みます。利用者にお渡しした後、削除してください。途中で終了した場合は、同じ結果
ファイルを指定してもう一度実行すると、続きから追加します。登録済の利用者は
変更しません。`,
		Example: `  certctl user import users.csv --contract-id 12345678901 --dry-run
  certctl user import users.csv --contract-id 12345678901
  certctl user import users.csv --result /root/users.result.csv -o json`,
	}
}

func japaneseRoster() Roster {
	return Roster{
		Columns: map[string]string{
			"contract_id": "契約者ID(利用者番号)|契約者ID|利用者番号",
			"user_id":     "利用者ID",
			"name":        "氏名|名前|利用者名",
			"email":       "メールアドレス|メール|Eメール",
			"role":        "権限|役割",
			"otp":         "ワンタイムパスワード|トークン",
		},
		Words: map[string]string{
			"user":     "利用者|一般",
			"admin":    "管理者",
			"software": "ソフトウェアトークン|アプリ|あり",
			"pin":      "利用者確認暗証番号|暗証番号",
			"none":     "なし|未登録",
		},
		Adding: "利用者を追加しています",
		Faults: map[string]string{
			"unknown_column": "{line}行目: {value} という列はありません。",
			"missing_column": "{line}行目: {column} の列がありません。",
			"twice_column":   "{line}行目: {value} は {column} の列ですが、重複しています。",
			"bad_fields":     "{line}行目: 列の数が見出しと異なるか、引用符が対応していません。",
			"bad_value":      "{line}行目: {value} は {column} に使用できません。",
			"twice_user":     "{line}行目: 利用者ID {value} は{other}行目と重複しています。",
			"twice_token":    "{line}行目: ハードウェアトークン {value} は{other}行目と重複しています。",

			"no_contract":        "{line}行目: 契約者ID(利用者番号) {value} の契約はありません。",
			"suspended_contract": "{line}行目: 契約者ID(利用者番号) {value} の契約は利用中止です。",
			"no_token":           "{line}行目: {value} は {column} に使用できる語ではなく、この契約で使用できるハードウェアトークンでもありません。",
			"token_expired":      "{line}行目: ハードウェアトークン {value} は、有効期限切れか紛失のため使用できません。",
			"token_taken":        "{line}行目: ハードウェアトークン {value} は、ほかの利用者が使用しています。",
			"no_pins":            "{line}行目: ワンタイムパスワードが必要な設定のため、暗証番号は使用できません。",
		},
		Wrong:    "名簿 {file} に誤りがあるため、利用者を追加していません。\n{faults}",
		AndMore:  "ほかに{count}件あります。",
		FixFirst: "名簿を修正して、もう一度実行してください。",
		TooBig:   "名簿のファイルとしては大きすぎます",
		NotText: Problem{
			Message: "名簿 {file} の文字コードは、UTF-8でもShift_JISでもありません。",
			Hint:    "UTF-8のCSVとして保存し、もう一度実行してください。",
		},
		NoUsers: Problem{
			Message: "名簿 {file} に利用者がありません。",
			Hint:    "1行目に列の見出し、2行目以降に利用者を1行ずつ記載してください。列の名前は `certctl help user import` で確認できます。",
		},
		NoStdin:  "名簿を標準入力から読み取る場合は、秘密を書き込むファイルを --result で指定してください。",
		NoStdout: "--result に標準出力は指定できません。結果には全利用者の秘密が入り、途中で止まった登録の続きにも使います。ファイルの名前を指定してください。",
		OtherResult: Problem{
			Message: "{file} はすでに存在し、一括追加の結果ファイルではないか、変更されています。",
			Hint:    "--result で別のファイルを指定してください。",
		},
		PlantedResult: Problem{
			Message: "{file} は、ほかの人が書き込んだ可能性があります。利用者の秘密は、このファイルから読み込まれます。",
			Hint:    "certctl の結果ファイルはリンクではなく、所有者だけが読み書きできます(0600)。どこから来たものかを確認するか、--result で別のファイルを指定してください。",
		},
		OtherList: Problem{
			Message: "{file} は、ほかの利用者を追加したときの結果ファイルです。",
			Hint:    "--result で別のファイルを指定してください。",
		},
		DryRun:       "書き込みは行っていません。実行した場合の内容は次のとおりです。",
		Done:         "追加した利用者は{added}名、登録済のため変更していない利用者は{exists}名、追加できなかった利用者は{failed}名です。",
		Earlier:      "ほかに、以前の実行で追加済の利用者が{count}名います。秘密は同じ結果ファイルにあります。",
		AddedEarlier: "以前の実行で追加済",
		Next:         "トークンの秘密と暗証番号は {file} だけに書き込まれています。利用者にお渡しした後、削除してください。",
		GoesOn:       "同じコマンドをもう一度実行してください。続きから追加し、同じ利用者を二重に追加することはありません。",
		Outcomes: map[string]string{
			"planned":     "追加予定",
			"added":       "追加済",
			"exists":      "登録済",
			"token_taken": "トークンをほかの利用者が使用中",
		},
		Factors: map[string]string{"software": "アプリ", "pin": "暗証番号", "none": "なし"},
		Outcome: "結果",
		Factor:  "ワンタイムパスワード",
	}
}
