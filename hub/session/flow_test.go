package session_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// start is the time of the first entry in all tests.
const start = 1_790_000_000_000

// room is one session with its log: what the hub would be around a machine.
type room struct {
	key     *oplog.Key
	m       *session.Machine
	log     []step
	counter map[string]uint64 // commands sent by each tab
}

// step is an entry and its opened command.
type step struct {
	entry   oplog.Entry
	command oplog.Command
}

const topic = oplog.Topic("session/opening")

func newRoom() *room {
	key, err := oplog.NewKey(make([]byte, oplog.KeySize))
	if err != nil {
		panic(err)
	}
	return &room{key: key, m: session.New(topic), counter: map[string]uint64{}}
}

// ulid makes a valid id of a short name.
func ulid(name string) string {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	h := sha256.Sum256([]byte(name))
	b := []byte("01")
	for _, c := range h[:24] {
		b = append(b, digits[c%32])
	}
	return string(b)
}

func device(name string) oplog.Device { return oplog.Device(hash16("tab " + name)) }

func hash16(s string) [16]byte {
	h := sha256.Sum256([]byte(s))
	return [16]byte(h[:16])
}

// prepare makes a command of an actor in a role, from one of their tabs.
func (r *room) prepare(name string, role oplog.Role, raw string) (oplog.Command, oplog.Reason) {
	c, why := session.Prepare(json.RawMessage(raw), r.key)
	c.Actor = oplog.Actor{ID: r.key.Pseudonym(name), Role: role}
	return c, why
}

// count gives a command the next number of a tab.
func (r *room) count(c oplog.Command, tab string) oplog.Command {
	r.counter[tab]++
	c.Device, c.N = device(tab), r.counter[tab]
	return c
}

func (r *room) head() oplog.Offset { return oplog.Offset(len(r.log)) }

// append gives a command its place and folds it.
func (r *room) append(c oplog.Command) oplog.Outcome {
	s := step{
		entry:   oplog.Entry{Offset: r.head() + 1, Time: start + 1000*int64(r.head()), Rules: session.Rules, Public: c.EncodePublic()},
		command: c,
	}
	r.log = append(r.log, s)
	return r.m.Apply(&s.entry, &s.command)
}

// check asks for the dry run of a command at the time that its entry would have.
func (r *room) check(c oplog.Command) oplog.Outcome {
	return r.m.Check(&c, time.UnixMilli(start+1000*int64(r.head())))
}

// fold makes a machine of a part of the log.
func fold(log []step) *session.Machine {
	m := session.New(topic)
	foldOn(m, log)
	return m
}

func foldOn(m *session.Machine, log []step) {
	for i := range log {
		m.Apply(&log[i].entry, &log[i].command)
	}
}

// do prepares, counts and folds what must be accepted.
func (r *room) do(t testing.TB, name string, role oplog.Role, raw string) {
	t.Helper()
	c, why := r.prepare(name, role, raw)
	if why != "" {
		t.Fatalf("prepare %s: %s", raw, why)
	}
	if o := r.append(r.count(c, name)); !o.Accepted() {
		t.Fatalf("%s: %s", raw, o.Reason)
	}
}

func ask(id, text string) string {
	return fmt.Sprintf(`{"type":"question.ask","id":%q,"text":%q}`, ulid(id), text)
}
