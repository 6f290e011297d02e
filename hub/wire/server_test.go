package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// appendServer writes any server frame.
func appendServer(t testing.TB, frame wire.ServerFrame) []byte {
	t.Helper()
	switch f := frame.(type) {
	case wire.ServerHello:
		return wire.AppendHello(nil, f)
	case wire.Patch:
		return wire.AppendPatch(nil, f)
	case wire.Mine:
		return wire.AppendMine(nil, f)
	case wire.Ack:
		return wire.AppendAck(nil, f)
	case wire.Refuse:
		return wire.AppendRefuse(nil, f)
	case wire.Retry:
		return wire.AppendRetry(nil, f)
	case wire.Error:
		return wire.AppendError(nil, f)
	case wire.Pulse:
		return wire.AppendPulse(nil, f)
	case wire.ServerBeat:
		return wire.AppendBeat(nil, f.At)
	case wire.Bye:
		return wire.AppendBye(nil, f)
	}
	t.Fatalf("%T has no encoder here", frame)
	return nil
}

func TestServerFixtures(t *testing.T) {
	for _, f := range readFixtures(t, "testdata/server.json") {
		t.Run(f.Name, func(t *testing.T) {
			text := f.text(t)
			frame, err := wire.DecodeServer(text)
			if !f.OK {
				if err == nil {
					t.Fatalf("taken as %#v: %s", frame, text)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := appendServer(t, frame); !f.ReadOnly && !bytes.Equal(got, text) {
				t.Fatalf("read and written again:\n got %s\nwant %s", got, text)
			}
		})
	}
}

func TestEncodersAppendBehindWhatIsThere(t *testing.T) {
	msg := wire.AppendMine(nil, wire.Mine{Topic: topic, Pos: oplog.Position{Epoch: "k3", Offset: 9}})
	msg = append(msg, '\n')
	msg = wire.AppendAck(msg, wire.Ack{ID: id, Topic: topic, Pos: oplog.Position{Epoch: "k3", Offset: 9}, Level: oplog.Embedded})
	frames, skipped := wire.DecodeMessage(msg)
	if len(frames) != 2 || skipped != 0 {
		t.Fatalf("%d frames, %d skipped in %s", len(frames), skipped, msg)
	}
	if _, ok := frames[0].(wire.Mine); !ok {
		t.Errorf("first comes %T, want mine", frames[0])
	}
}

func TestDocumentsAreWrittenInSortedOrder(t *testing.T) {
	doc := entity.Patch{}
	for _, kind := range []string{"votes", "question", "poll", "stage", "_"} {
		for _, id := range []string{"c", "a", "b", "_"} {
			doc.Put(kind, id, 1)
		}
	}
	const row = `{"_":1,"a":1,"b":1,"c":1}`
	want := `"doc":{"_":` + row + `,"poll":` + row + `,"question":` + row + `,"stage":` + row + `,"votes":` + row + `}}`
	for range 20 {
		if got := wire.AppendPatch(nil, wire.Patch{Topic: topic, Doc: doc}); !bytes.HasSuffix(got, []byte(want)) {
			t.Fatalf("got %s", got)
		}
	}
}

func TestAFrameNeverHoldsANewline(t *testing.T) {
	doc := entity.Patch{"question": {"a": json.RawMessage("{\n\"text\": \"x\\ny\"\n}"), "b": nil}}
	got := wire.AppendPatch(nil, wire.Patch{Topic: topic, Doc: doc})
	if bytes.ContainsRune(got, '\n') || !json.Valid(got) {
		t.Errorf("%q", got)
	}
	if !bytes.Contains(got, []byte(`"question":{"a":{"text":"x\ny"},"b":null}`)) {
		t.Errorf("the entities changed: %s", got)
	}
}

func TestNoInvalidByteIsEverSent(t *testing.T) {
	got := wire.AppendError(nil, wire.Error{Reason: oplog.BadCommand, Detail: "a\xffb"})
	if want := `{"t":"error","reason":"bad-command","detail":"a\ufffdb"}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAnUnknownFrameIsPassedOverAndTheRestRead(t *testing.T) {
	if _, err := wire.DecodeServer([]byte(`{"t":"weather"}`)); !errors.Is(err, wire.ErrUnknownFrame) {
		t.Errorf("error %v, want ErrUnknownFrame", err)
	}
	frames, skipped := wire.DecodeMessage([]byte("{\"t\":\"weather\"}\n\n{\"t\":\"beat\",\"at\":5}\nrubbish"))
	if len(frames) != 1 || skipped != 2 || frames[0] != (wire.ServerBeat{At: 5}) {
		t.Errorf("%v, %d skipped", frames, skipped)
	}
}

func TestFinalClosings(t *testing.T) {
	for _, c := range []struct {
		code   int
		reason oplog.Reason
		final  bool
	}{
		{wire.CloseNormal, "", false},
		{wire.CloseRestart, "restart", false},
		{wire.CloseLagging, "lagging", false},
		{wire.CloseBadPass, oplog.BadPass, true},
		{wire.CloseProtocol, oplog.UnknownVersion, true},
		{wire.ClosePolicy, oplog.FirstHello, true},
		{wire.ClosePolicy, oplog.TooFast, false},
		{1006, "", false}, // a lost line
		{5000, "", false}, // nobody's
	} {
		if wire.Final(c.code, string(c.reason)) != c.final {
			t.Errorf("%d %s: want final=%t", c.code, c.reason, c.final)
		}
	}
}

func BenchmarkAppendPatch(b *testing.B) {
	doc := entity.Patch{}
	for _, id := range []string{"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ", "01J8Z3V5Q6W7X8Y9ZABCDEFGHK", "01J8Z3V5Q6W7X8Y9ZABCDEFGHM"} {
		doc.Put("votes", id, map[string]int{"n": 12})
	}
	p := wire.Patch{Topic: topic, View: 1, Pos: oplog.Position{Epoch: "k3xq7mzd2nabcdef", Offset: 1047, Hash: oplog.Hash{1}}, From: 1040, Doc: doc}
	buf := make([]byte, 0, 4096)
	for b.Loop() {
		buf = wire.AppendPatch(buf[:0], p)
	}
}

func BenchmarkDecodeClient(b *testing.B) {
	msg := []byte(`{"t":"do","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ","dev":"00112233445566778899aabbccddeeff","n":7,"seen":1042,"topic":"session/opening","cmd":{"type":"question.vote","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHK","on":true}}`)
	for b.Loop() {
		if _, reason := wire.DecodeClient(msg); reason != "" {
			b.Fatal(reason)
		}
	}
}
