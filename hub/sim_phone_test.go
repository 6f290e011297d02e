package hub_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"majlis/hub"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// simCast is who takes part.
var simCast = []struct {
	name string
	role oplog.Role
}{
	{"amina", oplog.Attendee},
	{"boris", oplog.Attendee},
	{"chen", oplog.Attendee},
	{"dora", oplog.Attendee},
	{"nadia", oplog.Moderator},
	{"wall", oplog.Screen},
}

// simPhone is a person with one page open: the document and the own part as the
// web app keeps them, and an outbox that survives a reload. All of it but what is
// static is guarded by the world's mu.
type simPhone struct {
	// static
	w      *world
	number int
	name   string
	person string
	role   oplog.Role
	rng    *rand.Rand // of what it does
	net    *rand.Rand // of what becomes of its posts

	device  oplog.Device
	tabs    int
	n       uint64
	made    int // ids of things
	doc     reducer.Client
	mine    reducer.Client
	known   oplog.Offset
	line    *simLine
	dialled int
	asked   bool // a watch waits for its answer
	box     []*simCommand
	calm    time.Duration // no new commands until then
}

// simCommand is one entry of an outbox.
type simCommand struct {
	id     string
	key    simKey
	seen   oplog.Offset
	raw    string
	kind   string
	target string // of a register
	value  string
	fate   simOutcome
	reason oplog.Reason
	due    int // counts the times that it was sent; a timer of before is void
	level  oplog.Level
	again  bool // it was so already
	saw    bool // its target was live in the document when it was made
}

type simOutcome int

const (
	simOpen simOutcome = iota
	simAcked
	simDenied
)

func newPhone(w *world, number int, who struct {
	name string
	role oplog.Role
},
) *simPhone {
	p := &simPhone{w: w, number: number, name: who.name, person: "visitor:" + who.name, role: who.role}
	if who.role.Staff() {
		p.person = "pass:" + who.name
	}
	p.rng, p.net = stream(w.seed, p.name), stream(w.seed, p.name+"net")
	p.tab()
	w.at(draw(p.rng, 0, 300*time.Millisecond), p.connect)
	var act func()
	act = func() {
		if !w.calm {
			p.act()
			w.at(draw(p.rng, 50*time.Millisecond, 500*time.Millisecond), act)
		}
	}
	w.at(draw(p.rng, 300*time.Millisecond, 600*time.Millisecond), act)
	return p
}

// tab begins a new device: a page that was loaded anew keeps its outbox alone.
func (p *simPhone) tab() {
	p.tabs++
	p.device, p.n = oplog.Device{byte(p.number + 1), byte(p.tabs)}, 0
	p.doc, p.mine, p.known = reducer.Client{}, reducer.Client{}, 0
}

// connect tries any node, until one takes it. The caller holds mu.
func (p *simPhone) connect() {
	if p.line != nil {
		return
	}
	n := p.w.nodes[p.rng.IntN(len(p.w.nodes))]
	if !n.up {
		p.w.at(draw(p.rng, 50*time.Millisecond, 300*time.Millisecond), p.connect)
		return
	}
	p.w.note(p.name, "dials %s", n.name)
	p.line, p.asked = n.dial(p), false
	p.watch(false)
	for _, c := range p.box {
		if c.fate == simOpen {
			p.send(c)
		}
	}
}

// down learns that a line has hung up.
func (p *simPhone) down(l *simLine) {
	if p.line == l {
		p.line = nil
		p.w.at(draw(p.rng, time.Millisecond, 300*time.Millisecond), p.connect)
	}
}

// wake is what a page does when it comes to the front.
func (p *simPhone) wake() {
	if p.line == nil || p.line.hung {
		p.line = nil
		p.connect()
		return
	}
	for _, c := range p.box {
		if c.fate == simOpen {
			p.send(c)
		}
	}
}

// watch asks for what is missing here.
func (p *simPhone) watch(anew bool) {
	if p.line == nil || p.asked {
		return
	}
	p.asked = true
	var has hub.Stand
	if !anew && p.doc.Pos.Epoch != "" {
		has = hub.Stand{View: p.doc.View, Pos: p.doc.Pos}
		if p.mine.Pos.Epoch == p.doc.Pos.Epoch {
			has.Mine = p.mine.Pos.Offset
		}
	}
	p.line.request(simRequest{has: has})
}

// say puts a command into the outbox and sends it.
func (p *simPhone) say(c simCommand) {
	p.n++
	p.made++
	c.id = simULID('0', p.number, p.made)
	c.key, c.seen = simKey{p.device, p.n}, p.known
	p.box = append(p.box, &c)
	p.w.note(p.name, "says %s seen %d", c.raw, c.seen)
	p.send(&c)
}

// answerWithin is after what time a command that was not answered goes out again.
const answerWithin = 2 * time.Second

// send carries a command, mostly over the line.
func (p *simPhone) send(c *simCommand) {
	if c.fate != simOpen {
		return
	}
	c.due++
	due := c.due
	p.w.at(answerWithin, func() {
		if c.due == due {
			p.send(c)
		}
	})
	if p.rng.IntN(6) == 0 {
		if n := p.w.nodes[p.rng.IntN(len(p.w.nodes))]; n.up {
			p.post(n, c)
		}
		return
	}
	if p.line != nil {
		p.line.request(simRequest{command: c})
	}
}

func (c *simCommand) prepare(t *hub.Topic, p *simPhone) (oplog.Command, oplog.Reason) {
	cmd, reason := t.Prepare(json.RawMessage(c.raw), p.person, p.role, "")
	cmd.Device, cmd.N, cmd.Seen = c.key.device, c.key.n, c.seen
	return cmd, reason
}

// receive takes one message; a nil line is an answer to a post.
func (p *simPhone) receive(l *simLine, text []byte) {
	if l != nil && p.line != l {
		return // of a line that was given up
	}
	p.look(text)
	frames, skipped := wire.DecodeMessage(text)
	if skipped > 0 {
		p.w.violated("wire", "%s got a message with %d frames that do not decode: %s", p.name, skipped, text)
	}
	for _, f := range frames {
		p.take(f, l != nil)
	}
}

func (p *simPhone) take(f wire.ServerFrame, line bool) {
	switch f := f.(type) {
	case wire.Patch:
		p.asked = false
		p.w.note(p.name, "patch %d to %d", f.From, f.Pos.Offset)
		p.apply(&p.doc, reducer.Frame{View: f.View, From: f.From, Pos: f.Pos, Doc: f.Doc}, false)
	case wire.Mine:
		p.w.note(p.name, "mine %d to %d", f.From, f.Pos.Offset)
		p.apply(&p.mine, reducer.Frame{From: f.From, Pos: f.Pos, Doc: f.Doc}, true)
	case wire.Ack:
		p.known = max(p.known, f.Pos.Offset)
		p.acked(f, line)
	case wire.Refuse:
		p.known = max(p.known, f.Offset)
		if c := p.find(f.ID); c != nil {
			p.w.note(p.name, "refused %d: %s", c.key.n, f.Reason)
			c.fate, c.reason = simDenied, f.Reason
			p.w.lawful(p, c)
		}
	case wire.Retry:
		if c := p.find(f.ID); c != nil {
			after := time.Duration(f.After) * time.Millisecond
			c.due++
			due := c.due
			p.w.at(after, func() {
				if c.due == due {
					p.send(c)
				}
			})
		}
	case wire.Error:
		p.w.at(time.Second, func() { p.asked = false; p.watch(false) })
	}
}

func (p *simPhone) find(id string) *simCommand {
	for _, c := range p.box {
		if c.id == id && c.fate == simOpen {
			return c
		}
	}
	return nil
}

// apply takes in a frame, and notes what is here then.
func (p *simPhone) apply(c *reducer.Client, f reducer.Frame, mine bool) {
	before := c.Pos
	switch c.Apply(f) {
	case reducer.Behind:
		p.watch(false)
		return
	case reducer.Foreign:
		p.watch(true)
		return
	case reducer.Passed:
		return
	}
	p.w.followed(p, before, f, mine)
	lost := f.From == 0 && before.Epoch != "" && (f.Pos.Epoch != before.Epoch || f.Pos.Offset < p.known)
	if lost {
		p.known = 0
		p.lost()
	}
	p.known = max(p.known, f.Pos.Offset)
}

// lost offers again what was acknowledged in memory alone, as the web app does.
func (p *simPhone) lost() {
	p.w.note(p.name, "history lost")
	if !p.w.plan.offers {
		return
	}
	for _, c := range p.box {
		if c.fate == simAcked && c.level == oplog.RedisMemory {
			c.fate = simOpen
			p.send(c)
		}
	}
}

// acked notes an acknowledgement. The own part has come with it (W4).
func (p *simPhone) acked(f wire.Ack, line bool) {
	c := p.find(f.ID)
	if c == nil {
		return
	}
	p.w.note(p.name, "acked %d at %d, again %t", c.key.n, f.Pos.Offset, f.Again)
	c.fate, c.level, c.again = simAcked, f.Level, f.Again
	p.w.promised(p, c)
	if line && !p.asked {
		p.w.shown(p, c)
	}
}

// own is what the own part says of a register.
func (p *simPhone) own(kind, target string) string {
	switch kind {
	case "question.vote":
		if e := p.mine.Doc["vote"][target]; e != nil {
			return "on"
		}
	case "poll.vote":
		return strings.TrimSuffix(strings.TrimPrefix(string(p.mine.Doc["answer"][target]), `{"choice":`), "}")
	}
	return ""
}

// look searches a message for texts that are not for this person (W5).
func (p *simPhone) look(text []byte) {
	if p.role == oplog.Moderator {
		return
	}
	for _, who := range simCast {
		if who.name != p.name && bytes.Contains(text, []byte("secret of "+who.name)) {
			p.w.violated("W5", "%s was sent a text that nobody approved: %s", p.name, text)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func simULID(kind rune, phone, n int) string { return fmt.Sprintf("01J%c%02d%020d", kind, phone, n) }
