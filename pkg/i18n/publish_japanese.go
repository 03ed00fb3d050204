package i18n

func japanesePublishCommands() PublishCommands {
	return PublishCommands{
		CACRL: Page{
			Short: "証明書失効リストに署名し、出力します",
			Long: `発行認証局の証明書失効リスト(CRL)に番号を付けて署名し、ルート認証局のリストと
一緒に出力します。サーバーなどの利用側には、両方が必要です。失効した電子証明書と、
更新から移行期間を過ぎた旧証明書を記載します。

利用側は、次回更新日時を過ぎたリストを受け付けません。その前に余裕をもって、
定期的に実行し、新しいファイルを読み込ませてください。`,
			Example: `  certctl ca crl --out /etc/nginx/crl.pem && nginx -s reload
  certctl ca crl --ca issuing --der --out issuing.crl
  certctl ca crl --next-update 2d -o json`,
		},
		CACerts: Group{
			Short: "発行した電子証明書を調べます",
			Long:  `すべてのご契約先について、発行した電子証明書を調べます。`,
		},
		CACertsList: Page{
			Short: "発行した電子証明書を一覧表示します",
			Long: `電子証明書をシリアル番号の順に、100件ずつ表示します。続きがある場合は、続きの
表示方法をお知らせします。`,
			Example: `  certctl ca certs list --state revoked
  certctl ca certs list --contract-id 12345678901 -o json`,
		},
		CACertsShow: Page{
			Short: "発行した電子証明書を1件表示します",
			Long: `シリアル番号を指定して、電子証明書を表示します。openssl やブラウザーの表示のまま
指定できます。大文字と小文字、コロン、先頭の0は区別しません。`,
			Example: `  certctl ca certs show 60d1832d9a53f3d852de3c7e309fb69c
  certctl ca certs show 60:D1:83:2D:9A:53:F3:D8:52:DE:3C:7E:30:9F:B6:9C --pem`,
		},
	}
}

func japanesePublishFlags() PublishFlags {
	return PublishFlags{
		Authority:  "この `CA` のリストだけを出力します(root または issuing。省略時は両方)",
		DER:        "PEMの代わりにDERで出力します。--ca と一緒に指定します",
		NextUpdate: "リストの有効期間を `TIME` にします(例: 7d)",
		CertState:  "状態が `STATE` のものだけを表示します(good、revoked、expired、signing)",
		CertAfter:  "シリアル番号が `SERIAL` より後のものだけを表示します",
		CertLimit:  "最大 `COUNT` 件を表示します",
		CertPEM:    "電子証明書をPEMで出力します",
	}
}

func japanesePublish() Publish {
	return Publish{
		Number: "番号", ThisUpdate: "更新日時", NextUpdate: "次回更新日時", Entries: "件数",
		Revoked: "失効日時", Reason: "失効理由", Superseded: "更新された日時",
		Reasons: map[string]string{
			"unspecified":            "指定なし",
			"key_compromise":         "鍵の漏えい",
			"affiliation_changed":    "所属の変更",
			"superseded":             "新しい電子証明書への切り替え",
			"cessation_of_operation": "利用の終了",
			"privilege_withdrawn":    "権限の取り消し",
		},
		Expired:        "有効期限切れ",
		Written:        "証明書失効リストを {file} に書き出しました。",
		NoCertificates: "該当する電子証明書はありません。",
		More:           "続きがある場合は、次の指定で表示できます: --after {serial}",
	}
}
