package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// line is one person's connection to the topic in one role: it comes back by
// itself, follows the document, and writes the outbox. Two goroutines serve it:
// run reads, act writes.
type line struct {
	// static
	s    *swarm
	role oplog.Role
	name string        // for the history
	wake chan struct{} // holds one: there is something to write

	mu sync.Mutex
	// guarded by mu
	who     http.Header // nil: a visitor to be made
	server  int         // which of the servers it goes to
	ws      *websocket.Conn
	up      time.Time     // since when ws stands
	heard   time.Time     // when something came last
	beat    time.Duration // longest silence that the server announced
	asked   bool          // a watch is to be written, or waits for its answer
	anew    bool          // it says nothing of what is here
	written bool          // it has been written
	settled bool          // the document has caught up with the server
	joins   int
	away    time.Duration // how long to stay away after a drop of our own
	bye     [2]int        // milliseconds, if the server named a span
	doc     *state
	mine    reducer.Client
	box     outbox
	known   oplog.Offset // the largest that was heard of
	calm    time.Time    // no new commands until then
	ended   string       // why the server wants to see us no more
}

func newLine(s *swarm, role oplog.Role, name string, who http.Header) *line {
	return &line{
		s: s, role: role, name: name, who: who, wake: make(chan struct{}, 1), doc: s.library.nobody,
		box: outbox{device: newDevice(), topic: s.topic},
	}
}

func (l *line) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run connects, reads, and comes back, until ctx is done or the server says that
// there is no use.
func (l *line) run(ctx context.Context) {
	for attempt := 0; ctx.Err() == nil; attempt++ {
		began := time.Now()
		err := l.talk(ctx)
		l.down(err)
		l.move()
		if l.isOver() {
			return
		}
		if time.Since(began) > longestWait {
			attempt = 0
		}
		sleep(ctx, l.pause(attempt))
	}
}

// home is the server that the line goes to.
func (l *line) home() *client {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.s.clients[l.server%len(l.s.clients)]
}

// move goes to the next server.
func (l *line) move() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.server++
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// pause is how long to wait before another attempt.
func (l *line) pause(attempt int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	away, bye := l.away, l.bye
	l.away, l.bye = 0, [2]int{}
	switch {
	case away > 0:
		return away
	case bye[1] > 0:
		return time.Duration(bye[0])*time.Millisecond + rand.N(time.Duration(bye[1]-bye[0]+1)*time.Millisecond)
	}
	return rand.N(min(longestWait, firstWait<<min(attempt, 10)))
}

// talk serves one connection.
func (l *line) talk(ctx context.Context) error {
	who, err := l.identity(ctx)
	if err != nil {
		return err
	}
	ws, err := l.home().dial(ctx, who)
	if err != nil {
		return err
	}
	defer ws.CloseNow()
	stop := context.AfterFunc(ctx, func() { ws.CloseNow() })
	defer stop()
	if err := write(ws, l.greeting()); err != nil {
		return err
	}
	buf := new(bytes.Buffer)
	for {
		// The library ends a connection whose read is cancelled, so reading ends
		// by closing.
		_, r, err := ws.Reader(context.Background())
		if err != nil {
			return err
		}
		if err := l.message(ws, r, buf); err != nil {
			return err
		}
	}
}

// keepBuffer is how large a read buffer a quiet connection keeps.
const keepBuffer = 4 << 10

func (l *line) message(ws *websocket.Conn, r io.Reader, buf *bytes.Buffer) error {
	buf.Reset()
	if _, err := buf.ReadFrom(r); err != nil {
		return err
	}
	l.take(ws, buf.Bytes(), time.Now())
	if buf.Cap() > keepBuffer {
		*buf = bytes.Buffer{}
	}
	return nil
}

// identity is who the line belongs to; a visitor is made once and kept.
func (l *line) identity(ctx context.Context) (http.Header, error) {
	l.mu.Lock()
	who := l.who
	l.mu.Unlock()
	if who != nil {
		return who, nil
	}
	who, err := l.home().hello(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.who = who
	return who, nil
}

func (l *line) greeting() []byte {
	return []byte(`{"t":"hello","v":1,"device":"` + l.box.device.String() + `"}`)
}

func write(ws *websocket.Conn, frame []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	return ws.Write(ctx, websocket.MessageText, frame)
}

// down notes the end of a connection.
func (l *line) down(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ws != nil && l.role == attendee {
		l.s.online.Add(-1)
	}
	l.ws, l.settled, l.asked = nil, false, false
	var closed websocket.CloseError
	if errors.As(err, &closed) && wire.Final(int(closed.Code), closed.Reason) {
		l.ended = closed.Reason
		l.s.note("the server wants no more of a " + l.role.String() + ": " + closed.Reason)
	} else if l.joins == 0 && err != nil {
		l.s.noteDial(err)
	}
}

func (l *line) isOver() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended != ""
}

// drop cuts the connection without a word, and stays away for a while.
func (l *line) drop(away time.Duration) {
	l.mu.Lock()
	ws := l.ws
	if ws != nil {
		l.away = away
	}
	l.mu.Unlock()
	if ws != nil {
		ws.CloseNow()
	}
}

// act writes what is to be written, and takes a step whenever one is due, until
// ctx is done. Step says when the next one is; zero: never.
func (l *line) act(ctx context.Context, step func(now time.Time) time.Time) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	next := time.Now()
	for ctx.Err() == nil {
		now := time.Now()
		if !next.IsZero() && !now.Before(next) {
			next = step(now)
		}
		l.flush(now)
		timer.Reset(time.Until(l.alarm(now, next)))
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-timer.C:
		}
	}
}

// alarm is when act must look again.
func (l *line) alarm(now, step time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := now.Add(probeAfter)
	if !step.IsZero() && step.Before(at) {
		at = step
	}
	if due := l.box.next(); l.ws != nil && l.written && !due.IsZero() && due.Before(at) {
		at = due
	}
	return at
}

// flush writes the watch and what is due of the outbox. A connection that has
// been silent for too long is given up.
func (l *line) flush(now time.Time) {
	ws, frames := l.collect(now)
	for _, f := range frames {
		if write(ws, f) != nil {
			ws.CloseNow()
			return
		}
	}
}

func (l *line) collect(now time.Time) (ws *websocket.Conn, frames [][]byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ws == nil {
		return nil, nil
	}
	if now.Sub(l.heard) > 2*l.beat+probeAfter {
		l.ws.CloseNow()
		return nil, nil
	}
	if l.asked && !l.written {
		l.written = true
		frames = append(frames, l.watch())
	}
	if l.written {
		for _, c := range l.box.due(now) {
			l.s.sending(l, c, now)
			frames = append(frames, l.box.frame(c))
			if l.role == attendee && rand.N(echo) == 0 {
				frames = append(frames, l.box.frame(c))
			}
		}
	}
	return l.ws, frames
}

// watch asks for the topic and says what is here.
func (l *line) watch() []byte {
	f := struct {
		T      string       `json:"t"`
		Topic  oplog.Topic  `json:"topic"`
		Role   string       `json:"role"`
		View   int          `json:"view,omitempty"`
		Epoch  string       `json:"epoch,omitempty"`
		Offset oplog.Offset `json:"offset,omitempty"`
		Hash   string       `json:"h,omitempty"`
		Mine   oplog.Offset `json:"mine,omitempty"`
	}{T: "watch", Topic: l.s.topic, Role: l.role.String()}
	if p := l.doc.Pos; !l.anew && p.Epoch != "" {
		f.View, f.Epoch, f.Offset, f.Hash = l.doc.View, p.Epoch, p.Offset, p.Hash.String()
		if l.mine.Pos.Epoch == p.Epoch {
			f.Mine = l.mine.Pos.Offset
		}
	}
	b, err := json.Marshal(f)
	if err != nil {
		panic("swarm: a watch does not encode: " + err.Error())
	}
	return b
}
