//go:build !windows

package main

// locale is empty: on Unix the environment tells the language.
func locale() string { return "" }
