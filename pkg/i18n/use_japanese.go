package i18n

func japaneseUse(c *Commands) {
	japaneseDoctorPage(c)
	japaneseSchedulePages(c)
	japaneseProxyPage(c)
	c.Status = Page{
		Short: "電子証明書の残り期間と、次の操作を表示します",
		Long: `ウォレットの電子証明書ごとに、状態、有効期間の残り、次に実行する
コマンドを表示します。ウォレットのファイルと時刻から判断するため、
キーリングは開かず、パスワードの入力も求めません。その後に発行システムで
行われた操作は反映されません。--refresh を指定すると、鍵を使って
発行システムに問い合わせ、結果(利用中止、失効、再発行)をウォレットに
記録します。

監視には --check を使用してください。結果は終了コードで分かります。0は
対応不要、10は更新が必要、4は更新できない電子証明書あり、3はウォレットが空、
6は読み取りまたは問い合わせの失敗です。シェルのプロンプトには --short を
使用してください。対応が必要なときだけ、1行表示します。`,
		Example: `  certctl status
  certctl status --refresh
  certctl status --check -o json
  PS1='$(certctl status --short) \$ '`,
	}
	c.Exec = Page{
		Short: "電子証明書と鍵を使って、ほかのコマンドを実行します",
		Long: `電子証明書と鍵をファイルから読み込むコマンドを、どちらもディスクに
書き込まずに実行します。ファイルの場所は環境変数で渡します。CERTCTL_CERT は
電子証明書と発行認証局の証明書、CERTCTL_KEY は鍵で、どちらもPEM形式です。
ファイルはメモリー上にあり、読めるのはご本人だけで、コマンドの終了とともに
なくなります。

Linuxでは、certctl に代わってそのコマンドが動作するため、シグナルと
終了コードはコマンド自身のものです。ほかのシステムでは certctl が中継します。
memfd_create のあるカーネルか、メモリー上のご自身専用のディレクトリ
(XDG_RUNTIME_DIR)が必要です。コマンドの終了後も裏で動き続けるプログラムは、
ファイルを読めなくなります。

-- の後ろはすべて、実行するコマンドです。コマンドの中で環境変数を使う場合は、
手元のシェルが先に置き換えないように、` + "`sh -c`" + ` の後ろに引用符('')で囲んで
指定してください。`,
		Example: `  certctl exec tanaka -- sh -c \
      'curl --cert "$CERTCTL_CERT" --key "$CERTCTL_KEY" https://bank.example/'
  certctl exec tanaka -- python3 fetch.py
  certctl exec tanaka -- sh -c 'openssl s_client -connect bank.example:443 \
      -cert "$CERTCTL_CERT" -key "$CERTCTL_KEY"'`,
	}
}

func japaneseUseFlags() UseFlags {
	return UseFlags{
		Refresh:  "各電子証明書について発行システムに問い合わせます",
		Check:    "対応が必要な場合は10、更新できない場合は4の終了コードで終了します",
		Listen:   "待ち受けるループバックの `ADDRESS` とポート。ポート0は空いているポート",
		ServerCA: "サーバーの検証に使う証明書(PEM)の `FILE` (既定値: システムの証明書)",
		Fix:      "失われるもののない範囲で自動的に直します",
		Short:    "対応が必要なときだけ、1行表示します",
	}
}

func japaneseX509() X509 {
	return X509{
		SHA1: "拇印(SHA-1)", Signature: "署名方式", KeyUsage: "鍵用途", ExtendedKeyUsage: "拡張鍵用途",
		SubjectKeyID: "サブジェクト鍵ID", AuthorityKeyID: "発行者鍵ID", CRLs: "失効リスト(CRL)",
	}
}

func japaneseStatus() Status {
	return Status{
		ColumnLeft: "残り",
		Next:       "次の操作:",
		Refreshed:  "{time} 時点の、発行システムの回答です。",
		AsOf:       "{time} 時点の、この機器の時刻とウォレットによる判断です。発行システムへの最後の問い合わせは {asked} です。`certctl status --refresh` で問い合わせできます。",
		Short:      "電子証明書 {name}: {state}、{left}",
		Over:       "電子証明書 {name} は使用できません: {state}(有効期限 {time})。",
		ShortOver:  "電子証明書 {name}: {state}",
		More:       "(ほか{count}件)",
		NotAsked:   "{name} について発行システムに問い合わせできませんでした。{cause}",

		DaysLeft: "あと{count}日", HoursLeft: "あと{count}時間", HourLeft: "あと{count}時間",
		DaysAgo: "{count}日経過", HoursAgo: "{count}時間経過", HourAgo: "{count}時間経過",

		ByAdmin: "管理者: {command}",
	}
}
