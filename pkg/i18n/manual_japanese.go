package i18n

func japaneseManual() Manual {
	return Manual{
		Title:       "certctl マニュアル",
		Date:        "2026年11月",
		Name:        "名前",
		Synopsis:    "書式",
		Description: "説明",
		Commands:    "コマンド",
		Topics:      "トピック",
		Options:     "オプション",
		Examples:    "使用例",
		ExitStatus:  "終了ステータス",
		SeeAlso:     "関連項目",
		Arguments:   "コマンド [オプション]",
		ExitCodes:   "0は、完了したか、実行する必要がなかったことを示します。その他の終了コードは {page} をご覧ください。",
		GlobalFlags: "すべてのコマンドに共通のオプションは {page} をご覧ください。",
	}
}
