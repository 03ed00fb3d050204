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
}

func japanesePlaceFlags() PlaceFlags {
	return PlaceFlags{
		ImportName:     "ウォレットでの電子証明書の名前を `NAME` にします(既定値: サブジェクトによる)",
		Key:            "秘密鍵(PEM)が別のファイルにある場合に、`FILE` を指定します",
		ImportPassword: "取り込むファイルのパスワードを `FILE` から読み取ります。- は標準入力です",
		For:            "読み込むプログラム `READER` に合わせて書き出します: openssl、nss、windows、macos、java",
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
	}
}

func japanesePlaceCodes() map[string]Problem {
	return map[string]Problem{
		"password_wrong": {
			"パスワードが正しくありません。",
			"大文字と小文字を確認して、もう一度実行してください。ファイルを書き出したときに設定したパスワードです。",
		},
	}
}
