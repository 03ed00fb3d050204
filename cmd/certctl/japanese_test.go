package main

import (
	"strings"
	"testing"
	"time"
)

// The whole job again, by people who read Japanese: every screen, and what
// stays on it.
func TestAcquireOnATerminalInJapanese(t *testing.T) {
	d := newDesk(t).with("CERTCTL_LANG=ja")
	d.run("ca", "init").exits(0)
	d.run("contract", "add", deskContract).exits(0)

	add := d.run("user", "add", "--contract-id", deskContract, "--user-id", "tanaka", "--name", "田中 花子")
	add.see("認証方法を選択してください")
	add.see("up/down 選択")
	add.enter("\r")
	add.see("QRコードを読み取ってください")
	secret := add.find(`トークンの秘密: ([A-Z2-7]{32})`)
	add.see("確認を省略")
	add.enter("000000\r")
	add.see("ワンタイムパスワードが正しくありません。")
	add.enter(d.code(t, secret) + "\r")
	add.see("利用者 tanaka を追加しました")
	add.see("トークンの確認: 済")
	add.exits(0)

	acquire := d.run("acquire")
	acquire.see("電子証明書の取得(1/2)")
	acquire.see("esc 中止")
	acquire.enter("\r")
	acquire.see("契約者ID(利用者番号)を入力してください。")
	acquire.enter(deskContract + "\r")
	acquire.see("enter 確定")
	acquire.enter("tanaka\r")
	acquire.see("電子証明書の取得(2/2)")
	acquire.see("田中 花子 様")
	acquire.enter("111\r")
	acquire.see("現在3桁です")
	acquire.enter("111\r")
	acquire.see("あと4回誤入力すると")
	d.clock(t, 30*time.Second)
	acquire.enter(d.code(t, secret) + "\r")
	acquire.see("電子証明書を取得しました。")
	acquire.see("有効期限:")
	acquire.exits(0)

	list := d.run("list")
	list.see("契約者ID 利用者ID 状態 有効期限")
	list.see("(利用者番号)")
	list.see(deskContract + "-tanaka " + deskContract + " tanaka 有効")
	list.exits(0)

	remove := d.run("remove", "tanaka")
	remove.see(deskContract + "-tanaka をウォレットから削除しますか？")
	remove.enter("\x1b")
	remove.see("certctl: 中止しました。")
	remove.exits(130)
	if strings.Contains(remove.Text(), "Cancel") {
		t.Errorf("English on the screen:\n%s", remove.Text())
	}
}

// quickstart shows what it does, and how to be rid of it.
func TestQuickstartInJapanese(t *testing.T) {
	d := newDesk(t).with("CERTCTL_LANG=ja").with("CERTCTL_WALLET=").with("CERTCTL_WALLET_PASSWORD_FILE=").with("CERTCTL_SEALED_BY=").
		with("DBUS_SESSION_BUS_ADDRESS=unix:path=" + t.TempDir() + "/none")
	quickstart := d.run("quickstart", "--dir", t.TempDir())
	quickstart.see("お試し用の環境を")
	quickstart.see("鍵はファイルに保管します")
	quickstart.see("電子証明書の取得(1/2)")
	quickstart.enter("\r")
	quickstart.enter("\r")
	code := quickstart.find(`現在 ([0-9]{6}) が表示されています`)
	quickstart.see("電子証明書の取得(2/2)")
	quickstart.enter(code + "\r")
	quickstart.see("電子証明書を取得しました。")
	quickstart.see("すべて削除できます。")
	quickstart.exits(0)
}
