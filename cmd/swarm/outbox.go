package main

import (
	"encoding/json"
	"time"

	"majlis/hub/oplog"
)

// fate is what became of a command.
type fate uint8

const (
	open fate = iota // not answered
	acked
	refused
)

// command is one thing that somebody asked for.
type command struct {
	id   string
	n    uint64
	seen oplog.Offset

	kind   string // the command's type
	target string // id of the question or the poll
	on     bool   // of a vote
	said   said   // of an answer
	body   json.RawMessage

	fate   fate
	reason oplog.Reason
	at     oplog.Offset // of an acknowledgement: its place or one behind it
	made   time.Time
	sent   time.Time // written first; zero: never
	due    time.Time // to be written then, again or for the first time
}

// outbox keeps a device's commands until they are answered, and writes them
// again as they are. It has no clock: the owner says what time it is.
type outbox struct {
	device oplog.Device
	topic  oplog.Topic
	all    []*command // in the order of n
	first  int        // nothing is open before
}

// add takes a command; it is due at once.
func (b *outbox) add(c command, seen oplog.Offset, now time.Time) *command {
	c.id, c.n, c.seen, c.made, c.due = newID(now), uint64(len(b.all)+1), seen, now, now
	b.all = append(b.all, &c)
	return &c
}

// pending lists what is open, in order.
func (b *outbox) pending() []*command {
	for b.first < len(b.all) && b.all[b.first].fate != open {
		b.first++
	}
	var out []*command
	for _, c := range b.all[b.first:] {
		if c.fate == open {
			out = append(out, c)
		}
	}
	return out
}

// due lists what should be written now, in order, and takes it for written.
func (b *outbox) due(now time.Time) []*command {
	var out []*command
	for _, c := range b.pending() {
		if c.due.After(now) {
			continue
		}
		if c.sent.IsZero() {
			c.sent = now
		}
		c.due = now.Add(answerWithin)
		out = append(out, c)
	}
	return out
}

// next is when something is due, zero if nothing is open.
func (b *outbox) next() (at time.Time) {
	for _, c := range b.pending() {
		if at.IsZero() || c.due.Before(at) {
			at = c.due
		}
	}
	return at
}

// up makes everything open due: what was written to the last connection may or
// may not have arrived.
func (b *outbox) up(now time.Time) {
	for _, c := range b.pending() {
		c.due = now
	}
}

// ack, refuse and retry take an answer. They return nil for one to a command
// that was answered before.
func (b *outbox) ack(id string) *command { return b.end(id, acked, "") }

func (b *outbox) refuse(id string, why oplog.Reason) *command { return b.end(id, refused, why) }

func (b *outbox) retry(id string, at time.Time) *command {
	c := b.find(id)
	if c != nil {
		c.due = at
	}
	return c
}

func (b *outbox) end(id string, f fate, why oplog.Reason) *command {
	c := b.find(id)
	if c != nil {
		c.fate, c.reason, c.body = f, why, nil
	}
	return c
}

func (b *outbox) find(id string) *command {
	for _, c := range b.pending() {
		if c.id == id {
			return c
		}
	}
	return nil
}

// frame is the command as it travels: always the same bytes.
func (b *outbox) frame(c *command) []byte {
	f, err := json.Marshal(struct {
		T     string          `json:"t"`
		ID    string          `json:"id"`
		Dev   string          `json:"dev"`
		N     uint64          `json:"n"`
		Seen  oplog.Offset    `json:"seen"`
		Topic oplog.Topic     `json:"topic"`
		Cmd   json.RawMessage `json:"cmd"`
	}{"do", c.id, b.device.String(), c.n, c.seen, b.topic, c.body})
	if err != nil {
		panic("swarm: a command does not encode: " + err.Error()) // bodies are made here
	}
	return f
}

// The commands of attendees.
const (
	anAsk   = "question.ask"
	aVoting = "question.vote"
	aChoice = "poll.vote"
)

func ask(id string, q question) command {
	return command{kind: anAsk, target: id, body: encode(struct {
		Type string `json:"type"`
		ID   string `json:"id"`
		Text string `json:"text"`
		Lang string `json:"lang,omitempty"`
	}{anAsk, id, q.text, q.lang})}
}

func vote(id string, on bool) command {
	return command{kind: aVoting, target: id, on: on, body: encode(struct {
		Type string `json:"type"`
		ID   string `json:"id"`
		On   bool   `json:"on"`
	}{aVoting, id, on})}
}

// order is a command of a moderator about one thing, or about the board.
func order(kind, id string, more map[string]any) command {
	body := map[string]any{"type": kind}
	if id != "" {
		body["id"] = id
	}
	for k, v := range more {
		body[k] = v
	}
	return command{kind: kind, target: id, body: encode(body)}
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("swarm: a command does not encode: " + err.Error())
	}
	return b
}
