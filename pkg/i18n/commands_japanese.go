package i18n

func japaneseCommands() Commands {
	c := Commands{
		Root: Group{
			Short: "ワンタイムパスワードで取得するクライアント証明書",
			Long: `certctl は、法人インターネットバンキングなどのログインに使う
電子証明書(クライアント証明書)を取得し、保管します。ご本人の確認は
ワンタイムパスワードで行います。鍵はお使いの機器で作成してOSのキーリングに
保管し、機器の外には出しません。電子証明書を発行する発行システムも
含まれています。`,
		},
		Help: Page{
			Short: "コマンドのヘルプや解説を表示します",
			Long:  `コマンドのヘルプ(--help と同じもの)、または解説を表示します。`,
			Example: `  certctl help user add
  certctl help acquiring`,
		},
		Quickstart: Page{
			Short: "お試し用の環境で、電子証明書の取得を体験できます",
			Long: `お試し用の環境を、新しい一時ディレクトリまたは DIR に作成します。認証局、
契約、ワンタイムパスワード付きの利用者を作成してQRコードを表示し、実際と同じ
2つの画面で、その利用者の電子証明書を取得します。端末がない場合は、画面への
入力を自動で行い、そのことを表示します。

鍵は、この機器のキーリングに保管します。キーリングがない場合は、
ディレクトリ内のファイルに暗号化せずに保管し、そのことを表示します。最後に、
すべてを削除するためのコマンドを1行で表示します。`,
			Example: `  certctl quickstart
  certctl quickstart --dir ./demo --no-input -o json`,
		},
		Completion: Page{
			Short: "シェルの補完スクリプトを表示します",
			Long: `シェルでコマンド、オプション、電子証明書の名前を補完するためのスクリプトを
表示します。名前はウォレットのディレクトリから調べ、キーリングは使いません。

bashではパッケージ bash-completion が、zshでは ` + "`compinit`" + ` の実行が必要です。`,
			Example: `  certctl completion bash > /etc/bash_completion.d/certctl
  certctl completion zsh > "${fpath[1]}/_certctl"
  certctl completion fish > ~/.config/fish/completions/certctl.fish
  certctl completion powershell | Out-String | Invoke-Expression`,
		},
		Version: Page{
			Short:   "certctl のバージョンを表示します",
			Long:    `バージョンと、何からどの環境向けに作成されたかを表示します。`,
			Example: `  certctl version -o json`,
		},
		Config: Group{
			Short: "現在の設定を確認します",
			Long:  `設定は、オプション、環境変数、config.yaml、既定値の順に優先されます。`,
		},
		ConfigView: Page{
			Short: "すべての設定を、指定元とともに表示します",
			Long: `現在のすべての設定と、それがコマンドライン、環境変数、config.yaml、
既定値のどこで指定されたかを表示します。読み取るファイルは config.yaml
だけで、秘密の情報は表示しません。設定項目の説明は ` + "`certctl help environment`" + `
で確認できます。`,
			Example: `  certctl config view
  CERTCTL_HOME=/srv/certctl certctl config view -o json`,
		},
	}
	japaneseHolder(&c)
	japaneseUse(&c)
	c.TokenCommands = japaneseTokenCommands()
	c.ChangeCommands = japaneseChangeCommands()
	japaneseRenew(&c)
	c.UserHandover = japaneseHandoverPage()
	c.UserImport = japaneseUserImportPage()
	c.PublishCommands = japanesePublishCommands()
	c.OperateCommands = japaneseOperateCommands()
	c.BackupCommands = japaneseBackupCommands()
	c.NotifyCommands = japaneseNotifyCommands()
	japanesePlace(&c)
	japaneseAdmin(&c)
	japaneseOperator(&c)
	return c
}

func japaneseHolder(c *Commands) {
	c.Acquire = Page{
		Short: "ワンタイムパスワードで電子証明書を取得します",
		Long: `管理者が発行した電子証明書を、2つの画面で取得します。最初の画面で
契約者ID(利用者番号)と利用者IDを、次の画面で、トークンまたは認証アプリに
表示されるワンタイムパスワードを入力します。コマンドで指定した項目の入力は
求めません。

鍵は、ワンタイムパスワードを入力する前にこの機器で作成し、ウォレットに
保管します。途中で終了した場合も、失われるものはありません。
もう一度実行すると、同じ鍵で続きから取得します。電子証明書がすでに
発行されていれば、ワンタイムパスワードを入力せずに受け取れます。
ワンタイムパスワードの誤入力は回数を数えています。5回続けて誤入力すると
ロックされ、管理者が ` + "`certctl user resume`" + ` を実行するまで取得できません。`,
		Example: `  certctl acquire
  certctl acquire --contract-id 12345678901 --user-id tanaka
  oathtool --totp -b @secret.txt | certctl acquire --contract-id 12345678901 \
      --user-id tanaka --otp-file - --no-input -o json
  certctl acquire --contract-id 12345678901 --user-id tanaka --if-missing`,
	}
	c.List = Page{
		Short: "ウォレットの電子証明書を一覧表示します",
		Long: `ウォレットの電子証明書を、状態と有効期限とともに一覧表示します。鍵は
使わないため、キーリングがロックされていても表示できます。発行システムには
問い合わせません。状態は、電子証明書と時刻からこの機器で判断したものです。`,
		Example: `  certctl list
  certctl list -o json`,
	}
	c.Show = Page{
		Short: "ウォレットの電子証明書を1件表示します",
		Long: `ウォレットの電子証明書について、どの利用者のものか、有効期間、鍵の
保管場所などを表示します。NAME には、` + "`certctl list`" + ` で表示される名前を
指定してください。利用者IDが同じ電子証明書が1件だけの場合は、利用者IDでも
指定できます。発行システムには問い合わせないため、発行システムで失効した
電子証明書も、` + "`certctl status --refresh`" + ` で問い合わせるまでは「有効」と
表示されることがあります。`,
		Example: `  certctl show 12345678901-tanaka
  certctl show tanaka -o json`,
	}
	c.Export = Page{
		Short: "電子証明書と鍵をファイルに書き出します(エクスポート)",
		Long: `電子証明書を、鍵と認証局の証明書とともに、ご自身だけが読めるファイルに
書き出します。ブラウザー、別の機器、サーバーなどで使うためのものです。
PKCS#12は、指定されたパスワードで保護されます。既定のパスワードはありません。
PEMの鍵は暗号化されません。

--for には、読み込むプログラムを指定します: openssl、nss(Firefox、Linuxの
Chromium)、java、windows、macos(キーチェーンは古い3DESだけに対応しています)。
鍵を使用できないプログラムの場合は、その旨を表示します。さらに古いプログラムには
--legacy を指定してください。

書き出したファイルは、鍵の複製です。ファイルとそのパスワードを手に入れた
人は、ご本人になりすますことができます。大切に保管してください。`,
		Example: `  certctl export tanaka --out tanaka.p12
  certctl export tanaka --out tanaka.p12 --password-file pw.txt --no-input
  certctl export tanaka --out tanaka.pem --format pem
  certctl export tanaka --out tanaka.pfx --for windows
  openssl pkcs12 -in tanaka.p12 -info -noout`,
	}
	c.Remove = Page{
		Short: "ウォレットから電子証明書と鍵を削除します",
		Long: `ウォレットから電子証明書と鍵を削除します。元に戻すことはできません。
電子証明書は失効しません。失効が必要な場合は、管理者に ` + "`certctl user reissue`" + `
または ` + "`certctl user remove`" + ` の実行を依頼してください。`,
		Example: `  certctl remove 12345678901-tanaka`,
	}
}

func japaneseAdmin(c *Commands) {
	c.User = Group{
		Short: "利用者の追加、電子証明書の発行、ロックの解除",
		Long: `利用者は契約に属し、電子証明書の発行枠を1つ持ちます。管理者が電子証明書を
発行すると(取得の許可)、利用者はワンタイムパスワードで電子証明書を
取得できます。利用者を追加する管理者は、必ずその利用者の
ワンタイムパスワードを登録してください。`,
	}
	c.UserAdd = Page{
		Short: "利用者を追加し、ワンタイムパスワードを登録します",
		Long: `契約に利用者を追加します。--otp を指定すると、利用者のトークンを作成し、
電子証明書を発行します。一部だけが行われることはありません。端末では、
認証アプリで読み取るQRコードを表示し、正しく登録できたことを確かめるため、
アプリに表示されたワンタイムパスワードの入力を求めます。何も入力せずに
Enterキーを押すと、確認を省略できます。端末がない場合は、--otp-file で
指定するか、省略してください。--otp=SERIAL を指定すると、在庫のハードウェア
トークンを登録し、トークンに表示されたワンタイムパスワードの入力を求めます。
--pin を指定すると、トークンを登録するまでは、利用者確認暗証番号で電子証明書を
取得できます。

トークンの秘密が表示されるのは一度だけで、後から表示することはできません。
ワンタイムパスワードを計算してから渡すスクリプトでは、--secret-out の
ファイルから秘密を読み取ってください。このファイルは、--otp-file を読み取る
前に書き込まれます。`,
		Example: `  certctl user add --contract-id 12345678901 --user-id tanaka --otp \
      --name "田中 花子"
  certctl user add --contract-id 12345678901 --user-id sato --otp -o json |
      jq -r .otp.uri
  certctl user add --contract-id 12345678901 --user-id ito --otp=HW-1001
  certctl user add --contract-id 12345678901 --user-id suzuki --no-otp`,
	}
	c.UserList = Page{
		Short: "利用者を、電子証明書の状態とともに一覧表示します",
		Long: `すべての契約、または1つの契約の利用者を、電子証明書の状態、期限、次の
操作とともに一覧表示します。複数の条件を指定すると、すべてに当てはまる
利用者だけを表示します。--state または --expiring を指定したときは期限の早い
順に、それ以外は契約者ID、利用者IDの順に表示します。

長い一覧は、--limit と --after でページごとに表示できます。その間に利用者を
追加、変更、削除しても、ほかの利用者が漏れたり重複したりすることはありません。
-o jsonl を指定すると、読み出した利用者を順に1行ずつ書き出します。`,
		Example: `  certctl user list
  certctl user list --expiring 30d --limit 50
  certctl user list --contract-id 12345678901 --no-otp -o json`,
	}
	c.UserShow = Page{
		Short:   "利用者を1人表示します",
		Long:    `利用者のトークン、電子証明書の状態、次の操作を表示します。`,
		Example: `  certctl user show --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserIssue = Page{
		Short: "電子証明書を発行し、利用者に取得を許可します",
		Long: `利用者の電子証明書を発行し、取得を許可します。利用者は、発行から
80日以内(ポリシーで変更できます)に、ワンタイムパスワードで電子証明書を
取得できます。--otp を指定した利用者の追加と、最初のトークンの登録では、
電子証明書も自動的に発行されます。`,
		Example: `  certctl user issue --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserReissue = Page{
		Short: "電子証明書を再発行し、古い電子証明書を失効させます",
		Long: `鍵を紛失したとき、電子証明書が失効したとき、期限が過ぎたときに、電子証明書を
再発行します。利用者の有効な電子証明書は、直ちに失効します。`,
		Example: `  certctl user reissue --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserResume = Page{
		Short: "誤入力によるロックや利用中止を解除します",
		Long: `利用者のロックまたは利用中止を解除し、利用者とトークンの誤入力の回数を0に
戻します。`,
		Example: `  certctl user resume --contract-id 12345678901 --user-id tanaka`,
	}
	c.UserRemove = Page{
		Short: "利用者の登録を抹消し、電子証明書を失効させます",
		Long: `利用者の登録を抹消します。有効期限内の電子証明書はすべて失効し、トークンの
登録は解除されます。後から同じ利用者IDで追加した利用者は、別の利用者として
扱われ、何も引き継ぎません。`,
		Example: `  certctl user remove --contract-id 12345678901 --user-id tanaka`,
	}
}

func japaneseOperator(c *Commands) {
	c.CA = Group{
		Short: "認証局の作成と表示",
		Long: `発行システムは、ルート認証局(20年)、その下の発行認証局(10年)、および
記録からなります。すべて1つのデータベースにあり、1つの封印鍵で保護されます。`,
	}
	c.CAInit = Page{
		Short: "発行システムを作成します",
		Long: `新しい発行システムを作成します。ルート認証局と発行認証局をデータベースに
作成し、その秘密を32バイトの封印鍵で保護します。封印鍵の保管場所は、この
機器のキーリングかファイルから選べます。ファイルがなければ作成します(0600)。
保管場所は config.yaml に書き込むため、以後のコマンドでの指定は不要です。

封印鍵がなければ、発行システムを再び開くことはできません。` + "`certctl ca backup`" + `
で、両方の暗号化した控え(バックアップ)をファイルに取り、別の場所に保管してください。

ルート認証局の鍵は、数年に一度、発行認証局を作るときに使うだけですが、同じくデータ
ベースに封印します。--root-out を指定すると、代わりにファイルだけに書き出します。`,
		Example: `  certctl ca init --sealed-by file:/etc/certctl/sealing.key
  certctl ca init --name "Example Bank Client CA" --sealed-by keyring
  certctl ca init --root-out /media/usb/root.key --root-password-file root.pass`,
	}
	c.CAShow = Page{
		Short: "ルート認証局と発行認証局を表示します",
		Long: `ルート認証局と発行認証局を表示します。--pem を指定すると、これらの認証局を
信頼する側に渡すための証明書をPEMで表示します。`,
		Example: `  certctl ca show
  certctl ca show --pem > chain.pem
  openssl verify -purpose sslclient -CAfile chain.pem tanaka.crt`,
	}
	c.Contract = Group{
		Short: "契約の追加と表示",
		Long: `契約は、ご契約先とその利用者をまとめたものです。契約者ID(利用者番号)は11桁の
数字です。`,
	}
	c.ContractAdd = Page{
		Short:   "契約を追加します",
		Long:    `契約を追加します。追加した契約には、利用者を追加できます。`,
		Example: `  certctl contract add 12345678901 --name "Example Trading Co."`,
	}
	c.ContractList = Page{
		Short:   "契約を一覧表示します",
		Long:    `すべての契約を、利用状況と利用者数とともに一覧表示します。`,
		Example: `  certctl contract list -o json`,
	}
	c.ContractShow = Page{
		Short: "契約を1件表示します",
		Long: `契約を1件表示します。config.yaml の contracts.CONTRACT_ID の下に、共通の設定とは
異なる値がある場合は、その値も表示します。`,
		Example: `  certctl contract show 12345678901`,
	}
	c.Audit = Group{
		Short: "操作記録の表示と検査",
		Long: `管理者のすべての操作と、成否を問わずすべての電子証明書の取得が、操作記録に
残ります。操作記録は、契約ごとと、運用担当者の操作とに分かれています。`,
	}
	c.AuditVerify = Page{
		Short: "操作記録が改変されていないことを確かめます",
		Long: `すべての操作記録を計算し直します。書き換えられた行、失われた行、
入れ替えられた行があれば表示し、終了コード1で終了します。

記録の末尾が、末尾の位置の情報とともに切り取られた場合は、` + "`certctl audit checkpoint`" + ` で
作成したチェックポイントと照合します。データベースのもののほか、別の場所に保管した
ものを --checkpoint で指定できます。最後のチェックポイントより後の行が切り取られても、
分かりません。`,
		Example: `  certctl audit verify
  certctl audit verify --checkpoint /mnt/elsewhere/2027-03-01.jws`,
	}
}
