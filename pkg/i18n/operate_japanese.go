package i18n

func japaneseOperateCommands() OperateCommands {
	return OperateCommands{
		AuditList: Page{
			Short: "操作記録の最近の行を表示します",
			Long: `だれが、だれに対して何を行い、どのような結果になったかを表示します。管理者の
すべての操作と、成否を問わずすべての電子証明書の取得が対象です。最近の100行を、
新しいものが最後になるように表示します。端末では、幅に収まらない部分を省略します。
パイプに出力した場合や -o json を指定した場合は、省略しません。`,
			Example: `  certctl audit list
  certctl audit list --contract-id 12345678901 --user-id tanaka --since 7d
  certctl audit list --limit 1000 -o jsonl`,
		},
		AuditExport: Page{
			Short: "操作記録を、改変の検査に必要な値とともにファイルに書き出します",
			Long: `操作記録のすべての行を、本人だけが読める新しいファイルに書き出します。1行が
1件のJSONで、前の行とのつながりを示す値(MAC)が付きます。--out を指定せずに
-o jsonl を指定すると、標準出力に書き出します。

ファイルは、閲覧のためのものです。記録の末尾が切り取られたことは、はるかに小さい
` + "`certctl audit checkpoint`" + ` のファイルで分かります。`,
			Example: `  certctl audit export --out audit-2027-03.jsonl
  certctl audit export --contract-id 12345678901 --out audit.jsonl
  certctl audit export -o jsonl | gzip >audit.jsonl.gz`,
		},
		AuditCheckpoint: Page{
			Short: "操作記録がどこまで進んだかを、署名して残します",
			Long: `すべての操作記録の現在の末尾に署名し、チェックポイントとして1行で表示します。
--out を指定すると、新しいファイルに書き出します。その後に切り取られた行や変更
された行は、封印鍵を持つ人によるものでも、
` + "`certctl audit verify --checkpoint FILE`" + ` で分かります。

データベースに書き込める人が書き込めない場所に保管し、毎日作成してください。最後の
チェックポイントより後の行が切り取られても、分かりません。チェックポイントはデータ
ベースにも残りますが、操作記録を切り取れる人は、それも切り取れます。

内容は、Ed25519で署名したJWS(RFC 7515)です。契約者ID(利用者番号)を含みますが、
秘密の情報は含みません。公開鍵があれば、certctlがなくても、JOSEのライブラリーや、
次の例の openssl で検証できます。`,
			Example: `  certctl audit checkpoint --out /mnt/elsewhere/2027-03-01.jws
  certctl audit checkpoint | ssh log.example.com 'cat >>checkpoints'
  certctl audit checkpoint --public-key >key.pem
  cut -d. -f1,2 kept.jws | tr -d '\n' >said
  (cut -d. -f3 kept.jws | tr -d '\n'; echo ==) | tr _- /+ | base64 -d >sig
  openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in said -sigfile sig`,
		},
		CARotate: Page{
			Short: "同じルート認証局の下に、新しい発行認証局を作ります",
			Long: `同じルート認証局の下に、新しい発行認証局(10年間有効)を作ります。今後の電子証明書
には、新しい発行認証局が署名します。これまでに発行した電子証明書は引き続き有効で、
更新もできます。これまでの発行認証局の失効リストにも、` + "`certctl ca crl`" + ` で
引き続き署名します。

発行認証局は、自身の有効期限を超える電子証明書を発行しません。有効期限の1年前まで
に実行してください。ルート認証局を信頼している利用側に必要なのは、新しい失効リスト
だけです。`,
			Example: `  certctl ca rotate
  certctl ca rotate --root-in /media/usb/root.key --root-password-file root.pass
  certctl ca crl --out /etc/nginx/crl.pem && nginx -s reload`,
		},
	}
}

func japaneseOperateFlags() OperateFlags {
	return OperateFlags{
		AuditContract: "契約者ID(利用者番号)が `ID` の行だけを表示します",
		AuditUser:     "利用者IDが `ID` の行だけを表示します",
		AuditSince:    "最近の `TIME` の行だけを表示します(例: 7d)",
		AuditLimit:    "最近の最大 `COUNT` 行を表示します",

		CheckpointOut:  "チェックポイントを、新しい `FILE` (0600)に書き出します",
		CheckpointKey:  "チェックポイントを作らずに、検証用の公開鍵をPEM形式で表示します",
		CheckpointFile: "別の場所に保管したチェックポイントの `FILE` (1行に1件。複数指定できます)",
	}
}

func japaneseOperate() Operate {
	return Operate{
		When: "日時", Who: "実行者", Action: "操作", Subject: "利用者", Outcome: "結果",
		Done:   "完了",
		Holder: "利用者", Software: "アプリ",
		TokenReasons: map[string]string{"lost": "紛失"},
		Actions: map[string]string{
			"acquire": "取得", "acquire replace": "取得(置き換え)", "certificate": "電子証明書の作成",
			"renew": "更新", "renew early": "更新(期間前)", "revoke": "失効",
			"audit key": "署名鍵の作成", "notify user": "利用者へのお知らせ", "notify admins": "管理者へのお知らせ",
		},
		NoRows:      "該当する行はありません。",
		Earlier:     "最近の{count}行を表示しました。それより前の行は、--limit で表示できます。",
		Exported:    "操作記録の{count}行を {file} に書き出しました。",
		Rotated:     "今後の電子証明書には、新しい発行認証局が署名します。",
		RotatedNext: "新しい失効リストを、サーバーなどの利用側に渡してください: certctl ca crl",
		RootEnding: Problem{
			"ルート認証局の有効期限({time})が近いため、新しい発行認証局を作れません。",
			"現在の発行認証局は、その有効期限まで使用できます。新しいルート認証局は、新しいデータベースで `certctl ca init` を実行して作ってください。",
		},

		Signed:            "署名済みの行",
		CheckpointMade:    "チェックポイント{number}({chains}件の操作記録、計{rows}行)を {file} に書き出しました。",
		CheckpointNext:    "データベースに書き込める人が書き込めない場所に、これまでのものとともに保管してください。次のチェックポイントを作る前に、保管したすべてを指定して検査してください。\n  certctl audit verify --checkpoint {file} --checkpoint …",
		Rekeyed:           "前のチェックポイントを、現在の署名鍵で検査できません。署名鍵が失われて作り直されたか、チェックポイントが書き換えられています。チェックポイント{number}より前のものは、この環境では証拠になりません。経緯を確認してください。公開鍵は `certctl audit checkpoint --public-key` で表示し、保管し直してください。",
		NoCheckpoint:      "{line}行目はチェックポイントではありません",
		CheckpointsTooBig: "チェックポイントのファイルとしては大きすぎます",
		NoCheckpoints:     "チェックポイントがありません。操作記録の末尾が、末尾の位置の情報とともに切り取られた場合は、この検査では分かりません。毎日 `certctl audit checkpoint` で作成し、別の場所に保管してください。",
		Checkpoints:       "データベースのチェックポイント{count}件に問題はありません。照合した最後のものは、{time} の{number}番です。それより後の行が切り取られても、分かりません。",
		CheckpointsIn:     "行を切り取れる人は、データベースのチェックポイントも切り取れます。別の場所に保管したものを --checkpoint で指定してください。",
		BrokenCheckpoints: map[string]string{
			"signature":   "データベースのチェックポイント{number}は、この環境の鍵で署名されていないか、改変されています。",
			"predecessor": "データベースのチェックポイント{number}が、直前のものとつながりません。失われたか、改変されたものがあります。",
		},
		BrokenKept: map[string]string{
			"signature": "指定されたチェックポイント{number}は、この環境の鍵で署名されていないか、改変されています。",
			"gone":      "指定されたチェックポイント{number}が、データベースから失われています。",
			"other":     "データベースのチェックポイント{number}は、指定されたものと異なります。",
		},
		ByCheckpoint: "チェックポイント{number}による",
	}
}
