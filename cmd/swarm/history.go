package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"majlis/hub/oplog"
)

// history takes down what every phone asked for and was told, for a checker of
// such histories: one JSON line each, in the order of the answers. A nil history
// takes nothing down.
type history struct {
	mu  sync.Mutex
	out io.WriteCloser // guarded by mu
	err error          // guarded by mu: the first
}

// openHistory begins a history in a file; nil without a name.
func openHistory(name string) (*history, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--history: %w", err)
	}
	return &history{out: f}, nil
}

// close ends the file, and says whether it is whole.
func (h *history) close() error {
	if h == nil {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := errors.Join(h.err, h.out.Close()); err != nil {
		return fmt.Errorf("--history: %w", err)
	}
	return nil
}

// event is one line. Times are nanoseconds since 1970.
type event struct {
	Person string       `json:"person"` // number of the phone, or "moderator"
	Kind   string       `json:"kind"`   // the command's type
	Target string       `json:"target,omitempty"`
	Value  string       `json:"value,omitempty"` // "on", the choice like "1,3", another answer as JSON; empty: none
	N      uint64       `json:"n,omitempty"`
	Call   int64        `json:"call"`             // put into the outbox, or read
	Return int64        `json:"return,omitempty"` // 0: never
	Came   string       `json:"outcome"`          // acked, refused, unknown; read: what the phone holds in the end
	Reason oplog.Reason `json:"reason,omitempty"`
	Offset oplog.Offset `json:"offset,omitempty"` // of an acknowledgement: its place or one behind it
	Server string       `json:"server,omitempty"` // that answered
}

func (h *history) add(e event) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := json.NewEncoder(h.out).Encode(e); h.err == nil {
		h.err = err
	}
}

// command takes down a command that was answered, or at the end one that was not.
// The line's mutex is held.
func (h *history) command(l *line, c *command, now time.Time) {
	if h == nil {
		return
	}
	_, value, _ := c.sets()
	e := event{
		Person: l.name, Kind: c.kind, Target: c.target, Value: value, N: c.n,
		Call: c.made.UnixNano(), Came: "unknown", Reason: c.reason, Offset: c.at,
	}
	if c.fate != open {
		e.Return, e.Server = now.UnixNano(), l.s.clients[l.server%len(l.s.clients)].url
		e.Came = map[fate]string{acked: "acked", refused: "refused"}[c.fate]
	}
	h.add(e)
}

// last takes down what was never answered, and what each register of a phone
// holds in the end. The line's mutex is held.
func (h *history) last(p *phone, w *witness, now time.Time) {
	if h == nil {
		return
	}
	for _, c := range w.commands {
		if c.fate == open {
			h.command(p.line, c, now)
		}
	}
	for _, r := range slices.SortedFunc(maps.Keys(w.registers()), compareRegisters) {
		h.add(event{
			Person: p.name, Kind: r.kind, Target: r.target, Value: w.own(r), Came: "read",
			Call: now.UnixNano(), Return: now.UnixNano(),
		})
	}
}
