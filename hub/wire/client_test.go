package wire_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

func TestClientFixtures(t *testing.T) {
	for _, f := range readFixtures(t, "testdata/client.json") {
		t.Run(f.Name, func(t *testing.T) {
			frame, reason := wire.DecodeClient(f.text(t))
			if f.OK && (reason != "" || frame == nil) {
				t.Fatalf("refused as %q: %s", reason, f.text(t))
			}
			if !f.OK && (reason != f.Reason || frame != nil) {
				t.Fatalf("reason %q and frame %#v, want %q for %.200s", reason, frame, f.Reason, f.text(t))
			}
		})
	}
}

const (
	topic = oplog.Topic("session/opening")
	id    = "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ"
)

var device = oplog.Device{0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}

func TestClientFramesAreReadWhole(t *testing.T) {
	tests := map[string]wire.ClientFrame{
		`{"t":"hello","v":1,"device":"00112233445566778899aabbccddeeff"}`: wire.Hello{V: 1, Device: device},
		`{"t":"watch","topic":"session/opening","role":"moderator","view":3,"epoch":"k3","offset":1042,"h":"9f3a01c25be0c4a1","mine":1040}`: wire.Watch{
			Topic: topic, Role: oplog.Moderator, View: 3, Mine: 1040,
			Pos: oplog.Position{Epoch: "k3", Offset: 1042, Hash: oplog.Hash{0x9f, 0x3a, 1, 0xc2, 0x5b, 0xe0, 0xc4, 0xa1}},
		},
		`{"t":"unwatch","topic":"session/opening"}`: wire.Unwatch{Topic: topic},
		`{"t":"do","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ","dev":"00112233445566778899aabbccddeeff","n":7,"seen":1042,"topic":"session/opening","cmd":{"type":"board.open"}}`: wire.Do{
			ID: id, Device: device, N: 7, Seen: 1042, Topic: topic, Cmd: json.RawMessage(`{"type":"board.open"}`),
		},
		`{"t":"react","topic":"session/opening","kind":"applause"}`: wire.React{Topic: topic, Kind: "applause"},
		`{"t":"beat"}`: wire.Beat{},
	}
	for text, want := range tests {
		got, reason := wire.DecodeClient([]byte(text))
		if reason != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %#v (%s)\nwant %#v", text, got, reason, want)
		}
	}
}

func TestBytesThatAreNotUTF8AreRefusedAsSuch(t *testing.T) {
	for _, bad := range []string{"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"} {
		_, reason := wire.DecodeClient([]byte(`{"t":"do","id":"` + id + `","topic":"session/opening","cmd":{"type":"question.ask","text":"` + bad + `"}}`))
		if reason != oplog.NotUTF8 {
			t.Errorf("%x: %q, want %q", bad, reason, oplog.NotUTF8)
		}
	}
}

func TestAFrameOfExactlyTheLimitIsRead(t *testing.T) {
	frame := `{"t":"beat"` + strings.Repeat(" ", wire.MaxClientFrame-len(`{"t":"beat"}`)) + "}"
	if _, reason := wire.DecodeClient([]byte(frame)); reason != "" {
		t.Errorf("refused as %q", reason)
	}
	if _, reason := wire.DecodeClient([]byte(frame + " ")); reason != oplog.TooBig {
		t.Errorf("one byte more: %q, want %q", reason, oplog.TooBig)
	}
}

func TestACommandKeepsNothingOfTheMessage(t *testing.T) {
	msg := []byte(`{"t":"do","id":"` + id + `","topic":"session/opening","cmd":{"type":"board.open"}}`)
	frame, _ := wire.DecodeClient(msg)
	clear(msg)
	if got := string(frame.(wire.Do).Cmd); got != `{"type":"board.open"}` {
		t.Errorf("the command became %q when the message's buffer was used again", got)
	}
}

func TestDecodeDoTakesTheTopicFromTheAddress(t *testing.T) {
	body := `{"id":"` + id + `","dev":"00112233445566778899aabbccddeeff","n":7,"seen":3,"cmd":{"type":"board.open"}}`
	got, reason := wire.DecodeDo([]byte(body), topic)
	want := wire.Do{ID: id, Device: device, N: 7, Seen: 3, Topic: topic, Cmd: json.RawMessage(`{"type":"board.open"}`)}
	if reason != "" || !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v (%s)\nwant %#v", got, reason, want)
	}
	for _, more := range []string{`"t":"do",`, `"topic":"session/opening",`} {
		if _, reason := wire.DecodeDo([]byte("{"+more+body[1:]), topic); reason != oplog.BadCommand {
			t.Errorf("with %s: %q, want %q", more, reason, oplog.BadCommand)
		}
	}
}

func TestCommandTypeIsThatOfTheObjectItself(t *testing.T) {
	for cmd, want := range map[string]string{
		`{"type":"question.ask","text":"x"}`:     "question.ask",
		`{"a":{"type":"question.ask"}}`:          "",
		`{"a":"\"type\":\"question.ask\""}`:      "",
		`{"type":"question\u002eask"}`:           "question.ask",
		`{"type":7}`:                             "",
		`{"type":"a","type":"b"}`:                "",
		`[]`:                                     "",
		` { "x" : [ ] , "type" : "poll.vote" } `: "poll.vote",
	} {
		if got := wire.CommandType([]byte(cmd)); got != want {
			t.Errorf("%s: %q, want %q", cmd, got, want)
		}
	}
}
