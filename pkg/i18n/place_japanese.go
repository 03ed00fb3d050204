package i18n

func japanesePlace(c *Commands) {
	c.Import = Page{
		Short: "ファイルの電子証明書と秘密鍵を、ウォレットに取り込みます",
		Long: `ほかのプログラムのファイルから、電子証明書と秘密鍵をウォレットに取り込みます。
ブラウザーや銀行の管理ソフトが書き出したPKCS#12(.p12など)と、PEMに
対応しています。秘密鍵が別のファイルにある場合は --key で指定してください。
- は標準入力です。パスワードが設定されている場合は、入力を求めます。

取り込んだ電子証明書も、表示、書き出し、組み込み、利用ができます。ただし、
certctl の発行システムが発行した電子証明書ではないため、certctl で更新や失効は
できません。元のファイルはそのまま残ります。ファイルとパスワードがあれば
秘密鍵を使用できるため、取り扱いにご注意ください。`,
		Example: `  certctl import old.p12
  certctl import old.pfx --name bank --password-file pw.txt --no-input
  certctl import cert.pem --key key.pem
  openssl pkcs12 -in old.p12 -nodes | certctl import - --name bank`,
	}
	c.Install = Page{
		Short: "電子証明書と秘密鍵を、ブラウザーに組み込みます",
		Long: `ブラウザーが使用する証明書ストアに、電子証明書と秘密鍵を組み込みます。
--to nss では、ホームディレクトリにあるFirefoxとChromiumのNSSデータベース
(snap、flatpakを含む)すべてに組み込みます。データベースがない場合は、
Chromium用に作成します。--to system では、Windowsの利用者の証明書ストア、
またはmacOSのログインキーチェーンに組み込みます。NSSでは ` + "`certutil`" + ` と
` + "`pk12util`" + `(Debianのパッケージは` + "`libnss3-tools`" + `)を使用します。ed25519 の鍵は
どこにも組み込めません。

組み込み先は記録されます。` + "`certctl renew`" + ` で更新すると新しい電子証明書に
置き換わり、` + "`certctl uninstall`" + ` で取り除くことができ、` + "`certctl doctor`" + ` で
食い違いを確認できます。組み込み先には秘密鍵の写しが保管されます。`,
		Example: `  certctl install tanaka --to nss
  certctl install tanaka --to nss --nss-password-file pw.txt --no-input
  certctl install tanaka --to system`,
	}
	c.Uninstall = Page{
		Short: "組み込んだ電子証明書と秘密鍵を、ブラウザーから取り除きます",
		Long: "`certctl install`" + ` で組み込んだ電子証明書と秘密鍵を、すべての組み込み先、
または指定した種類の組み込み先から取り除きます。同じ利用者のほかの電子証明書は
そのまま残ります。ウォレットの電子証明書も残ります。ウォレットから削除した
後でも実行できます。`,
		Example: `  certctl uninstall tanaka
  certctl uninstall 12345678901-tanaka --to nss -o json`,
	}
}

func japanesePlaceFlags() PlaceFlags {
	return PlaceFlags{
		ImportName:      "ウォレットでの電子証明書の名前を `NAME` にします(既定値: サブジェクトによる)",
		Key:             "秘密鍵(PEM)が別のファイルにある場合に、`FILE` を指定します",
		ImportPassword:  "取り込むファイルのパスワードを `FILE` から読み取ります。- は標準入力です",
		InstallTo:       "組み込み先 `WHERE`: nss(Firefox、Chromium)または system(Windows、macOS)",
		UninstallFrom:   "取り除く対象 `WHERE`: nss または system(既定値: すべて)",
		NSSPasswordFile: "NSSデータベースのマスターパスワードを `FILE` から読み取ります。- は標準入力です",
		For:             "読み込むプログラム `READER` に合わせて書き出します: openssl、nss、windows、macos、java",
	}
}

func japanesePlaceOutput() PlaceOutput {
	return PlaceOutput{
		Imported:     "電子証明書を取り込みました。",
		ImportedOver: "この電子証明書は、有効期限が切れています。",
		ImportedNext: "{file} には秘密鍵の写しが残っています。不要になったら削除してください。次の操作:\n  certctl show {name}",
		AsOf:         "{time} 時点の、この機器の時刻とウォレットによる判断です。",
		AlreadyHeld:  "この電子証明書は、{name} としてウォレットにあります。何も変更していません。",
		Readers:      "次のコマンドで読み込めます:",

		Installed:         "電子証明書 {name} を組み込みました:",
		InstalledInSome:   "電子証明書 {name} を組み込みました。ただし、組み込めないところがありました:",
		UninstalledInSome: "電子証明書 {name} を取り除きました。ただし、残っているところがあります:",
		Replaced:          "組み込み済みの古い電子証明書を、新しい {name} に置き換えました。",
		InstalledNext:     "起動中のブラウザーでは、再起動の後に使用できます。",
		Uninstalled:       "電子証明書 {name} を組み込み先から取り除きました:",
		StillThere:        "{name} の写しがブラウザーに残っています。次のコマンドで取り除いてください。\n  certctl uninstall {name}",
		Results:           map[string]string{"installed": "組み込み済", "removed": "取り除き済", "failed": "失敗"},
	}
}

func japanesePlaceErrors() PlaceErrors {
	return PlaceErrors{
		Imported: Problem{
			"ファイルから取り込んだ電子証明書です。certctl の発行システムが発行したものではないため、更新や失効はできません。",
			"発行者(`certctl show NAME` で確認できます)から新しい電子証明書を受け取り、取り込んでください。または、`certctl acquire` で取得してください。",
		},
		NoBundle: Problem{
			"ファイル {file} は、PKCS#12でもPEMでもないか、壊れています。",
			"電子証明書のあるプログラムから、秘密鍵付きのPKCS#12(.p12など)で書き出し直してください。",
		},
		OtherForm: Problem{
			"ファイル {file} はBER形式のPKCS#12です。certctl では読み込めません。",
			"opensslで変換しながら取り込んでください。\n  openssl pkcs12 -in {file} -nodes | certctl import -\nファイルのパスワードの入力を求められます。",
		},
		NoMAC: Problem{
			"ファイル {file} は、改ざんを検出するための値(MAC)がないPKCS#12です。",
			"出どころが確かな場合は、opensslで変換しながら取り込んでください。\n  openssl pkcs12 -in {file} -nodes | certctl import -\nファイルのパスワードの入力を求められます。",
		},
		Unreadable: Problem{
			"ファイル {file} は、certctl が対応していない種類のPKCS#12です。",
			"opensslで変換しながら取り込んでください。\n  openssl pkcs12 -in {file} -nodes | certctl import -\nファイルのパスワードの入力を求められます。",
		},
		KeyLocked: Problem{
			"{file} の秘密鍵は暗号化されています。certctl は、暗号化されたPEMの秘密鍵を読み込めません。",
			"opensslで復号しながら取り込んでください。\n  openssl pkey -in KEY | cat CERTIFICATE - | certctl import -\n秘密鍵のパスワードの入力を求められます。",
		},
		NoKey: Problem{
			"{file} に秘密鍵がありません。",
			"秘密鍵付きで書き出し直すか、秘密鍵のファイルを --key で指定してください。",
		},
		SeveralKeys: Problem{
			"{file} に秘密鍵が2つ以上あります。",
			"電子証明書ごとに、別のファイルに書き出してください。",
		},
		NoLeaf: Problem{
			"{file} に、秘密鍵に対応する電子証明書がありません。",
			"電子証明書と秘密鍵の組み合わせを確認してください。",
		},
		TooBig: "電子証明書のファイルとしては大きすぎます",
		NotFor: Problem{
			"{reader} では、{type} の鍵を使用できません。",
			"`--key-type ec-p256` を指定して取得した電子証明書を使用してください。",
		},
		NoSystem: Problem{
			"このシステムには、利用者用の証明書ストアがありません。",
			"ブラウザーはNSSを使用します。`certctl install NAME --to nss` を実行してください。",
		},
		NoNSS: Problem{
			"このシステムのブラウザーは、システムの証明書ストアを使用します。",
			"`certctl install NAME --to system` を実行してください。Firefoxもこの証明書ストアを使用できます。",
		},
		NoHome: Problem{
			"HOMEが設定されていないため、ブラウザーの証明書ストアの場所が分かりません。",
			"HOMEにホームディレクトリを設定してください。",
		},
		NoTools: Problem{
			"{store} に組み込むためのプログラム(certutil、pk12util)がありません。",
			"`sudo apt-get install libnss3-tools`(Debian、Ubuntu)、`sudo dnf install nss-tools`(Fedora、RHEL)、`brew install nss`(macOS)のいずれかでインストールしてください。",
		},
		NotInstalled: Problem{
			"電子証明書 {name} は、どこにも組み込まれていません。",
			"組み込むには、`certctl install NAME --to nss` を実行してください。",
		},
		StorePassword: Problem{
			"証明書ストア {store} にはマスターパスワードが設定されていますが、指定されていません。",
			"マスターパスワードのファイルを --nss-password-file(CERTCTL_NSS_PASSWORD_FILE)で指定してください。",
		},
		StoreWrongPassword: Problem{
			"証明書ストア {store} のマスターパスワードが正しくありません。",
			"--nss-password-file(CERTCTL_NSS_PASSWORD_FILE)を確認してください。ブラウザーで入力を求められるパスワードです。",
		},
		StoreLocked: Problem{
			"証明書ストア {store} は、ほかのプログラムが使用中です。",
			"ブラウザーを終了して、もう一度実行してください。",
		},
		StoreDamaged: Problem{
			"証明書ストア {store} は壊れています。",
			"ブラウザーを起動すると、修復されるか、詳しい説明が表示されます。その後、もう一度実行してください。",
		},
		StoreForgot: Problem{
			"証明書ストア {store} に電子証明書を組み込みましたが、見つかりません。",
			"-v を付けてもう一度実行してください。ブラウザー自体で電子証明書を取り込めるかどうかも確認してください。",
		},
		SharedKey: Problem{
			"証明書ストア {store} に同じ鍵の電子証明書がもう1つあるため、片方だけを取り除くことができません。",
			"ブラウザーの設定画面で、不要な電子証明書を削除してください。",
		},
	}
}

func japanesePlaceCodes() map[string]Problem {
	return map[string]Problem{
		"target_locked": {
			"証明書ストアは、ほかのプログラムが使用中です。",
			"ブラウザーを終了して、もう一度実行してください。",
		},
		"target_damaged": {
			"証明書ストアを使用できません。",
			"ブラウザーを起動すると、修復されるか、詳しい説明が表示されます。その後、もう一度実行してください。",
		},
		"install_failed": {
			"処理は完了しましたが、電子証明書を組み込めない証明書ストアがありました。",
			"表示された証明書ストアの問題を解決してから、`certctl install NAME` をもう一度実行してください。",
		},
		"password_wrong": {
			"パスワードが正しくありません。",
			"大文字と小文字を確認して、もう一度実行してください。ファイルを書き出したときに設定したパスワードです。",
		},
	}
}
