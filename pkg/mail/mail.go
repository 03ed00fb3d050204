// Package mail sends e-mails of plain text over SMTP (RFC 5321), all of a run
// through one connection, or writes them down for another program to send. What
// they say, to whom and whether they were sent before is for others to know.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security is how a connection to the server is protected.
type Security string

// The ways. A password is sent over StartTLS and TLS only.
const (
	StartTLS Security = "starttls" // RFC 3207; a server that does not offer it is refused
	TLS      Security = "tls"      // from the first byte on (RFC 8314)
	None     Security = "none"     // open to who listens: for a server on this machine
)

// Securities returns the ways, first the default.
func Securities() []Security { return []Security{StartTLS, TLS, None} }

var (
	// ErrUnreachable: the server could not be spoken to, or not in time. What is
	// still to be sent would fail as well.
	ErrUnreachable = errors.New("the mail server cannot be reached")
	// ErrRefused: the server did not take this message.
	ErrRefused = errors.New("the mail server refused the message")
)

// Server is a server that takes messages, and who sends them. It must have a
// Host and a From.
type Server struct {
	Host     string
	Port     int      // 0: 587, 465 with TLS, 25 with None
	Security Security // empty: StartTLS
	Username string   // empty: the server wants none
	Password string
	From     string        // an address (RFC 5322 addr-spec), with or without a name
	Timeout  time.Duration // of each exchange; 0: 15 seconds
}

// Message is one e-mail. Every recipient sees all of To.
type Message struct {
	To      []string
	Subject string
	Text    string
}

// Sender sends messages over a connection that it opens for the first. It is
// not safe for concurrent use.
type Sender struct {
	from   string
	client *gomail.Client
	open   bool
}

// NewSender returns a sender to a server. Nothing is connected yet.
func NewSender(s Server) (*Sender, error) {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = 15 * time.Second
	}
	opts := []gomail.Option{gomail.WithTimeout(timeout)}
	switch s.Security {
	case TLS:
		opts = append(opts, gomail.WithSSLPort(false))
	case None:
		opts = append(opts, gomail.WithTLSPortPolicy(gomail.NoTLS))
	default:
		opts = append(opts, gomail.WithTLSPortPolicy(gomail.TLSMandatory))
	}
	if s.Port != 0 {
		opts = append(opts, gomail.WithPort(s.Port))
	}
	if s.Username != "" && s.Security != None {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.Username), gomail.WithPassword(s.Password))
	}
	client, err := gomail.NewClient(s.Host, opts...)
	if err != nil {
		return nil, fmt.Errorf("set up the mail server %s: %w", s.Host, err)
	}
	return &Sender{from: s.From, client: client}, nil
}

// Send sends one message. After ErrUnreachable the connection is given up, and
// the next Send opens another; ErrRefused says nothing about other messages.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := m.compose(s.from)
	if err != nil {
		return fmt.Errorf("address the message: %w (%w)", ErrRefused, err)
	}
	if !s.open {
		if err := s.client.DialWithContext(ctx); err != nil {
			return fmt.Errorf("connect: %w (%w)", ErrUnreachable, err)
		}
		s.open = true
	}
	if err = s.client.Send(msg); err == nil {
		return nil
	}
	refused := (*gomail.SendError)(nil)
	if errors.As(err, &refused) && refused.ErrorCode() != 0 {
		return fmt.Errorf("send: %w (%w)", ErrRefused, err)
	}
	s.open = false
	_ = s.client.Close() // it is broken already
	return fmt.Errorf("send: %w (%w)", ErrUnreachable, err)
}

// Write writes a message (RFC 5322) as programs of sendmail's kind take it: its
// lines end in a line feed, and its text is 8-bit UTF-8, which a script can read
// too. Such a program knows who sends, where from is empty.
func (m Message) Write(w io.Writer, from string) error {
	msg, err := m.compose(from, gomail.WithEncoding(gomail.NoEncoding))
	if err != nil {
		return fmt.Errorf("address the message: %w (%w)", ErrRefused, err)
	}
	var text bytes.Buffer
	if _, err := msg.WriteTo(&text); err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	_, err = w.Write(bytes.ReplaceAll(text.Bytes(), []byte("\r\n"), []byte("\n")))
	return err
}

func (m Message) compose(from string, how ...gomail.MsgOption) (*gomail.Msg, error) {
	msg := gomail.NewMsg(how...)
	if from != "" {
		if err := msg.From(from); err != nil {
			return nil, err
		}
	}
	if err := msg.To(m.To...); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageID()
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

// Close ends the connection, if there is one.
func (s *Sender) Close() error {
	if !s.open {
		return nil
	}
	s.open = false
	return s.client.Close()
}
