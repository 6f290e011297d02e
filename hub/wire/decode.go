package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// ErrUnknownFrame: a frame of a type that is not known here. A newer hub may say
// more; skip it.
var ErrUnknownFrame = errors.New("frame of an unknown type")

// whole is a whole number that JavaScript can hold.
type whole uint64

// UnmarshalJSON takes a number between 0 and [strict.MaxNumber].
func (n *whole) UnmarshalJSON(b []byte) error {
	var v uint64
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if v > strict.MaxNumber {
		return fmt.Errorf("%d is beyond 2^53 − 1", v)
	}
	*n = whole(v)
	return nil
}

// serverFields are the members of all server frames.
type serverFields struct {
	T         string           `json:"t"`
	V         *whole           `json:"v"`
	Node      *string          `json:"node"`
	Version   *string          `json:"version"`
	Beat      *whole           `json:"beat"`
	Topic     *string          `json:"topic"`
	View      *whole           `json:"view"`
	Epoch     *string          `json:"epoch"`
	From      *whole           `json:"from"`
	To        *whole           `json:"to"`
	Hash      *string          `json:"h"`
	Doc       entity.Patch     `json:"doc"`
	ID        *string          `json:"id"`
	Offset    *whole           `json:"offset"`
	Level     *string          `json:"level"`
	Again     bool             `json:"again"`
	Reason    *string          `json:"reason"`
	Detail    string           `json:"detail"`
	After     *whole           `json:"after"`
	Online    *whole           `json:"online"`
	Reactions map[string]whole `json:"reactions"`
	Pace      map[string]whole `json:"pace"`
	At        *whole           `json:"at"`
	Retry     []whole          `json:"retry"`
}

// taker takes members that must be there, and notes when one was not.
type taker struct{ missing bool }

func (t *taker) text(s *string) string {
	if s == nil {
		t.missing = true
		return ""
	}
	return *s
}

func (t *taker) number(n *whole) uint64 {
	if n == nil {
		t.missing = true
		return 0
	}
	return uint64(*n)
}

func (t *taker) count(n *whole) int           { return int(t.number(n)) }
func (t *taker) offset(n *whole) oplog.Offset { return oplog.Offset(t.number(n)) }
func (t *taker) topic(s *string) oplog.Topic  { return oplog.Topic(t.text(s)) }

// DecodeServer reads one frame of the hub, for programs. Members that are not
// known are passed over. The frame keeps nothing of b. Errors: ErrUnknownFrame,
// or what is wrong with it.
func DecodeServer(b []byte) (ServerFrame, error) {
	var f serverFields
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("server frame: %w", err)
	}
	var t taker
	frame, err := f.frame(&t)
	switch {
	case err != nil:
		return nil, fmt.Errorf("server frame %.20q: %w", f.T, err)
	case t.missing:
		return nil, fmt.Errorf("server frame %q: a member is missing", f.T)
	}
	return frame, nil
}

// DecodeMessage reads the frames of one message. What is not a frame that is
// known here is passed over and counted.
func DecodeMessage(b []byte) (frames []ServerFrame, skipped int) {
	for line := range bytes.SplitSeq(b, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		f, err := DecodeServer(line)
		if err != nil {
			skipped++
			continue
		}
		frames = append(frames, f)
	}
	return frames, skipped
}

func (f *serverFields) frame(t *taker) (ServerFrame, error) {
	switch f.T {
	case "hello":
		return ServerHello{V: t.count(f.V), Node: t.text(f.Node), Version: t.text(f.Version), Beat: t.count(f.Beat)}, nil
	case "patch":
		pos, err := f.stretch(t)
		return Patch{Topic: t.topic(f.Topic), View: t.count(f.View), Pos: pos, From: t.offset(f.From), Doc: f.Doc}, err
	case "mine":
		pos, err := f.stretch(t)
		return Mine{Topic: t.topic(f.Topic), Pos: pos, From: t.offset(f.From), Doc: f.Doc}, err
	case "ack":
		return Ack{
			ID: t.text(f.ID), Topic: t.topic(f.Topic), Level: oplog.Level(t.text(f.Level)), Again: f.Again,
			Pos: oplog.Position{Epoch: t.text(f.Epoch), Offset: t.offset(f.Offset)},
		}, nil
	case "refuse":
		return Refuse{ID: t.text(f.ID), Topic: t.topic(f.Topic), Offset: t.offset(f.Offset), Reason: oplog.Reason(t.text(f.Reason))}, nil
	case "retry":
		return Retry{ID: t.text(f.ID), After: t.count(f.After)}, nil
	}
	return f.rest(t)
}

// rest is frame for the types that are about no command and no document.
func (f *serverFields) rest(t *taker) (ServerFrame, error) {
	switch f.T {
	case "error":
		e := Error{Reason: oplog.Reason(t.text(f.Reason)), Detail: f.Detail}
		if f.Topic != nil {
			e.Topic = oplog.Topic(*f.Topic)
		}
		return e, nil
	case "pulse":
		p := Pulse{Topic: t.topic(f.Topic), Online: Untold, Reactions: counts(f.Reactions), Pace: counts(f.Pace)}
		if f.Online != nil {
			p.Online = int(*f.Online)
		}
		return p, nil
	case "beat":
		return ServerBeat{At: int64(t.number(f.At))}, nil
	case "bye":
		if len(f.Retry) != 2 || f.Retry[0] > f.Retry[1] {
			return nil, errors.New("retry is not a span of milliseconds")
		}
		return Bye{Reason: t.text(f.Reason), Retry: [2]int{int(f.Retry[0]), int(f.Retry[1])}}, nil
	}
	return nil, ErrUnknownFrame
}

// stretch reads what patch and mine have in common.
func (f *serverFields) stretch(t *taker) (oplog.Position, error) {
	hash, err := oplog.ParseHash(t.text(f.Hash))
	if err != nil {
		return oplog.Position{}, err
	}
	if f.Doc == nil {
		t.missing = true
	}
	for kind, entities := range f.Doc {
		if entities == nil {
			return oplog.Position{}, fmt.Errorf("kind %.40q holds no entities", kind)
		}
	}
	return oplog.Position{Epoch: t.text(f.Epoch), Offset: t.offset(f.To), Hash: hash}, nil
}

func counts(of map[string]whole) map[string]int {
	if len(of) == 0 {
		return nil
	}
	m := make(map[string]int, len(of))
	for kind, n := range of {
		m[kind] = int(n)
	}
	return m
}
