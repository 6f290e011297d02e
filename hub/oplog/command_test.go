package oplog_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

func drawCommand(t *rapid.T) oplog.Command {
	var c oplog.Command
	c.Type = rapid.OneOf(rapid.SampledFrom([]string{"question.vote", "poll.vote", "genesis", "redact"}), rapid.String()).Draw(t, "type")
	c.Actor.Role = oplog.Role(rapid.Byte().Draw(t, "role"))
	c.Actor.Scope = rapid.String().Draw(t, "scope")
	fill(t, c.Actor.ID[:])
	fill(t, c.Device[:])
	c.N = rapid.Uint64().Draw(t, "n")
	c.Seen = oplog.Offset(rapid.Uint64().Draw(t, "seen"))
	if c.Was = oplog.Offset(rapid.Uint64().Draw(t, "was")); c.Was > 0 {
		c.First = rapid.Int64().Draw(t, "first")
	}
	c.Args = append([]byte{}, rapid.SliceOf(rapid.Byte()).Draw(t, "args")...)
	return c
}

func fill(t *rapid.T, b []byte) {
	copy(b, rapid.SliceOfN(rapid.Byte(), len(b), len(b)).Draw(t, "bytes"))
}

func TestCommandComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCommand(t)
		got, err := oplog.DecodePublic(c.EncodePublic())
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Fatalf("%+v, %v, want %+v", got, err, c)
		}
	})
}

func TestPrivatePartIsNotInThePublic(t *testing.T) {
	c := oplog.Command{Type: "question.ask", Args: []byte("{}"), Private: []byte("a secret text")}
	if bytes.Contains(c.EncodePublic(), c.Private) {
		t.Fatal("the private part stands in the public one")
	}
}

func TestTornCommandIsMalformed(t *testing.T) {
	c := oplog.Command{Type: "question.ask", Actor: oplog.Actor{Scope: "room/x"}, N: 300, Seen: 1 << 40, Was: 7, First: 1 << 40}
	whole := c.EncodePublic()
	for n := range whole {
		if _, err := oplog.DecodePublic(whole[:n]); !errors.Is(err, oplog.ErrMalformed) {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
	whole[0] = 2
	if _, err := oplog.DecodePublic(whole); !errors.Is(err, oplog.ErrMalformed) {
		t.Fatalf("a newer version: %v", err)
	}
}

// FuzzDecodePublic: any bytes are either refused or a command that comes back
// from its own encoding.
func FuzzDecodePublic(f *testing.F) {
	c := oplog.Command{Type: "question.vote", Actor: oplog.Actor{Role: oplog.Moderator, Scope: "session/x"}, N: 1, Seen: 300, Args: []byte(`{"id":1}`)}
	f.Add(c.EncodePublic())
	c.Was, c.First = 4, 1790000000000
	f.Add(c.EncodePublic())
	f.Add(oplog.EpochDraft(oplog.TypeGenesis, "epoch").Public)
	f.Add(oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{1, 2}).Public)
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		e := oplog.Entry{Offset: 9, Public: b}
		named := oplog.RedactOf(&e)
		_, opens := oplog.EpochOf(&e)
		c, err := oplog.DecodePublic(b)
		if err != nil {
			if !errors.Is(err, oplog.ErrMalformed) || named != nil || opens {
				t.Fatalf("%v, names %v, opens %v", err, named, opens)
			}
			return
		}
		again, err := oplog.DecodePublic(c.EncodePublic())
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("%+v became %+v, %v", c, again, err)
		}
	})
}
