// Package cli is the command line: the command tree, its flags, environment
// and configuration file, what is printed on a terminal or as JSON, the exit
// codes, and the places where the other packages are opened and handed to one
// another.
//
// It is the only package that prints, prompts (through package prompt) or
// decides an exit code, and Process is its only door to the outside: arguments,
// environment, streams, clock. The rules of issuing are in issuer, those of
// keeping in wallet and keyring, the holder's steps in enroll, every sentence
// in i18n; a command here reads like its manual page and leaves the rest to
// them.
package cli
