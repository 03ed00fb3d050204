package main

import "golang.org/x/sys/windows"

// locale returns the language that the user has chosen for Windows, such as
// ja-JP.
func locale() string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(languages) == 0 {
		return ""
	}
	return languages[0]
}
