package hub_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"majlis/hub"
	"majlis/hub/entity/reducer"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/session"
	"majlis/hub/wire"
)

func kinds() map[oplog.Kind]hub.Kind {
	return map[oplog.Kind]hub.Kind{oplog.KindSession: {
		New:     func(t oplog.Topic) hub.Machine { return session.New(t) },
		Prepare: session.Prepare, Rules: session.Rules, View: session.View, State: session.State,
	}}
}

// node is one hub on a store.
type node struct {
	t     *testing.T
	hub   *hub.Hub
	topic *hub.Topic
	saw   *quiet
	stop  func()
}

func start(t *testing.T, store hub.Store) *node {
	t.Helper()
	return begin(t, hub.Config{Store: store})
}

// begin completes a configuration and runs it.
func begin(t *testing.T, c hub.Config) *node {
	t.Helper()
	n := &node{t: t, saw: &quiet{}}
	c.Observer = n.saw
	if c.Kinds == nil {
		c.Kinds = kinds()
	}
	if c.Trouble == nil {
		c.Trouble = func(topic oplog.Topic, err error) { t.Errorf("%s in trouble: %v", topic, err) }
	}
	n.hub = hub.New(c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.hub.Run(ctx) }()
	n.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("hub ended with %v", err)
		}
	}
	var err error
	if n.topic, err = n.hub.Open(t.Context(), opening); err != nil {
		t.Fatalf("open: %v", err)
	}
	return n
}

// command prepares what a person says.
func (n *node) command(person string, role oplog.Role, raw string) oplog.Command {
	n.t.Helper()
	c, reason := n.topic.Prepare(json.RawMessage(raw), person, role, "")
	if reason != "" {
		n.t.Fatalf("%s: refused before the log: %s", raw, reason)
	}
	return c
}

// do submits and wants an outcome: "" for accepted.
func (n *node) do(person string, role oplog.Role, raw string, want oplog.Reason) hub.Answer {
	n.t.Helper()
	a, err := n.topic.Submit(n.t.Context(), n.command(person, role, raw))
	if err != nil || a.Retry != 0 || a.Outcome.Reason != want {
		n.t.Fatalf("%s: got %q, %v, retry %v; want %q", raw, a.Outcome.Reason, err, a.Retry, want)
	}
	return a
}

// phone is a connection with the client's own rule behind it.
type phone struct {
	t       *testing.T
	conn    *fanout.Conn
	mu      sync.Mutex
	doc     reducer.Client
	mine    reducer.Client
	acks    []string
	beats   []wire.Pulse
	raw     [][]byte
	frames  int
	own     int // frames of the own part
	whole   int // documents from 0
	rewatch bool
}

func (n *node) phone(person string, role oplog.Role, has hub.Stand) (*phone, *hub.Watcher, func()) {
	n.t.Helper()
	return n.resume(person, role, has, reducer.Client{})
}

// resume is phone for one that holds a document already.
func (n *node) resume(person string, role oplog.Role, has hub.Stand, doc reducer.Client) (*phone, *hub.Watcher, func()) {
	n.t.Helper()
	p := &phone{t: n.t, doc: doc}
	p.conn = new(fanout.Conn)
	n.hub.Connect(p.conn, p)
	w, ok, err := n.topic.Watch(n.t.Context(), p.conn, role, person, has)
	if err != nil || !ok {
		n.t.Fatalf("watch: %t, %v", ok, err)
	}
	return p, w, func() { n.topic.Leave(context.Background(), w); p.conn.End(errors.New("left")) }
}

// Send takes whatever comes, as the line of somebody who keeps up.
func (p *phone) Send(batch []fanout.Message) (taken int, clear bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range batch {
		if m.Frame != nil {
			p.receive(m.Frame.Data)
		}
		if m.Own != nil {
			p.receive(m.Own)
		}
	}
	return len(batch), true, nil
}

func (p *phone) Wait(context.Context) error { return nil }
func (p *phone) End(error)                  {}

func (p *phone) receive(data []byte) {
	p.raw = append(p.raw, data)
	for line := range strings.SplitSeq(string(data), "\n") {
		f, err := wire.DecodeServer([]byte(line))
		if err != nil {
			p.t.Errorf("frame %s: %v", line, err)
			continue
		}
		p.take(f)
	}
}

func (p *phone) take(f wire.ServerFrame) {
	switch f := f.(type) {
	case wire.Patch:
		p.frames++
		if f.From == 0 {
			p.whole++
		}
		p.check(p.doc.Apply(reducer.Frame{From: f.From, Pos: f.Pos, View: f.View, Doc: f.Doc}))
	case wire.Mine:
		p.own++
		p.check(p.mine.Apply(reducer.Frame{From: f.From, Pos: f.Pos, Doc: f.Doc}))
	case wire.Pulse:
		p.beats = append(p.beats, f)
	case wire.Ack:
		p.acks = append(p.acks, f.ID)
	case wire.Refuse:
		p.acks = append(p.acks, f.ID+" "+string(f.Reason))
	}
}

func (p *phone) check(v reducer.Verdict) {
	if v == reducer.Behind || v == reducer.Foreign {
		p.rewatch = true
	}
}

// agrees compares what a phone holds with the topic's document.
func (n *node) agrees(p *phone, role oplog.Role) {
	n.t.Helper()
	synctest.Wait()
	d, err := n.topic.Document(n.t.Context(), role)
	if err != nil {
		n.t.Fatalf("document: %v", err)
	}
	var want struct {
		Doc json.RawMessage `json:"doc"`
	}
	if err := json.Unmarshal(d.JSON, &want); err != nil {
		n.t.Fatalf("document: %v", err)
	}
	got, err := json.Marshal(p.doc.Doc)
	if err != nil || string(got) != string(want.Doc) {
		n.t.Errorf("phone holds  %s\ndocument is %s", got, want.Doc)
	}
	if p.rewatch {
		n.t.Error("a frame did not fit: the phone would have to watch again")
	}
}

func ulid(n int) string { return fmt.Sprintf("01J%023d", n) }

func ask(n int, text string) string {
	return fmt.Sprintf(`{"type":"question.ask","id":%q,"text":%q}`, ulid(n), text)
}

func on(kind string, n int) string { return fmt.Sprintf(`{"type":%q,"id":%q}`, kind, ulid(n)) }

// simulate runs a test on simulated time.
func simulate(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}
