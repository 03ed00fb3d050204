package i18n

func japaneseListFlags() ListFlags {
	return ListFlags{
		UserState:     "状態が `STATE` の利用者だけを表示します(not_issued、acquirable、acquire_expired、active、renewable、expired_reacquirable、expired_reissue、revoked)。電子証明書の状態にかかわらず、locked と suspended も指定できます",
		Expiring:      "電子証明書の有効期限まで `TIME` 以内の利用者だけを表示します(例: 30d)",
		NoTokenFilter: "トークンのない利用者だけを表示します",
		Limit:         "最大 `COUNT` 件を表示し、続きの指定方法を示します。指定しない場合はすべて表示します",
		After:         "前のページの最後に示された `CURSOR` から続きを表示します",
	}
}

func japaneseList() List {
	return List{
		NoMatch: "条件に合うものはありません。",
		More:    "続きがあります。次のページを表示するには、同じコマンドに次の指定を加えて実行してください。\n  --after {cursor}",
	}
}
