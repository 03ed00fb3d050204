package i18n

func japaneseDatabaseCodes() map[string]Problem {
	return map[string]Problem{
		"store_unreachable": {
			"データベースサーバーに接続できません。",
			"サーバーが動作していること、config.yaml の `store`(CERTCTL_STORE)がそのサーバーを指していることを `certctl config view` で確認し、もう一度実行してください。同じ処理が二重に行われることはなく、ワンタイムパスワードが無駄になることもありません。",
		},
		"store_login": {
			"データベースサーバーにログインできません。",
			"`store`(CERTCTL_STORE)のログイン名とデータベース名、およびパスワードを確認してください。パスワードは ~/.pgpass または PGPASSWORD でも指定できます。接続を許可する範囲は、サーバーの pg_hba.conf で決まります。",
		},
		"outcome_unknown": {
			"処理が記録されたかどうかの応答を受け取る前に、データベースとの接続が切れました。",
			"`certctl acquire` または `certctl renew` の場合は、もう一度同じように実行してください。二重に処理されることはありません。そのほかの場合は、先に `certctl user list` または `certctl contract list` で現在の状態を確認してください。",
		},
	}
}

func japaneseDatabase() DatabaseErrors {
	return DatabaseErrors{
		NoDatabase: Problem{
			"指定された名前のデータベースが、サーバーにありません。",
			"`store`(CERTCTL_STORE)の名前を訂正するか、サーバーで `createdb --encoding=UTF8 --template=template0 NAME` を実行して作成してください。",
		},
		NoRights: Problem{
			"データベースのログイン名に、発行システムに必要な権限がありません。",
			"サーバーで `ALTER DATABASE NAME OWNER TO USER` を実行してそのログイン名をデータベースの所有者にしてから、もう一度実行してください。",
		},
		NotUTF8: Problem{
			"データベースの文字コードが UTF-8 でないため、氏名などを正しく記録できません。",
			"サーバーで `createdb --encoding=UTF8 --template=template0 NAME` を実行して、別のデータベースを作成してください。",
		},
		KeyInPlace: Problem{
			"記録を PostgreSQL に置く場合、封印鍵をキーリングに保管することはできません。",
			"このデータベースを使用するすべての機器で、同じ封印鍵が必要です。--sealed-by file:PATH(CERTCTL_SEALED_BY)で、ファイルに保管してください。",
		},
		WantStore:   "sqlite、または postgres://USER@HOST/DATABASE の形で表した PostgreSQL のデータベース",
		WeakSetting: "警告: データベースサーバーの設定が {settings} になっています。サーバーに障害が起きると、記録済みと表示されたものが失われ、使用済みのワンタイムパスワードがもう一度受け付けられるおそれがあります。",
	}
}
