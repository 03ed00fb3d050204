package i18n

func japaneseBackupCommands() BackupCommands {
	return BackupCommands{
		CABackup: Page{
			Short: "発行システムの全体を、暗号化したファイルに書き出します",
			Long: `封印鍵と、認証局の鍵を含むすべての記録を、本人だけが読める新しいファイルに
書き出します。発行システムの使用中も、ある一時点の内容になります。ファイルは、
パスフレーズ(2回入力します)で暗号化します。--recipient で age の公開鍵を指定すると、
控え(バックアップ)を取る機器では開けないファイルになります。

公開鍵があれば、開けるファイルを誰でも作ることができます。誰の控えかは、復元時
(` + "`certctl ca restore`" + `)に表示されるルートだけで分かります。ルートのSHA-256を控えておいてください。

ファイルを開ける人は、発行システムにあるすべての鍵を使えます。パスフレーズとも
データベースとも別の場所に保管してください。`,
			Example: `  certctl ca backup backend.age
  certctl ca backup backend.age --passphrase-file /etc/certctl/backup.pass
  age-keygen -o identity.txt
  certctl ca backup backend.age --recipient $(age-keygen -y identity.txt)`,
		},
		CARestore: Page{
			Short: "控え(バックアップ)から発行システムを復元します",
			Long: `控え(バックアップ)を、空のデータベースに復元します。SQLite と PostgreSQL のどちらの
控えも、どちらにも復元できます。途中で止まった場合は、何も復元されません。封印鍵は
--sealed-by の場所に保管し、その場所を config.yaml に書き込みます。

控えを取った後のことは分からないため、使われた可能性のあるものは無効になります。
時刻で変わるトークンの現在までのワンタイムパスワード、回数で変わるトークンのワンタイム
パスワード(` + "`certctl otp resync`" + ` まで)、発行済で未取得の電子証明書(` + "`certctl user reissue`" + `
まで)が対象です。失効リストの番号は、使われたことのない番号から続きます。ご自身で
行うことは、実行後に表示されます。最後に公開した失効リストをご用意ください。`,
			Example: `  certctl ca restore backend.age --sealed-by file:/etc/certctl/sealing.key
  certctl ca restore backend.age --identity identity.txt`,
		},
	}
}

func japaneseBackupFlags() BackupFlags {
	return BackupFlags{
		PassphraseFile: "控えのパスフレーズを `FILE` から読みます(- は標準入力)",
		Recipient:      "パスフレーズの代わりに、age の公開鍵 `KEY`(age1...)で暗号化します。複数回指定できます",
		Identity:       "age の `FILE` にある秘密鍵で控えを開きます",
	}
}

func japaneseBackup() Backup {
	return Backup{
		ThePassphrase: "控えのパスフレーズ",
		Taken:         "控えの時点",
		Root:          "ルートのSHA-256",
		At:            "復元日時",
		Rows:          "行数",
		Written:       "控え(バックアップ)を {file} に書き出しました。",
		WrittenNext:   "発行システムにあるすべての鍵が入っています。パスフレーズともデータベースとも別の場所に保管してください。ポリシーなどの設定は入っていません。config.yaml も保管してください。",

		Restored:    "{time} の発行システムを復元しました。",
		Void:        "その後に使われた可能性があるため、次のものは無効です。",
		VoidClock:   "時刻で変わるトークン({count}個)の、現在までのワンタイムパスワード。{time} から使用できます。",
		VoidCounter: "回数で変わるトークン({count}個)のワンタイムパスワード。それぞれ、その場で表示させた連続する2つで `certctl otp resync` を実行すると使用できます(以前に表示されたものは、使用済みの可能性があります)。",
		VoidSlots:   "発行済で未取得の電子証明書({count}件)。`certctl user list` に失効と表示されます。それぞれ `certctl user reissue` を実行してください。",
		VoidRest:    "以前の受付番号と、現在までの失効リストの番号。",
		Unknown:     "{time} より後のことは、控えにありません。",
		UnknownRevoked: "その後に失効した電子証明書は、再び有効になっています。失効リストを公開する前に、最後に公開した失効リストを " +
			"`certctl ca certs list --state revoked` と比べ、足りないものを `certctl user revoke` で失効させてください。",
		UnknownIssued: "その後に取得または更新された電子証明書は、利用側では有効なままですが、ここには記録がなく、更新も失効もできません。" +
			"書き出した操作記録やサーバーのログで利用者を確認し、`certctl user reissue` を実行してください。",
		UnknownChanged: "利用者、トークン、暗証番号、権限、利用中止は、控えの時点のものです。その後の変更を、利用中止と登録抹消から順に、もう一度行ってください。",
		RestoredNext:   "表示されたルートを、サーバーが信頼しているルートと比べ、復元日時を正しい時計と比べてください。公開鍵で暗号化された控えは誰でも作ることができ、無効になる範囲は時計で決まるためです。どちらかが違う場合は、このデータベースを破棄してください。ポリシー(契約ごとのものも含む)などの設定は控えに入っていません。利用者が取得する前に、当時の設定を config.yaml に戻してください。以前のデータベースは、今後使用しないでください。続けて実行してください:\n  certctl audit verify",

		AnotherKey: Problem{
			"{place} に、別の封印鍵があります。",
			"別のデータベースの封印鍵かもしれないため、上書きしません。--sealed-by file:PATH で別の場所を指定してください。何も復元していません。",
		},
		NeedResync: "要時刻補正",
	}
}

// japaneseBackupCodes are the errors of backups.
func japaneseBackupCodes() map[string]Problem {
	return map[string]Problem{
		"backup_foreign": {
			"certctl の控え(バックアップ)のファイルではありません。",
			"`certctl ca backup` で書き出したファイルを指定してください。",
		},
		"backup_truncated": {
			"控え(バックアップ)が途中で切れています。",
			"元の場所からもう一度コピーするか、控えを取り直してください。何も復元していません。",
		},
		"backup_damaged": {
			"控え(バックアップ)が壊れているか、途中で切れています。",
			"元の場所からもう一度コピーするか、控えを取り直してください。何も復元していません。",
		},
		"backup_too_new": {
			"新しいバージョンの certctl で書き出した控え(バックアップ)です。",
			"そのバージョン以降の certctl で復元してください。このバージョンは `certctl version` で確認できます。",
		},
		"clock_behind": {
			"この機器の時計は遅れています。控え(バックアップ)を取った時点、または復元した時点より前です。",
			"時計を合わせて、もう一度実行してください。使われた可能性のあるワンタイムパスワードを、時計で判断します。復元したときに時計が進んでいた場合は、そのデータベースを破棄し、正しい時刻でもう一度復元してください。",
		},
		"otp_resync_needed": {
			"発行システムを控え(バックアップ)から復元したため、このトークンのどのワンタイムパスワードが使用済みか分かりません。",
			"連続する2つのワンタイムパスワードで `certctl otp resync` を実行するよう、管理者に依頼してください。",
		},
	}
}

func japaneseBackupHints() map[string]string {
	return map[string]string{
		"usage recipient":       "age の公開鍵は age1 で始まります。`age-keygen` で、開くための秘密鍵とともに作成できます。",
		"usage identity":        "age の秘密鍵のファイルには、AGE-SECRET-KEY-1 で始まる行があります。`age-keygen` で作成できます。",
		"password_wrong backup": "大文字と小文字を含め、パスフレーズを確認してください。--recipient で暗号化した控えは、--identity で開きます。",
	}
}
