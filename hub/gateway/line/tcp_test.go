package line

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"majlis/hub/fanout"
)

// transports runs a test over TCP and over TLS over TCP. The kernel keeps little
// on both sides. peer is what the other end reads and writes.
func transports(t *testing.T, test func(t *testing.T, l *Line, ours, peer net.Conn)) {
	t.Helper()
	t.Run("TCP", func(t *testing.T) {
		ours, peer := dial(t)
		test(t, open(ours), ours, peer)
	})
	t.Run("TLS", func(t *testing.T) {
		ours, peer := dial(t)
		secured := Secure(ours, &tls.Config{Certificates: []tls.Certificate{certificate(t)}})
		client := tls.Client(peer, &tls.Config{InsecureSkipVerify: true})
		shook := make(chan error, 1)
		go func() { shook <- client.HandshakeContext(t.Context()) }()
		if err := errors.Join(secured.HandshakeContext(t.Context()), <-shook); err != nil {
			t.Fatal(err)
		}
		test(t, open(secured), secured, client)
	})
}

func open(c net.Conn) *Line {
	l := new(Line)
	l.Open(c, new(Forms), Text, nobody)
	return l
}

func dial(t *testing.T) (ours, peer net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if peer, err = net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if ours, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close(); peer.Close() })
	if err := errors.Join(ours.(*net.TCPConn).SetWriteBuffer(16<<10), peer.(*net.TCPConn).SetReadBuffer(16<<10)); err != nil {
		t.Fatal(err)
	}
	return ours, peer
}

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// fill sends until the line takes nothing more, and returns what it took.
func fill(t *testing.T, l *Line, f *fanout.Frame) (taken int) {
	t.Helper()
	for range 100_000 {
		n, clear, err := l.Send([]fanout.Message{{Frame: f}})
		if err != nil {
			t.Fatal(err)
		}
		taken += n
		if !clear {
			return taken
		}
	}
	t.Fatal("the kernel takes everything")
	return 0
}

// A peer that stops in the middle of a frame, pings meanwhile and wakes again
// gets every frame whole, the pong between two of them, and what follows.
func TestAPeerThatStopsAndWakes(t *testing.T) {
	transports(t, func(t *testing.T, l *Line, _, peer net.Conn) {
		f := text(strings.Repeat("a frame for all ", 100))
		taken := fill(t, l, f)
		if _, err := l.Write([]byte("\x8a\x04pong")); err != nil {
			t.Fatal(err)
		}
		waited := make(chan error, 1)
		go func() { waited <- l.Wait(t.Context()) }()
		r := bufio.NewReader(peer)
		for i := range taken {
			if got := next(t, r); got.payload != string(f.Data) {
				t.Fatalf("frame %d of %d is %.40q", i, taken, got.payload)
			}
		}
		if got := next(t, r); got != (wsFrame{0x8a, "pong"}) {
			t.Fatalf("behind them came %.40q", got.payload)
		}
		if err := <-waited; err != nil {
			t.Fatal(err)
		}
		if _, clear, err := l.Send(shared("back again")); err != nil || !clear {
			t.Fatalf("clear %t, %v", clear, err)
		}
		if got := next(t, r); got.payload != "back again" {
			t.Fatalf("then came %.40q", got.payload)
		}
	})
}

// A document is far larger than what the kernel takes.
func TestALargeMessageArrivesWhole(t *testing.T) {
	transports(t, func(t *testing.T, l *Line, _, peer net.Conn) {
		document := strings.Repeat("0123456789abcdef", 1<<16)
		sent := make(chan error, 1)
		go func() {
			batch := append(shared("before", document), fanout.Message{Frame: text("mine follows"), Own: []byte("mine")})
			for len(batch) > 0 {
				taken, clear, err := l.Send(batch)
				if batch = batch[taken:]; err == nil && !clear {
					err = l.Wait(t.Context())
				}
				if err != nil {
					sent <- err
					return
				}
			}
			sent <- l.Wait(t.Context())
		}()
		r := bufio.NewReader(peer)
		for i, want := range []string{"before", document, "mine follows", "mine"} {
			if got := next(t, r); got.payload != want {
				t.Fatalf("message %d has %d bytes and is not what was sent", i, len(got.payload))
			}
		}
		if err := <-sent; err != nil {
			t.Fatal(err)
		}
	})
}

// One who sleeps through being cut off finds everything whole when it wakes, and
// the reason behind it.
func TestASleeperLearnsWhyItWasLeft(t *testing.T) {
	transports(t, func(t *testing.T, l *Line, ours, peer net.Conn) {
		taken := fill(t, l, text(strings.Repeat("a frame for all ", 100)))
		l.Close(4000, "lagging")
		ours.Close()
		r := bufio.NewReader(peer)
		for range taken {
			next(t, r)
		}
		if got := next(t, r); got != (wsFrame{0x88, "\x0f\xa0lagging"}) {
			t.Fatalf("behind them came %x %.40q", got.first, got.payload)
		}
	})
}

func TestAConnectionThatIsClosedEndsTheWaiting(t *testing.T) {
	transports(t, func(t *testing.T, l *Line, ours, _ net.Conn) {
		fill(t, l, text(strings.Repeat("a frame for all ", 100)))
		waited := make(chan error, 1)
		go func() { waited <- l.Wait(t.Context()) }()
		ours.Close()
		if err := <-waited; err == nil {
			t.Error("waiting ended as if all had been taken")
		}
	})
}

// next reads one frame.
func next(t *testing.T, r *bufio.Reader) wsFrame {
	t.Helper()
	head, err := r.Peek(2)
	if err != nil {
		t.Fatalf("reading a frame: %v", err)
	}
	size := map[byte]int{126: 4, 127: 10}[head[1]]
	if size == 0 {
		size = 2
	}
	if head, err = r.Peek(size); err != nil {
		t.Fatalf("reading a frame: %v", err)
	}
	whole := bytes.Clone(head)
	n := int(head[1])
	if size > 2 {
		n = 0
		for _, b := range head[2:] {
			n = n<<8 | int(b)
		}
	}
	whole = append(whole, make([]byte, n)...)
	if _, err := io.ReadFull(r, whole); err != nil {
		t.Fatalf("reading a frame: %v", err)
	}
	f, _ := one(whole)
	return f
}
