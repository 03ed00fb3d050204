package main

import (
	"bufio"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptSMTPD starts aiosmtpd. Its port was free a moment ago.
func scriptSMTPD(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: smtpd PORT DIR")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	address := free.Addr().String()
	ts.Check(free.Close())
	cmd := exec.Command("aiosmtpd", "-n", "-l", address, "-c", "aiosmtpd.handlers.Mailbox", ts.MkAbs(args[1]))
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
	ts.Check(greets(address))
	ts.Setenv(args[0], strconv.Itoa(free.Addr().(*net.TCPAddr).Port))
}

// greets waits until a mail server answers.
func greets(address string) error {
	deadline := time.Now().Add(patience)
	for {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			line, _ := bufio.NewReader(conn).ReadString('\n')
			_ = conn.Close() // it has said what was to be heard
			if strings.HasPrefix(line, "220") {
				return nil
			}
		}
		if time.Now().After(deadline) {
			return err
		}
		<-time.After(10 * time.Millisecond)
	}
}
