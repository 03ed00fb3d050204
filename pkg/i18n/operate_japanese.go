package i18n

func japaneseOperateCommands() OperateCommands {
	return OperateCommands{
		AuditList: Page{
			Short: "操作記録の最近の行を表示します",
			Long: `だれが、だれに対して何を行い、どのような結果になったかを表示します。管理者の
すべての操作と、成否を問わずすべての電子証明書の取得が対象です。最近の100行を、
新しいものが最後になるように表示します。`,
			Example: `  certctl audit list
  certctl audit list --contract-id 12345678901 --user-id tanaka --since 7d
  certctl audit list --limit 1000 -o json`,
		},
		AuditExport: Page{
			Short: "操作記録を、改変の検査に必要な値とともにファイルに書き出します",
			Long: `操作記録のすべての行を、本人だけが読める新しいファイルに書き出します。1行が
1件のJSONで、前の行とのつながりを示す値(MAC)が付きます。

ファイルは、別の場所に保管してください。記録の末尾が末尾の控えとともに切り取ら
れた場合、記録だけでは分かりませんが、ファイルより行が少なくなります。`,
			Example: `  certctl audit export --out audit-2027-03.jsonl
  certctl audit export --contract-id 12345678901 --out audit.jsonl`,
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
	}
}

func japaneseOperate() Operate {
	return Operate{
		When: "日時", Who: "実行者", Action: "操作", Subject: "利用者", Outcome: "結果",
		Done:        "完了",
		NoRows:      "該当する行はありません。",
		Earlier:     "最近の{count}行を表示しました。それより前の行は、--limit で表示できます。",
		Exported:    "操作記録の{count}行を {file} に書き出しました。",
		Rotated:     "今後の電子証明書には、新しい発行認証局が署名します。",
		RotatedNext: "新しい失効リストを、サーバーなどの利用側に渡してください: certctl ca crl",
		RootEnding: Problem{
			"ルート認証局の有効期限({time})が近いため、新しい発行認証局を作れません。",
			"現在の発行認証局は、その有効期限まで使用できます。新しいルート認証局は、新しいデータベースで `certctl ca init` を実行して作ってください。",
		},
	}
}
