package i18n

import "maps"

// Text is everything that certctl says in one language. No string in it may
// be empty; a test sees to that. {word} is a placeholder for Fill. Words in
// `backquotes` within a flag's usage name its value.
type Text struct {
	Help     Help
	Flags    Flags
	Commands Commands
	Topics   Topics
	Errors   Errors
	Output   Output
	Prompt   Prompt
	Notify   Notify
	Publish  Publish
	Operate  Operate
	Backup   Backup
	Root     Root
	Manual   Manual
	Handover Handover
	Roster   Roster
}

// Help has the words around a help page.
type Help struct {
	Usage       string // heading
	Commands    string // heading, where there are no groups
	Flags       string // heading
	GlobalFlags string // heading
	Examples    string // heading
	Topics      string // heading
	Holder      string // heading of a group of commands
	Admin       string // heading of a group of commands
	Operator    string // heading of a group of commands
	Everyone    string // heading of a group of commands
	AnyFlags    string // in a usage line, for any flags
	Default     string // {value}, after a flag's usage
	More        string // the last line of the page of a command
	MoreRoot    string // the last lines of the first page
	DoubleClick string // to who started it from Windows' Explorer
}

// Page is the help of one command.
type Page struct {
	Short   string // one line, no full stop
	Long    string
	Example string // one indented line each
}

// Group is the help of a noun with verbs under it.
type Group struct{ Short, Long string }

// Topic is a help page about something that is no command.
type Topic struct{ Short, Long string }

// Problem is an error: what happened, and what to do about it.
type Problem struct{ Message, Hint string }

// joined puts the maps of several areas together.
func joined[T any](parts ...map[string]T) map[string]T {
	all := map[string]T{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
