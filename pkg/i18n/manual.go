package i18n

// Manual has the words around a manual page.
type Manual struct {
	Title string // of the whole manual
	Date  string // the month of its last change that a reader cares about

	// Headings, as man-pages(7) has them.
	Name, Synopsis, Description, Commands, Topics, Options, Examples, ExitStatus, SeeAlso string

	Arguments   string // of a command with commands under it, in its synopsis
	ExitCodes   string // {page}
	GlobalFlags string // {page}
}

func englishManual() Manual {
	return Manual{
		Title:       "certctl manual",
		Date:        "November 2026",
		Name:        "NAME",
		Synopsis:    "SYNOPSIS",
		Description: "DESCRIPTION",
		Commands:    "COMMANDS",
		Topics:      "TOPICS",
		Options:     "OPTIONS",
		Examples:    "EXAMPLES",
		ExitStatus:  "EXIT STATUS",
		SeeAlso:     "SEE ALSO",
		Arguments:   "COMMAND [flags]",
		ExitCodes:   "0: done, or nothing to do. The others are in {page}.",
		GlobalFlags: "The flags of every command are in {page}.",
	}
}
