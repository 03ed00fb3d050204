//go:build !unix

package storetest

import (
	"errors"
	"os/exec"
)

var errUnix = errors.New("the tests start PostgreSQL on Unix only")

func giveAway(string) error { return errUnix }

func drop(*exec.Cmd) error { return errUnix }
