package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

func pool(t *testing.T, size int) *load.Pool {
	t.Helper()
	p, err := load.NewPool(netip.MustParseAddrPort("127.0.0.1:1"), size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// hallOf is a hall whose server shows a document.
func hallOf(t *testing.T, doc string) (*hall, string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, doc) }))
	t.Cleanup(server.Close)
	return &hall{http: server.Client(), cookies: []string{"a=b"}}, server.Listener.Addr().String()
}

func patch(from, to int, doc string) []byte {
	return fmt.Appendf(nil, `{"t":"patch","topic":%q,"view":1,"epoch":"k","from":%d,"to":%d,"h":"%02d","doc":%s}`, topic, from, to, to, doc)
}

func TestPhonesAreCheckedEachByItself(t *testing.T) {
	h, host := hallOf(t, `{"view":1,"epoch":"k","offset":8,"h":"08","doc":{"votes":{"q":{"n":2}}}}`)
	p := newPhones(h, 3, nobody{})
	p.pool, p.host = pool(t, 3), host
	for id := range 3 {
		p.Message(p.pool.Conn(id), patch(0, 7, `{"votes":{"q":{"n":1}}}`), false)
	}
	if p.ready() != 3 {
		t.Fatalf("%d are in, want 3", p.ready())
	}
	p.mark()
	p.acked(8, 0)
	for id := range 2 {
		p.Message(p.pool.Conn(id), patch(7, 8, `{"votes":{"q":{"n":2}}}`), false)
	}
	if p.settled() {
		t.Error("settled, and phone 2 has not got the change")
	}
	if err := p.check(); err == nil || !strings.Contains(err.Error(), "1 of 3 phones") {
		t.Errorf("one phone is behind: %v", err)
	}
	p.sleep(2, true)
	if err := p.check(); err != nil || !p.settled() {
		t.Errorf("who sleeps is not judged: %v", err)
	}
	p.sleep(2, false)
	p.Message(p.pool.Conn(2), patch(7, 8, `{"votes":{"q":{"n":2}}}`), false)
	if err := p.check(); err != nil || !p.settled() {
		t.Errorf("all have it: %v", err)
	}
	spans, book := p.stretch()
	if n := deliveries(spans); n != 3 || len(spans) != 1 || len(book.latencies(spans)) != 3 {
		t.Errorf("%d deliveries of %d frames", n, len(spans))
	}
	if _, exact := p.woken(func(id int) bool { return id > 0 }); exact != 2 {
		t.Errorf("%v are exact, want 2", exact)
	}
}

func TestAnEmptyPatchIsNoDelivery(t *testing.T) {
	p := newPhones(&hall{}, 1, nobody{})
	p.pool = pool(t, 1)
	p.Message(p.pool.Conn(0), patch(0, 7, `{"votes":{"q":{"n":1}}}`), false)
	p.mark()
	p.Message(p.pool.Conn(0), patch(7, 8, `{}`), false)
	if spans, _ := p.stretch(); deliveries(spans) != 0 || p.states[0].Offset != 8 {
		t.Errorf("%d deliveries, at %d", deliveries(spans), p.states[0].Offset)
	}
}

func TestWhatTheServerEndsIsAFault(t *testing.T) {
	h, host := hallOf(t, `{"view":1,"epoch":"k","offset":7,"h":"07","doc":{}}`)
	p := newPhones(h, 1, nobody{})
	p.pool, p.host = pool(t, 1), host
	p.Message(p.pool.Conn(0), patch(0, 7, `{}`), false)
	p.Closed(p.pool.Conn(0), &load.CloseError{Code: 4000})
	if err := p.check(); err == nil || p.ready() != 0 {
		t.Errorf("%d are in, %v", p.ready(), err)
	}
}

func TestARefusedVoteEndsTheRun(t *testing.T) {
	v := &voters{}
	p := newPhones(&hall{}, 0, v)
	p.pool = pool(t, voterCount)
	v.sent = map[string]time.Duration{ulid(1): 5, ulid(2): 6}
	p.open = 2
	v.answered(document.Answer{Kind: "ack", ID: ulid(1), Offset: 9})
	if p.open != 1 || p.target != 9 || p.book.sent[9] != 5 {
		t.Errorf("%d open, target %d, %v", p.open, p.target, p.book.sent)
	}
	v.answered(document.Answer{Kind: "refuse", ID: ulid(2), Reason: "too-fast"})
	if err := p.pool.Step(0); err == nil || !strings.Contains(err.Error(), "too-fast") {
		t.Errorf("the run goes on: %v", err)
	}
}

func TestFramesAreCountedByPhoneAndSecond(t *testing.T) {
	p := newPhones(&hall{}, 2, nobody{})
	p.pool = pool(t, 2)
	v := &ballots{phones: p, second: make([]int, 2), frames: make([]int, 2)}
	for range 5 {
		v.patched(p.pool.Conn(0))
	}
	v.patched(p.pool.Conn(1))
	v.began -= time.Second // the next one
	for range 3 {
		v.patched(p.pool.Conn(0))
	}
	if v.most != 5 {
		t.Errorf("%d frames in a second, want 5", v.most)
	}
}

func TestVotesAreSpreadOverPollsAndOptions(t *testing.T) {
	seen := make(map[[2]int]int)
	for id := range 1200 {
		poll, option := choice(id, 3, pollOptions)
		seen[[2]int{poll, option}]++
	}
	if len(seen) != 12 || seen[[2]int{2, 3}] != 100 {
		t.Errorf("%v", seen)
	}
}

func TestListenersMissWhatIsLost(t *testing.T) {
	l := &listeners{
		pool: pool(t, 2), tongue: plain{}, stands: make([]int64, 2), asleep: make([]bool, 2), holed: make([]bool, 2),
		byData: make(map[string]*span), sent: 3,
	}
	message := padded(40)
	for _, n := range []int64{1, 2, 3} {
		l.Message(l.pool.Conn(0), message(n), false)
	}
	if l.settled() || l.check() != nil {
		t.Errorf("settled %t, %v", l.settled(), l.check())
	}
	l.Message(l.pool.Conn(1), message(1), false)
	l.Message(l.pool.Conn(1), message(3), false)
	if err := l.check(); !l.settled() || err == nil || l.lost != 1 {
		t.Errorf("%d lost, %v", l.lost, err)
	}
	if _, exact := l.woken(func(int) bool { return true }); exact != 1 {
		t.Errorf("%v are exact, want 1", exact)
	}
	if spans, _ := l.stretch(); deliveries(spans) != 5 {
		t.Errorf("%d deliveries, want 5", deliveries(spans))
	}
}

func TestPayloads(t *testing.T) {
	for _, size := range []int{30, 171, 1024, 7168} {
		b := padded(size)(12345)
		if first, last, err := numbers(b); len(b) != size || first != 12345 || last != 12345 || err != nil {
			t.Errorf("%d bytes, %d to %d, %v", len(b), first, last, err)
		}
	}
	if first, last, err := numbers([]byte(`{"n":4,"x":1}` + "\n" + `{"push":{"data":{"n":5}}}`)); first != 4 || last != 5 || err != nil {
		t.Errorf("%d to %d, %v", first, last, err)
	}
	if _, _, err := numbers([]byte(`{"n":4}{"n":6}`)); err == nil {
		t.Error("a hole within a message is no error")
	}
	if first, _, err := numbers([]byte(`{}`)); first != 0 || err != nil {
		t.Errorf("%d, %v", first, err)
	}
}

func TestCentrifugeIsUnderstood(t *testing.T) {
	var c centrifugeTongue
	first, last, _, reply, err := c.read([]byte(`{"push":{"channel":"room","pub":{"data":{"n":7,"text":"x"}}}}` + "\n{}"))
	if first != 7 || last != 7 || string(reply) != "{}" || err != nil {
		t.Errorf("%d to %d, reply %q, %v", first, last, reply, err)
	}
	if _, _, greeted, _, _ := c.read([]byte(`{"id":1,"connect":{}}` + "\n" + `{"id":2,"subscribe":{}}`)); !greeted {
		t.Error("the subscription is not noticed")
	}
	if _, _, _, _, err := c.read([]byte(`{"id":2,"error":{"code":103}}`)); err == nil {
		t.Error("an error is no error")
	}
	whole := strings.Replace(`{"push":{"channel":"room","pub":{"data":}}}`, `:}`, `:`+string(padded(100)(1))+`}`, 1)
	if len(whole) != 100+c.envelope() {
		t.Errorf("%d bytes around a message, said to be %d", len(whole)-100, c.envelope())
	}
}

func TestInflate(t *testing.T) {
	want := words(5000)
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, want)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	// A sender cuts off the mark of a flush (RFC 7692 §7.2.1).
	got, err := inflate(bytes.TrimSuffix(b.Bytes(), []byte{0, 0, 0xff, 0xff}))
	if err != nil || string(got) != want {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := inflate([]byte("not deflate")); err == nil {
		t.Error("anything can be inflated")
	}
}

func TestULID(t *testing.T) {
	if got := ulid(33); got != "01J00000000000000000000011" || len(got) != 26 {
		t.Errorf("%s", got)
	}
	if ulid(1<<41) == ulid(1<<42) {
		t.Error("two numbers are one id")
	}
}

func TestWords(t *testing.T) {
	for _, n := range []int{0, 1, 600, 5000} {
		if got := len(words(n)); got != n {
			t.Errorf("%d bytes of words, want %d", got, n)
		}
		if got := len(signs(n)); got > n || got < n-2 {
			t.Errorf("%d bytes of signs, want %d", got, n)
		}
	}
}
