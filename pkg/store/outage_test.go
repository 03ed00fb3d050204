package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"certctl/pkg/store"
	"certctl/pkg/store/storetest"
)

// wire is the way between a client and a server, which can be cut where a
// COMMIT passes.
type wire struct {
	socket   string
	listener net.Listener
	cut      atomic.Pointer[func(*link, []byte)] // what becomes of the next COMMIT
}

// link is one connection over a wire.
type link struct {
	client, server net.Conn
	mute           atomic.Bool   // the server's answers do not reach the client
	answered       chan struct{} // closed by the first of those
}

func newWire(t *testing.T, s *storetest.Server) *wire {
	t.Helper()
	w := &wire{socket: s.Socket(), listener: must(net.Listen("tcp", "127.0.0.1:0"))}
	t.Cleanup(func() { w.listener.Close() })
	go func() {
		for {
			client, err := w.listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", w.socket)
			if err != nil {
				client.Close()
				continue
			}
			l := &link{client: client, server: server, answered: make(chan struct{})}
			go l.answers()
			go w.requests(l)
		}
	}()
	return w
}

// url returns the URL of a database by way of the wire.
func (w *wire) url(direct string) string {
	_, query, _ := bytes.Cut([]byte(direct), []byte("&"))
	return "postgres://postgres@" + w.listener.Addr().String() + "/postgres?sslmode=disable&" + string(query)
}

// answers passes on what the server says, while the link is not mute.
func (l *link) answers() {
	defer l.client.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := l.server.Read(buffer)
		if err != nil {
			return
		}
		if l.mute.Load() {
			close(l.answered)
			return
		}
		if _, err := l.client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// requests passes on what the client says, message by message: a type of one
// byte, which the first has not, a length of four that counts itself, a text.
func (w *wire) requests(l *link) {
	header := make([]byte, 5)
	kind := header[1:]
	for {
		if _, err := io.ReadFull(l.client, kind); err != nil {
			l.server.Close()
			return
		}
		text := make([]byte, binary.BigEndian.Uint32(header[1:])-4)
		if _, err := io.ReadFull(l.client, text); err != nil {
			l.server.Close()
			return
		}
		message := append(bytes.Clone(kind), text...)
		if cut := w.cut.Load(); cut != nil && bytes.Equal(text, []byte("commit\x00")) {
			w.cut.Store(nil)
			(*cut)(l, message)
			return
		}
		if _, err := l.server.Write(message); err != nil {
			return
		}
		kind = header
	}
}

// pass sends a COMMIT on, and waits for the answer that nobody gets.
func (l *link) pass(commit []byte) {
	l.mute.Store(true)
	_, _ = l.server.Write(commit)
	<-l.answered
}

// TestALostCommitIsLookedUp cuts the connection where a COMMIT passes. Whatever
// became of it, that is what the caller is told.
func TestALostCommitIsLookedUp(t *testing.T) {
	server := storetest.Shared(t)
	for name, c := range map[string]struct {
		cut      func(*wire, *link, []byte)
		want     error
		attempts int
	}{
		"committed, the answer is lost": {func(_ *wire, l *link, commit []byte) {
			l.pass(commit)
			l.client.Close()
		}, nil, 1},
		"never sent": {func(_ *wire, l *link, _ []byte) {
			l.client.Close()
			l.server.Close()
		}, store.ErrUnreachable, 0},
		"committed while it is looked up": {func(_ *wire, l *link, commit []byte) {
			l.client.Close()
			waitForWaiter(t, server)
			l.pass(commit)
		}, nil, 1},
		"rolled back while it is looked up": {func(_ *wire, l *link, _ []byte) {
			l.client.Close()
			waitForWaiter(t, server)
			l.server.Close()
		}, store.ErrUnreachable, 0},
		"committed, and nobody to ask": {func(w *wire, l *link, commit []byte) {
			w.listener.Close()
			l.pass(commit)
			l.client.Close()
		}, store.ErrOutcomeUnknown, 1},
	} {
		t.Run(name, func(t *testing.T) {
			direct := server.Database(t)
			st := newStoreAt(t, direct)
			w := newWire(t, server)
			busy := time.Duration(0)
			if errors.Is(c.want, store.ErrOutcomeUnknown) {
				busy = brief
			}
			far := open(t, w.url(direct), store.Options{Busy: busy})
			cut := func(l *link, commit []byte) { c.cut(w, l, commit) }
			claim := func(tx *store.Tx) error {
				_, err := tx.ClaimAttempt(t.Context(), "user", 5)
				w.cut.Store(&cut)
				return err
			}
			if err := far.Do(t.Context(), claim); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			do(t, st, func(tx *store.Tx) error {
				h, err := tx.Holder(t.Context(), ref)
				if h.User.Attempts != c.attempts {
					t.Errorf("%d attempts were counted, want %d", h.User.Attempts, c.attempts)
				}
				return err
			})
		})
	}
}

// waitForWaiter waits until a session of the server waits for another.
func waitForWaiter(t *testing.T, s *storetest.Server) {
	db := storetest.OpenDB(t, s.URL("postgres", "postgres"))
	for waiting := false; !waiting; runtime.Gosched() {
		err := db.QueryRow(`SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)`).Scan(&waiting)
		if err != nil {
			t.Error(err)
			return
		}
	}
}

// TestAServerThatWasStartedAnewIsUsedAgain does not let the connections of
// before tell: they died while nobody used them.
func TestAServerThatWasStartedAnewIsUsedAgain(t *testing.T) {
	server := storetest.Shared(t)
	st := newStoreAt(t, server.Database(t))
	server.Stop(t)
	server.Restart(t)
	lock := func(tx *store.Tx) error { return tx.SetLocked(t.Context(), "user", now) }
	do(t, st, lock)
	server.Stop(t)
	if err := st.Do(t.Context(), lock); !errors.Is(err, store.ErrUnreachable) {
		t.Errorf("while it is down: %v, want ErrUnreachable", err)
	}
	server.Restart(t)
	do(t, st, lock)
}

// TestTwoInEachOthersWayBothSucceed has two transactions wait for each other,
// which the server ends by rolling one back.
func TestTwoInEachOthersWayBothSucceed(t *testing.T) {
	st := newStoreAt(t, storetest.Database(t))
	ctx := t.Context()
	var ran, met atomic.Int32
	both := make(chan struct{})
	cross := func(first, second func(*store.Tx) error) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			ran.Add(1)
			if err := first(tx); err != nil {
				return err
			}
			if met.Add(1) == 2 {
				close(both)
			}
			<-both
			return second(tx)
		}
	}
	user := func(tx *store.Tx) error { _, err := tx.ClaimAttempt(ctx, "user", 5); return err }
	token := func(tx *store.Tx) error { _, err := tx.ClaimTokenAttempt(ctx, "token", 5); return err }
	failed := make(chan error)
	go func() { failed <- st.Do(ctx, cross(user, token)) }()
	go func() { failed <- st.Do(ctx, cross(token, user)) }()
	if err := errors.Join(<-failed, <-failed); err != nil {
		t.Error(err)
	}
	do(t, st, func(tx *store.Tx) error {
		h, err := tx.Holder(ctx, ref)
		if h.User.Attempts != 2 || h.Token.Attempts != 2 || ran.Load() < 3 {
			t.Errorf("attempts %d and %d in %d runs, want 2 and 2 in 3 or more", h.User.Attempts, h.Token.Attempts, ran.Load())
		}
		return err
	})
}
