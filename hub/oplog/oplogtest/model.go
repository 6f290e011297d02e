package oplogtest

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

// model is one topic as a plain slice, beside the store under test.
type model struct {
	store   oplog.Store
	topic   oplog.Topic
	entries []oplog.Entry
	named   map[oplog.Offset]bool
	count   int
}

// testModel gives the store and a slice the same random operations and holds
// every answer of the one against the other.
func testModel(t *testing.T, store oplog.Store) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{store: store, topic: namedTopic("model"), named: map[oplog.Offset]bool{}}
		t.Repeat(map[string]func(*rapid.T){
			"append":  m.append,
			"wrong":   m.appendWrong,
			"read":    m.read,
			"putBack": m.putBack,
			"branch":  m.branch,
			"redact":  m.redact,
			"blank":   m.blank,
			"":        m.heads,
		})
		sameEntries(t, "at the end", mustReadAll(t, store, m.topic, oplog.Position{}), m.entries)
		checkChain(t, m.topic, m.entries)
	})
}

// place draws an offset that the topic holds, or 0.
func (m *model) place(t *rapid.T, label string) int {
	return rapid.IntRange(0, len(m.entries)).Draw(t, label)
}

func (m *model) position(n int) oplog.Position {
	if n == 0 {
		return oplog.Position{}
	}
	p := head(m.entries)
	return m.entries[n-1].Position(p.Epoch)
}

func (m *model) draft(t *rapid.T) oplog.Draft {
	m.count++
	if rapid.IntRange(0, 2).Draw(t, "kind") == 0 {
		return sealedDraft(t, m.store, m.topic, fmt.Sprint("text ", m.count))
	}
	return draft(fmt.Sprint("entry ", m.count))
}

// add appends and takes over what the store says that it placed, after holding
// it against what a topic must look like.
func (m *model) add(t *rapid.T, known int, ds []oplog.Draft) {
	got := mustAppend(t, m.store, m.topic, m.position(known), ds...)
	genesis := 0
	if len(m.entries) == 0 {
		genesis = 1
	}
	sameEntries(t, "others' entries", got[:len(m.entries)-known], m.entries[known:])
	mine := got[len(m.entries)-known:]
	if len(mine) != genesis+len(ds) {
		t.Fatalf("%d new entries for %d drafts and %d genesis", len(mine), len(ds), genesis)
	}
	for i, d := range ds {
		e := mine[genesis+i]
		want := oplog.Entry{Offset: oplog.Offset(len(m.entries) + genesis + i + 1), Time: e.Time, Rules: d.Rules, Public: d.Public, Sealed: d.Sealed, Chain: e.Chain}
		if !sameEntry(&e, &want) {
			t.Fatalf("draft %d became %+v", i, e)
		}
	}
	m.entries = append(m.entries, mine...)
}

func (m *model) append(t *rapid.T) {
	ds := make([]oplog.Draft, rapid.IntRange(0, 4).Draw(t, "drafts"))
	for i := range ds {
		ds[i] = m.draft(t)
	}
	m.add(t, m.place(t, "known"), ds)
}

func (m *model) appendWrong(t *rapid.T) {
	p := m.position(m.place(t, "known"))
	p.Hash[rapid.IntRange(0, len(p.Hash)-1).Draw(t, "byte")] ^= 0x40
	_, err := m.store.Append(ctx(), m.topic, p, drafts("no"))
	wantError(t, "Append", err, oplog.ErrFork)
}

func (m *model) read(t *rapid.T) {
	after, limit := m.place(t, "after"), rapid.IntRange(1, 8).Draw(t, "limit")
	got, wait, err := m.store.Read(ctx(), m.topic, m.position(after), limit)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	if after == len(m.entries) && wait == nil {
		t.Fatalf("no channel at the head")
	}
	sameEntries(t, "page", got, m.entries[after:min(len(m.entries), after+limit)])
}

// putBack offers entries that are there, and perhaps more behind them.
func (m *model) putBack(t *rapid.T) {
	from := m.place(t, "at")
	back := append([]oplog.Entry{}, m.entries[from:]...)
	if extra := rapid.IntRange(0, 2).Draw(t, "more"); len(m.entries) > 0 {
		last := m.entries[len(m.entries)-1]
		h := oplog.Head{Offset: last.Offset, Time: last.Time, Chain: last.Chain}
		for range extra {
			back = append(back, h.Place(draft("put back"), last.Time+5))
		}
	}
	if err := m.store.PutBack(ctx(), m.topic, m.position(from), back); err != nil {
		t.Fatalf("PutBack of %d at %d: %v", len(back), from, err)
	}
	m.entries = append(m.entries[:from:from], back...)
}

// branch offers entries that the store has written otherwise.
func (m *model) branch(t *rapid.T) {
	if len(m.entries) < 2 {
		t.Skip("nothing to branch off")
	}
	from := rapid.IntRange(1, len(m.entries)-1).Draw(t, "from")
	at := m.entries[from-1]
	h := oplog.Head{Offset: at.Offset, Time: at.Time, Chain: at.Chain}
	other := []oplog.Entry{h.Place(draft("another branch"), at.Time), h.Place(draft("and on"), at.Time)}
	wantError(t, "PutBack", m.store.PutBack(ctx(), m.topic, m.position(from), other), oplog.ErrFork)
}

func (m *model) redact(t *rapid.T) {
	if len(m.entries) == 0 {
		t.Skip("nothing to redact")
	}
	o := oplog.Offset(rapid.IntRange(1, len(m.entries)).Draw(t, "offset"))
	m.add(t, len(m.entries), []oplog.Draft{oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{o})})
	m.named[o] = true
}

func (m *model) blank(t *rapid.T) {
	o := oplog.Offset(rapid.IntRange(0, len(m.entries)+1).Draw(t, "offset"))
	err := m.store.Blank(ctx(), m.topic, []oplog.Offset{o})
	if (err == nil) != m.named[o] || errors.Is(err, oplog.ErrUnavailable) {
		t.Fatalf("Blank of offset %d, named %v: %v", o, m.named[o], err)
	}
	if err == nil {
		m.entries[o-1].Sealed.Salt, m.entries[o-1].Sealed.Box = nil, nil
	}
}

func (m *model) heads(t *rapid.T) {
	heads, err := m.store.Heads(ctx(), []oplog.Topic{m.topic})
	if err != nil || heads[0] != m.position(len(m.entries)) {
		t.Fatalf("the head is %+v (%v), want %+v", heads, err, m.position(len(m.entries)))
	}
}
