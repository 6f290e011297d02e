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
	"time"

	"majlis/hub"
	"majlis/hub/entity/reducer"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/session"
	"majlis/hub/wire"
)

const opening = oplog.Topic("session/opening")

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

const (
	amina = "visitor:amina"
	boris = "visitor:boris"
	chair = "pass:chair"
)

func TestTopic(t *testing.T) {
	t.Run("QuestionReachesEveryPhoneAfterApproval", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			n.do(amina, oplog.Attendee, ask(1, "كيف؟"), "")
			n.agrees(p, oplog.Attendee)
			if _, shown := p.doc.Doc["question"]; shown {
				t.Error("a pending question was shown")
			}
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			time.Sleep(time.Second)
			n.agrees(p, oplog.Attendee)
			if got := string(p.doc.Doc["question"][ulid(1)]); !strings.Contains(got, "كيف؟") {
				t.Errorf("question is %q", got)
			}
		})
	})
	t.Run("AckComesWithTheOwnPartAndOwnerIsToldOfApproval", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			p, w, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
			defer leave()
			reply := func(a hub.Answer, own []byte) {
				p.conn.Own([]byte(string(own) + "\n" + string(wire.AppendAck(nil, wire.Ack{ID: ulid(7), Topic: opening, Pos: a.Pos, Level: a.Level}))))
			}
			if err := n.topic.Send(t.Context(), n.command(amina, oplog.Attendee, ask(1, "Why?")), w, reply); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if got := string(p.mine.Doc["asked"][ulid(1)]); !strings.Contains(got, `"pending"`) || len(p.acks) != 1 {
				t.Errorf("own question is %q with %d acks", got, len(p.acks))
			}
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			synctest.Wait()
			if got := string(p.mine.Doc["asked"][ulid(1)]); !strings.Contains(got, `"live"`) {
				t.Errorf("own question is %q after approval", got)
			}
		})
	})
	t.Run("EverybodyWhomOneCommandConcernsIsTold", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			people := []string{amina, boris, "visitor:chen"}
			var phones []*phone
			var ids []string
			for i, who := range people {
				p, _, leave := n.phone(who, oplog.Attendee, hub.Stand{})
				defer leave()
				phones, ids = append(phones, p), append(ids, ulid(i+1))
				n.do(who, oplog.Attendee, ask(i+1, "Why?"), "")
			}
			n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"question.approve","ids":["%s"]}`, strings.Join(ids, `","`)), "")
			synctest.Wait()
			for i, p := range phones {
				if got := string(p.mine.Doc["asked"][ids[i]]); !strings.Contains(got, `"live"`) {
					t.Errorf("%s was told %q", people[i], got)
				}
			}
		})
	})
	t.Run("StormOfVotesIsAFewFrames", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			n.do(amina, oplog.Attendee, ask(1, "Why?"), "")
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			synctest.Wait()
			before := p.frames
			for i := range 500 {
				n.do(fmt.Sprintf("visitor:%d", i), oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)), "")
				time.Sleep(2 * time.Millisecond) // 500 votes in a second
			}
			time.Sleep(time.Second)
			n.agrees(p, oplog.Attendee)
			if got := string(p.doc.Doc["votes"][ulid(1)]); got != `{"n":500}` {
				t.Errorf("votes are %s", got)
			}
			if got := p.frames - before; got > 12 {
				t.Errorf("%d frames in a second, want at most 12", got)
			}
		})
	})
	t.Run("RefusalsChangeNothing", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(amina, oplog.Attendee, ask(1, "Too early?"), oplog.BoardClosed)
			n.do(amina, oplog.Attendee, `{"type":"board.open"}`, oplog.NotAllowed)
			at, err := n.topic.Position(t.Context())
			if err != nil || at.Offset != 0 {
				t.Errorf("the log holds %d entries, %v", at.Offset, err)
			}
		})
	})
}

// TestBatch: commands of one sender that share an append are judged one after
// the other, as if each had waited for the one before.
func TestBatch(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		n.do(amina, oplog.Attendee, ask(1, "Why?"), "")
		var got []oplog.Outcome
		send := func(person string, role oplog.Role, raw string) {
			reply := func(a hub.Answer, _ []byte) { got = append(got, a.Outcome) }
			if err := n.topic.Send(t.Context(), n.command(person, role, raw), nil, reply); err != nil {
				t.Fatal(err)
			}
		}
		vote := `{"type":"question.vote","id":%q,"on":%t}`
		create := fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Which?","kind":"single","options":["a","b"]}`, ulid(2))
		// The loop is held up, so that all of these are waiting when it goes on.
		if err := n.topic.Do(t.Context(), func(hub.Machine) {
			send(chair, oplog.Moderator, create)
			send(chair, oplog.Moderator, on("poll.open", 2))
			send(boris, oplog.Attendee, fmt.Sprintf(vote, ulid(1), true))
			send(boris, oplog.Attendee, fmt.Sprintf(vote, ulid(1), false))
		}); err != nil {
			t.Fatal(err)
		}
		p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
		defer leave()
		time.Sleep(time.Second)
		n.agrees(p, oplog.Attendee)
		for i, o := range got {
			if !o.Accepted() {
				t.Errorf("command %d was refused: %s", i, o.Reason)
			}
		}
		if got := string(p.doc.Doc["poll"][ulid(2)]); !strings.Contains(got, `"open"`) {
			t.Errorf("the poll is %q", got)
		}
		if got := string(p.doc.Doc["votes"][ulid(1)]); got != `{"n":0}` {
			t.Errorf("the vote that was taken back counts: %s", got)
		}
	})
}

func TestResume(t *testing.T) {
	fill := func(n *node) {
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		for i := range 5 {
			n.do(amina, oplog.Attendee, ask(i, fmt.Sprintf("Question %d?", i)), "")
		}
	}
	t.Run("PatchFromTheOwnPosition", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			fill(n)
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			synctest.Wait()
			leave()
			n.do(amina, oplog.Attendee, ask(9, "Later?"), "")
			again, _, leave := n.resume(boris, oplog.Attendee, hub.Stand{View: session.View, Pos: p.doc.Pos}, p.doc)
			defer leave()
			n.agrees(again, oplog.Attendee)
			if n.saw.lost != 0 {
				t.Errorf("%d histories lost", n.saw.lost)
			}
		})
	})
	t.Run("WholeDocumentForAnotherHistory", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			fill(n)
			at, _ := n.topic.Position(t.Context())
			at.Hash[0] ^= 1
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{View: session.View, Pos: at})
			defer leave()
			n.agrees(p, oplog.Attendee)
			if n.saw.lost != 1 {
				t.Errorf("%d histories lost, want it noticed once", n.saw.lost)
			}
		})
	})
	t.Run("AfterARestartFromTheSnapshot", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			store := memlog.New()
			n := start(t, store)
			fill(n)
			before, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			synctest.Wait()
			leave()
			n.stop()
			n = start(t, store)
			defer n.stop()
			has := hub.Stand{View: session.View, Pos: before.doc.Pos}
			again, _, leave := n.resume(boris, oplog.Attendee, has, before.doc)
			defer leave()
			n.agrees(again, oplog.Attendee)
			if again.whole != 0 || n.saw.lost != 0 {
				t.Errorf("who lacked nothing got %d whole documents, %d histories lost", again.whole, n.saw.lost)
			}
			n.do(amina, oplog.Attendee, ask(0, "Question 0?"), "")
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			n.agrees(p, oplog.Attendee)
			if got := len(p.doc.Doc["question"]); got != 5 {
				t.Errorf("%d questions after the restart", got)
			}
		})
	})
}

func TestRedact(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := memlog.New()
		n := start(t, store)
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		a := n.do(amina, oplog.Attendee, ask(1, "my telephone number is"), "")
		p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
		n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, a.Pos.Offset), "")
		time.Sleep(time.Second)
		n.agrees(p, oplog.Attendee)
		if got := string(p.doc.Doc["question"][ulid(1)]); strings.Contains(got, "telephone") {
			t.Errorf("the text is still shown: %s", got)
		}
		leave()
		n.stop()
		entries, _, err := store.Read(t.Context(), opening, oplog.Position{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		if e := entries[a.Pos.Offset-1]; !e.Sealed.Blanked() {
			t.Error("the private part is still in the store")
		}
	})
}
