package i18n

func japaneseProxyPage(c *Commands) {
	c.Proxy = Page{
		Short: "電子証明書を提示して、要求をサーバーに中継します",
		Long: `この機器のループバックアドレスで待ち受け、すべての要求を、電子証明書を提示して
HTTPSサーバーに中継します。プログラムやブラウザーは、鍵を持たずに電子証明書を
使えます。鍵はウォレットと、このプロセスの中にとどまります。実行中に電子証明書が
更新された場合は、自動的に切り替わります。Ctrl-Cで終了します。

待ち受けポートにはこの機器のすべての利用者が接続できるため、要求には実行ごとの
トークンが必要です。プログラムは、ヘッダー Certctl-Token で渡します。画面に表示
されるファイルにはこのヘッダーが入っており、` + "`curl -H @FILE`" + ` で使えます。ファイルは
終了時に削除します。ブラウザーでは、表示されるリンクを一度開いてください。
以後はクッキーで渡されます。どちらもサーバーには送りません。ほかの機器から接続
できるアドレスは指定できません。

サーバーの証明書は通常どおり検証します。検証に使う証明書は --server-ca で
指定できます。ページ内の、サーバー自身の名前を含むリンクは、中継されません。`,
		Example: `  certctl proxy tanaka https://bank.example
  certctl proxy tanaka https://10.0.0.5:8443/api --server-ca ca.pem \
      --listen 127.0.0.1:8080
  curl -H @"$HEADER_FILE" http://127.0.0.1:8080/accounts`,
	}
}

func japaneseProxy() Proxy {
	return Proxy{
		Ready:       "電子証明書 {name} を提示して、{upstream} に中継しています。",
		Programs:    "プログラム",
		Browsers:    "ブラウザー",
		End:         "Ctrl-Cで終了します。",
		Trouble:     "要求を中継できませんでした: {cause}",
		Forbidden:   "certctl proxy: トークンがありません。プログラムはヘッダー Certctl-Token (curl -H @FILE)で渡し、ブラウザーは表示されたリンクを開いてください。",
		Gone:        "certctl proxy: 電子証明書がウォレットにありません。終了して、certctl list で確認してください。",
		Unreachable: "certctl proxy: サーバーが応答しないか、電子証明書を拒否しました。詳しくは、certctl proxy を実行した端末を確認してください。",
	}
}
