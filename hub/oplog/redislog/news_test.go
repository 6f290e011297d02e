package redislog

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

// drawn makes the entries of a topic, some with a private part.
func drawn(t *rapid.T, name oplog.Topic) (entries []oplog.Entry) {
	key, err := oplog.NewKey(bytes.Repeat([]byte{7}, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	h := oplog.Start(name)
	for range rapid.IntRange(0, 5).Draw(t, "entries") {
		d := oplog.Draft{Rules: rapid.Uint16().Draw(t, "rules"), Public: rapid.SliceOf(rapid.Byte()).Draw(t, "public")}
		if rapid.Bool().Draw(t, "sealed") {
			d.Sealed = key.Seal(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "private"))
		}
		entries = append(entries, h.Place(d, rapid.Int64Range(0, 1<<45).Draw(t, "time")))
	}
	return entries
}

func TestNewsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawn(t, "session/a")
		got, err := readNews(appendNews(nil, "session/a", "epoch", entries))
		if err != nil {
			t.Fatal(err)
		}
		if got.topic != "session/a" || got.epoch != "epoch" || len(got.entries) != len(entries) {
			t.Fatalf("%+v", got)
		}
		for i := range entries {
			if entries[i].Public == nil {
				entries[i].Public = []byte{}
			}
			if !reflect.DeepEqual(got.entries[i], entries[i]) {
				t.Fatalf("%+v, want %+v", got.entries[i], entries[i])
			}
		}
	})
}

func TestLongNewsOnlySayThatThereAreSome(t *testing.T) {
	h := oplog.Start("session/a")
	long := h.Place(oplog.Draft{Public: make([]byte, newsBytes)}, 1)
	got, err := readNews(appendNews(nil, "session/a", "e", []oplog.Entry{long}))
	if err != nil || len(got.entries) != 0 || got.topic != "session/a" {
		t.Fatalf("%+v, %v", got, err)
	}
}

func FuzzNews(f *testing.F) {
	h := oplog.Start("session/a")
	f.Add(appendNews(nil, "session/a", "e", []oplog.Entry{h.Place(oplog.Draft{Public: []byte("x")}, 1)}))
	f.Add(appendNews(nil, "session/a", "", nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := readNews(b)
		if err != nil {
			return
		}
		again, err := readNews(appendNews(nil, n.topic, n.epoch, n.entries))
		if err != nil || again.topic != n.topic || again.epoch != n.epoch {
			t.Fatalf("%+v became %+v, %v", n, again, err)
		}
	})
}

func FuzzQuestion(f *testing.F) {
	f.Add(appendQuestion(nil, question{topic: "session/a", channel: "majlis:{3}:probe:x"}))
	f.Add(appendAnswer(nil, "session/a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := readQuestion(b)
		if err != nil {
			return
		}
		again := appendAnswer(nil, q.topic)
		if q.channel != "" {
			again = appendQuestion(nil, q)
		}
		if got, err := readQuestion(again); err != nil || got != q {
			t.Fatalf("%+v became %+v, %v", q, got, err)
		}
	})
}

func FuzzSnapshot(f *testing.F) {
	f.Add(encodeSnapshot("session/a", &oplog.Snapshot{Offset: 3, Epoch: "e", Version: 2, State: []byte("state")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, ok := decodeSnapshot("session/a", b)
		if ok && !bytes.Equal(encodeSnapshot("session/a", &s), b) {
			t.Fatalf("%+v is not what was stored", s)
		}
	})
}

func FuzzBody(f *testing.F) {
	f.Add([]byte{0, 0, 1, 'x'})
	f.Add(append([]byte{1, 0, 1}, make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e oplog.Entry
		if readBody(&e, b) == nil && !e.Sealed.None() && !bytes.Equal(appendBody(nil, &e), b) {
			t.Fatalf("%+v is not what was stored", e)
		}
	})
}

func FuzzURL(f *testing.F) {
	f.Add("redis://127.0.0.1:1/2?replicas=1&prefix=x")
	f.Add("redis+sentinel://h:1?master_name=m&addr=i:2")
	f.Add("rediss+cluster://u:p@h?addr=i:2")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parse(text)
		if err == nil && p.single == nil && p.sentinel == nil && p.cluster == nil {
			t.Fatalf("%q was taken and leads nowhere", text)
		}
	})
}
