package hub_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// simLine is one connection of a phone to a node: both its ends, and what is
// under way between them. What was said arrives in order, until the line hangs.
type simLine struct {
	// static
	w      *world
	phone  *simPhone
	node   *simNode
	hub    *hub.Hub
	number int
	rng    *rand.Rand // of what happens to it
	inward *rand.Rand // of requests
	conn   fanout.Conn
	inbox  chan simRequest
	cancel context.CancelFunc

	// guarded by the world's mu
	hung    bool
	in, out time.Duration // when the last of each arrives
	stuck   chan struct{} // nil: moving; closed when it moves again
	rest    bool          // something of the last message has not left
}

// simRequest is what a phone asks for: a watch if it has no command.
type simRequest struct {
	has     hub.Stand
	command *simCommand
}

var errHung = errors.New("the line has hung up")

// dial connects a phone to a node. The caller holds mu.
func (n *simNode) dial(p *simPhone) *simLine {
	n.number++
	l := &simLine{w: n.w, phone: p, node: n, hub: n.hub, number: n.number, inbox: make(chan simRequest, 4096)}
	p.dialled++
	name := p.name + "line" + string(rune('0'+p.dialled))
	l.rng, l.inward = stream(n.w.seed, name), stream(n.w.seed, name+"in")
	n.lines[l] = true
	var ctx context.Context
	ctx, l.cancel = context.WithCancel(n.ctx)
	n.hub.Connect(&l.conn, l)
	n.ends.Go(func() { l.serve(ctx) })
	return l
}

// hang ends the line: what has not arrived never does. The phone learns of it at
// once, or when it misses something. The caller holds mu.
func (l *simLine) hang() {
	if l.hung {
		return
	}
	l.hung = true
	delete(l.node.lines, l)
	l.release()
	l.w.at(draw(l.rng, time.Millisecond, 50*time.Millisecond), l.cancel)
	l.w.at(draw(l.rng, time.Millisecond, 600*time.Millisecond), func() { l.phone.down(l) })
}

// stick lets nothing through to the phone for a while. The caller holds mu.
func (l *simLine) stick(d time.Duration) {
	if l.stuck == nil && !l.hung {
		l.stuck = make(chan struct{})
		l.w.at(d, l.release)
	}
}

// release lets everything through again. The caller holds mu.
func (l *simLine) release() {
	if l.stuck != nil {
		close(l.stuck)
		l.stuck = nil
	}
}

// request carries something to the node. The caller holds mu.
func (l *simLine) request(r simRequest) {
	if l.hung {
		return
	}
	now := time.Since(l.w.began)
	at := max(now+draw(l.inward, time.Millisecond, 40*time.Millisecond), l.in+1)
	l.in = at
	l.w.at(at-now, func() {
		if l.hung {
			return
		}
		select {
		case l.inbox <- r:
		default:
			panic("a line's inbox is full: the simulated phones say too much")
		}
	})
}

// Send implements fanout.Line.
func (l *simLine) Send(batch []fanout.Message) (taken int, clear bool, err error) {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	if l.hung {
		return 0, false, errHung
	}
	for _, m := range batch {
		if l.rest {
			return taken, false, nil
		}
		var text []byte
		if m.Frame != nil {
			text = m.Frame.Data
		}
		if m.Own != nil {
			text = slices.Concat(text, []byte("\n"), m.Own)
		}
		l.carry(text)
		taken++
		l.rest = l.stuck != nil
	}
	return taken, !l.rest, nil
}

// carry brings one message to the phone. The caller holds mu.
func (l *simLine) carry(text []byte) {
	now := time.Since(l.w.began)
	at := max(now+draw(l.rng, time.Millisecond, 40*time.Millisecond), l.out+1)
	l.out = at
	l.w.at(at-now, func() {
		if !l.hung {
			l.phone.receive(l, text)
		}
	})
}

// Wait implements fanout.Line.
func (l *simLine) Wait(ctx context.Context) error {
	l.w.mu.Lock()
	stuck := l.stuck
	l.w.mu.Unlock()
	if stuck != nil {
		select {
		case <-stuck:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	l.rest = false
	if l.hung {
		return errHung
	}
	return nil
}

// End implements fanout.Line.
func (l *simLine) End(error) {}

// serve is the node's side: it does what gateway does for one connection.
func (l *simLine) serve(ctx context.Context) {
	var topic *hub.Topic
	var w *hub.Watcher
	defer func() {
		if w != nil {
			topic.Leave(context.Background(), w)
		}
		l.conn.End(errHung)
	}()
	for {
		var r simRequest
		select {
		case <-ctx.Done():
			return
		case r = <-l.inbox:
		}
		t, err := l.hub.Open(ctx, opening)
		switch {
		case err != nil && r.command == nil:
			l.conn.Own(wire.AppendError(nil, wire.Error{Topic: opening, Reason: oplog.Unavailable}))
		case err != nil:
			l.conn.Own(wire.AppendRetry(nil, wire.Retry{ID: r.command.id, After: int(hub.RetryAfter.Milliseconds())}))
		case r.command == nil:
			if w != nil {
				l.conn.Unwatch(opening)
				topic.Leave(ctx, w)
			}
			var ok bool
			topic = t
			if w, ok, err = t.Watch(ctx, &l.conn, l.phone.role, l.phone.person, r.has); err != nil || !ok {
				w = nil
				l.conn.Own(wire.AppendError(nil, wire.Error{Topic: opening, Reason: oplog.Unavailable}))
			}
		default:
			l.do(ctx, t, w, r.command)
		}
	}
}

func (l *simLine) do(ctx context.Context, t *hub.Topic, w *hub.Watcher, c *simCommand) {
	cmd, reason := c.prepare(t, l.phone)
	if reason != "" {
		l.conn.Own(wire.AppendRefuse(nil, wire.Refuse{ID: c.id, Topic: opening, Reason: reason}))
		return
	}
	err := t.Send(ctx, cmd, w, func(a hub.Answer, own []byte) {
		frame := answerFrame(c.id, a)
		if own != nil {
			frame = slices.Concat(own, []byte("\n"), frame)
		}
		l.conn.Own(frame)
	})
	if err != nil {
		l.conn.Own(answerFrame(c.id, hub.Answer{Retry: hub.RetryAfter}))
	}
}

// answerFrame is what gateway says of an answer.
func answerFrame(id string, a hub.Answer) []byte {
	switch {
	case a.Retry > 0:
		return wire.AppendRetry(nil, wire.Retry{ID: id, After: int(a.Retry.Milliseconds())})
	case a.Outcome.Accepted():
		return wire.AppendAck(nil, wire.Ack{ID: id, Topic: opening, Pos: a.Pos, Level: a.Level, Again: a.Outcome.Again})
	}
	return wire.AppendRefuse(nil, wire.Refuse{ID: id, Topic: opening, Offset: a.Pos.Offset, Reason: a.Outcome.Reason})
}

// post carries a command over plain HTTP, to any node: it may be lost, come twice
// or late, and so may the answer. The caller holds mu.
func (p *simPhone) post(n *simNode, c *simCommand) {
	w := p.w
	if w.chance(p.net, requestLost) {
		return
	}
	copies := 1
	if w.chance(p.net, requestDoubled) {
		copies = 2
	}
	for range copies {
		after := draw(p.net, time.Millisecond, 60*time.Millisecond)
		if w.chance(p.net, requestLate) {
			after = draw(p.net, 100*time.Millisecond, 3*time.Second)
		}
		lost, back := w.chance(p.net, answerLost), draw(p.net, time.Millisecond, 60*time.Millisecond)
		w.at(after, func() {
			if n.up {
				h, ctx, gen := n.hub, n.ctx, n.gen
				n.ends.Go(func() { p.submit(ctx, h, n, gen, c, lost, back) })
			}
		})
	}
}

// submit is the node's side of a post.
func (p *simPhone) submit(ctx context.Context, h *hub.Hub, n *simNode, gen int, c *simCommand, lost bool, back time.Duration) {
	t, err := h.Open(ctx, opening)
	if err != nil {
		return
	}
	cmd, reason := c.prepare(t, p)
	a := hub.Answer{Outcome: oplog.Refuse(reason)}
	if reason == "" {
		if a, err = t.Submit(ctx, cmd); err != nil {
			return
		}
	}
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	if lost || !n.up || n.gen != gen {
		return
	}
	p.w.at(back, func() { p.receive(nil, answerFrame(c.id, a)) })
}
