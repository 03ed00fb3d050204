package cli

import "os"

// handedOn are the signals that a program is meant to get through us.
func handedOn() []os.Signal { return []os.Signal{os.Interrupt} }

// fromTerminal is always true: the console sends Ctrl-C to every program on it.
func fromTerminal(os.Signal) bool { return true }
