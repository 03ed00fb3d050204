package mail_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certctl/pkg/mail"
)

// patience is how long a test waits for what should come at once.
const patience = 30 * time.Second

// A server that accepts and says nothing is given up in time.
func TestAServerThatHangsIsGivenUp(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	s := sender(t, silent.Addr(), 50*time.Millisecond)
	sent := make(chan error, 1)
	go func() { sent <- s.Send(t.Context(), message("tanaka@example.com")) }()
	select {
	case err := <-sent:
		if !errors.Is(err, mail.ErrUnreachable) {
			t.Errorf("a silent server: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("still waiting for a silent server")
	}
}

// What a server refuses is told from a server that is not there, and the next
// message goes through the same connection.
func TestWhatTheServerTakesIsToldFromWhatItRefuses(t *testing.T) {
	address, dir := smtpd(t)
	s := sender(t, address, patience)
	long := message("tanaka@example.com")
	long.Text = strings.Repeat("It is long. ", 1000)
	if err := s.Send(t.Context(), long); !errors.Is(err, mail.ErrRefused) {
		t.Errorf("longer than the server takes: %v", err)
	}
	bad := message("no address")
	if err := s.Send(t.Context(), bad); !errors.Is(err, mail.ErrRefused) {
		t.Errorf("no address: %v", err)
	}
	if err := s.Send(t.Context(), message("tanaka@example.com")); err != nil {
		t.Errorf("a message like others: %v", err)
	}
	if got, err := filepath.Glob(filepath.Join(dir, "new", "*")); err != nil || len(got) != 1 {
		t.Errorf("the server has %q, %v", got, err)
	}
}

// A password goes nowhere where a server offers no TLS.
func TestNoPasswordWithoutTLS(t *testing.T) {
	address, dir := smtpd(t)
	server := plain(address, patience)
	server.Security, server.Username, server.Password = mail.StartTLS, "pki", "secret"
	s, err := mail.NewSender(server)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), message("tanaka@example.com")); !errors.Is(err, mail.ErrUnreachable) {
		t.Errorf("without TLS: %v", err)
	} else if strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is in the error: %v", err)
	}
	if got, _ := filepath.Glob(filepath.Join(dir, "new", "*")); len(got) != 0 {
		t.Errorf("the server has %q", got)
	}
}

func message(to string) mail.Message {
	return mail.Message{To: []string{to}, Subject: "電子証明書 更新のご案内", Text: "更新してください。\n"}
}

func plain(address net.Addr, timeout time.Duration) mail.Server {
	tcp := address.(*net.TCPAddr)
	return mail.Server{Host: tcp.IP.String(), Port: tcp.Port, Security: mail.None, From: "pki@example.com", Timeout: timeout}
}

func sender(t *testing.T, address net.Addr, timeout time.Duration) *mail.Sender {
	t.Helper()
	s, err := mail.NewSender(plain(address, timeout))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the server may be gone
	return s
}

// smtpd starts aiosmtpd, which takes messages of some size into a maildir.
func smtpd(t *testing.T) (address net.Addr, dir string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = free.Addr() // free in a moment
	free.Close()
	dir = filepath.Join(t.TempDir(), "mails")
	cmd := exec.Command("aiosmtpd", "-n", "-s", "5000", "-l", address.String(), "-c", "aiosmtpd.handlers.Mailbox", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-time.After(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", address.String())
		if err != nil {
			continue
		}
		line, _ := bufio.NewReader(conn).ReadString('\n')
		conn.Close()
		if strings.HasPrefix(line, "220") {
			return address, dir
		}
	}
	t.Fatal("aiosmtpd does not answer")
	return nil, ""
}

// At whatever step of the conversation a server stops to answer, it is given up
// in time, and the next message goes through another connection.
func TestAServerThatHangsInTheMiddleIsGivenUp(t *testing.T) {
	for _, step := range []string{"EHLO", "MAIL", "RCPT", "DATA", "."} {
		t.Run(step, func(t *testing.T) {
			address := hangingOnce(t, step)
			s := sender(t, address, 200*time.Millisecond)
			if err := s.Send(t.Context(), message("tanaka@example.com")); !errors.Is(err, mail.ErrUnreachable) {
				t.Errorf("a server that hangs: %v", err)
			}
			if err := s.Send(t.Context(), message("tanaka@example.com")); err != nil {
				t.Errorf("the next message: %v", err)
			}
		})
	}
}

// hangingOnce is a server that on its first connection answers nothing from one
// line on, and else takes everything.
func hangingOnce(t *testing.T, step string) net.Addr {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for hangs := true; ; hangs = false {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			until := ""
			if hangs {
				until = step
			}
			go converse(conn, until)
		}
	}()
	return l.Addr()
}

// converse is the server's side of a conversation until a line begins so.
func converse(conn net.Conn, until string) {
	fmt.Fprint(conn, "220 test\r\n")
	data := false
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		line := lines.Text()
		switch {
		case until != "" && strings.HasPrefix(line, until):
			return
		case data && line != ".":
		case line == "DATA":
			data = true
			fmt.Fprint(conn, "354 go on\r\n")
		default:
			data = false
			fmt.Fprint(conn, "250 fine\r\n")
		}
	}
}

// What is written down for another program is a message of lines, whose text can
// be read as it is.
func TestAMessageIsWrittenDown(t *testing.T) {
	for from, want := range map[string]string{"": "", "pki@example.com": "From: <pki@example.com>\n"} {
		var text strings.Builder
		if err := message("tanaka@example.com").Write(&text, from); err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(text.String(), "\n\n")
		head += "\n"
		for _, line := range []string{want, "To: <tanaka@example.com>\n", "Subject:", "Content-Transfer-Encoding: 8bit\n", "Date: ", "Message-ID: "} {
			if !strings.Contains(head, line) {
				t.Errorf("from %q: no %q in\n%s", from, line, head)
			}
		}
		if body != "更新してください。\n" || strings.Contains(head, "\r") || strings.Contains(head, "From:") != (from != "") {
			t.Errorf("from %q:\n%q", from, text.String())
		}
	}
	if err := message("no address").Write(io.Discard, ""); !errors.Is(err, mail.ErrRefused) {
		t.Errorf("no address: %v", err)
	}
}
