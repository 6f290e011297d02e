package oplogtest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"majlis/hub/oplog"
)

// patience is how long a wake-up may take before it counts as lost.
const patience = time.Minute

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// freshTopic names a topic that nobody has used.
func freshTopic(t *testing.T) oplog.Topic { return namedTopic(t.Name()) }

var topics atomic.Int64 // only makes names; no test depends on its value

func namedTopic(name string) oplog.Topic {
	name = strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
	return oplog.MakeTopic(oplog.KindSession, fmt.Sprintf("t%.40s-%d-%d", clean, time.Now().UnixNano(), topics.Add(1)))
}

// draft makes a draft without a private part that says text.
func draft(text string) oplog.Draft {
	c := oplog.Command{Type: "question.vote", Actor: oplog.Actor{Role: oplog.Attendee}, N: 7, Args: fmt.Appendf(nil, "{%q:1}", text)}
	return oplog.Draft{Rules: 3, Public: c.EncodePublic()}
}

func drafts(texts ...string) (ds []oplog.Draft) {
	for _, s := range texts {
		ds = append(ds, draft(s))
	}
	return ds
}

// sealedDraft makes a draft with a private part.
func sealedDraft(t fataler, store oplog.Keeper, topic oplog.Topic, text string) oplog.Draft {
	t.Helper()
	key, err := store.Key(ctx(), topic)
	if err != nil {
		t.Fatalf("Key: %v", err)
	}
	d := draft("sealed")
	d.Sealed = key.Seal([]byte(text))
	return d
}

// head is where entries end.
func head(entries []oplog.Entry) oplog.Position {
	if len(entries) == 0 {
		return oplog.Position{}
	}
	epoch, _ := oplog.EpochOf(&entries[0])
	return entries[len(entries)-1].Position(epoch)
}

// mustAppend appends at a known position and returns what came after it.
func mustAppend(t fataler, log oplog.Log, topic oplog.Topic, known oplog.Position, ds ...oplog.Draft) []oplog.Entry {
	t.Helper()
	a, err := log.Append(ctx(), topic, known, ds)
	if err != nil {
		t.Fatalf("Append: %v", err)
	}
	if a.More {
		return mustReadAll(t, log, topic, known)
	}
	return a.Entries
}

// mustReadAll pages through everything after a position.
func mustReadAll(t fataler, log oplog.Log, topic oplog.Topic, after oplog.Position) (all []oplog.Entry) {
	t.Helper()
	for {
		page, wait, err := log.Read(ctx(), topic, after, 1000)
		if err != nil {
			t.Fatalf("Read after %d: %v", after.Offset, err)
		}
		if len(page) == 0 {
			if wait == nil {
				t.Fatalf("Read after %d: no entries and no channel to wait on", after.Offset)
			}
			return all
		}
		all, after = append(all, page...), page[len(page)-1].Position(after.Epoch)
	}
}

// checkChain verifies a whole history from its first entry.
func checkChain(t fataler, topic oplog.Topic, entries []oplog.Entry) {
	t.Helper()
	at := oplog.Start(topic)
	for i := range entries {
		if err := at.Follow(topic, &entries[i]); err != nil {
			t.Fatalf("%v", err)
		}
		if !entries[i].Sealed.Valid() {
			t.Fatalf("offset %d: the private part is not the one committed to", entries[i].Offset)
		}
	}
}

func sameEntries(t fataler, what string, got, want []oplog.Entry) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d entries, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !sameEntry(&got[i], &want[i]) {
			t.Fatalf("%s: entry %d is\n%+v, want\n%+v", what, i, got[i], want[i])
		}
	}
}

func sameEntry(a, b *oplog.Entry) bool {
	return a.Offset == b.Offset && a.Time == b.Time && a.Rules == b.Rules && a.Chain == b.Chain &&
		bytes.Equal(a.Public, b.Public) && a.Sealed.Commit == b.Sealed.Commit &&
		bytes.Equal(a.Sealed.Salt, b.Sealed.Salt) && bytes.Equal(a.Sealed.Box, b.Sealed.Box)
}

func wantError(t fataler, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("%s: error %v, want %v", what, got, want)
	}
}
