package i18n

func japaneseSchedule() Schedule {
	return Schedule{
		None:        "自動更新の予約はありません。電子証明書の更新は、`certctl renew` で行ってください。",
		Installed:   "電子証明書を自動更新します。1日1回、機器ごとに異なる時刻に確認します。電源が切れていた場合は、起動後に確認します。",
		File:        "ファイル",
		Next:        "次回の実行",
		Last:        "前回の実行",
		LastExit:    "終了コード",
		Inactive:    "予約が有効になっていません。`certctl schedule install` をもう一度実行してください。",
		SessionOnly: "ウォレットがキーリングにあるため、ログインしている間だけ更新します。ログインしない機器では、ウォレットをファイルに保管してください(--wallet file:DIR)。",
		Linger:      "ログインしている間に実行します。`loginctl enable-linger` で、常に実行できます。",
		LoggedIn:    "ログインしている間に実行します。",
		Offer:       "有効期限の前に自動で更新するには、次のコマンドで予約してください。\n  {command}",
	}
}

func japaneseSchedulePages(c *Commands) {
	c.Schedule = Group{
		Short: "電子証明書の自動更新を予約します",
		Long: `オペレーティングシステムが1日1回、` + "`certctl renew --all --no-input`" + ` を実行する
ようにします。systemd(systemd --user)のタイマー、macOSのlaunchd、Windowsの
タスクスケジューラを使用します。時刻は機器ごとに異なります。電源が切れていた、
またはスリープしていたために実行されなかった場合は、後で実行します。`,
	}
	c.ScheduleInstall = Page{
		Short: "1日1回の自動更新を予約します",
		Long: `このコマンドで使用するウォレットについて、自動更新を予約します。予約がすでに
ある場合は、置き換えます。ウォレットがキーリングにある場合は、キーリングが
開いているログイン中だけ更新します。パスワードをファイルで指定した
ファイルのウォレットは、常に更新できます。--exec で指定したプログラムは、
更新のたびに実行します。詳しくは ` + "`certctl renew --help`" + ` で確認できます。`,
		Example: `  certctl schedule install
  certctl schedule install --exec systemctl -- reload nginx
  certctl schedule install --wallet file:/srv/wallet \
      --wallet-password-file none`,
	}
	c.ScheduleRemove = Page{
		Short:   "自動更新の予約を取り消します",
		Long:    `自動更新の予約を取り消します。電子証明書と鍵は変わりません。`,
		Example: `  certctl schedule remove`,
	}
	c.ScheduleShow = Page{
		Short: "自動更新の予約と、前回の結果を表示します",
		Long: `予約の有無、次回の実行時刻、前回の結果を表示します。前回の出力は、
` + "`journalctl --user -u certctl-renew`" + ` で確認できます。`,
		Example: `  certctl schedule show
  certctl schedule show -o json`,
	}
}
