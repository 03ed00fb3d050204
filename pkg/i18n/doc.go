// Package i18n holds every sentence that a person reads, as typed Go structs
// with one value for each language: help pages, prompts, table headings,
// summaries, errors and their hints.
//
// It decides nothing and prints nothing: which language is spoken, when a
// sentence is shown and what goes into its placeholders is up to the command
// line. Flags, codes, JSON keys and logs are the same in every language and
// are not here.
package i18n
