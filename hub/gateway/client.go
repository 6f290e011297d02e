package gateway

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// Why the hub ends a connection.
var (
	errDraining  = errors.New("the server restarts")
	errPassEnded = errors.New("the access link has ended")
	errMoved     = errors.New("the access link does not reach what is watched any more")
	errNoHello   = errors.New("no hello in time")
	errGone      = errors.New("the client went away")
)

// client is one connected page, over whichever transport.
type client struct {
	// static
	g         *Gateway
	who       identity
	conn      *fanout.Conn
	transport string
	since     time.Time

	spoke spoke
	left  atomic.Bool // it has been told to come back

	// changed by the goroutine that reads, under mu; others read it under mu
	mu      sync.Mutex
	watches []watching // few
}

// watching is one topic that a client watches, and in what capacity.
type watching struct {
	topic   *hub.Topic
	watcher *hub.Watcher
	as      capacity
}

// say queues one frame for this client alone.
func (c *client) say(frame []byte) { c.conn.Own(frame) }

func (c *client) refuse(topic oplog.Topic, reason oplog.Reason, detail string) {
	c.g.cfg.Observer.Refused(reason)
	c.say(wire.AppendError(nil, wire.Error{Topic: topic, Reason: reason, Detail: detail}))
}

// cut ends the connection.
func (c *client) cut(why error) { c.conn.End(why) }

// bye tells the client to come back, each within the same span, so that they do
// not all come at once; then ends the connection.
func (c *client) bye() {
	if c.left.Swap(true) {
		return
	}
	c.say(wire.AppendBye(nil, wire.Bye{Reason: "restart", Retry: [2]int{ByeRetryMin, ByeRetryMax}}))
	time.AfterFunc(ByeGrace, func() { c.cut(errDraining) })
}

// beat tells a client that has heard nothing that the line is alive. It returns
// when to look again.
func (c *client) beat(now time.Time) time.Duration {
	silent := now.Sub(c.conn.Wrote())
	if silent < BeatEvery {
		return BeatEvery - silent
	}
	c.say(wire.AppendBeat(nil, now.UnixMilli()))
	return BeatEvery
}

// watchesAny reports whether a client watches one of some topics.
func (c *client) watchesAny(topics map[oplog.Topic]error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.watches, func(w watching) bool { return topics[w.topic.Name()] != nil })
}

// overstays says why a client must go: what it watches has moved out of the
// reach of its passes, or they have ended. It is nil for one who may stay.
func (c *client) overstays(now time.Time) error {
	good := len(c.who.good(c.g.cfg.Venue, now))
	ended := good < len(c.who.passes)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.watches {
		switch as, ok := c.who.as(w.as.role, w.topic.Name(), c.g.cfg.Venue, now); {
		case !ok && ended:
			return errPassEnded
		case !ok || as != w.as:
			return errMoved
		}
	}
	if good == 0 && !c.who.known {
		return errPassEnded
	}
	return nil
}

// watch subscribes the client to a topic in a role.
func (c *client) watch(ctx context.Context, topic oplog.Topic, role oplog.Role, has hub.Stand) {
	if ok, _ := c.g.watches.Take(c.who.name(), time.Now()); !ok {
		c.g.cfg.Observer.Limited("watches")
		c.refuse(topic, oplog.TooFast, "")
		return
	}
	as, reason := c.g.admit(c.who, topic, role)
	if reason != "" {
		c.refuse(topic, reason, "")
		return
	}
	if was, ok := c.watched(topic); ok && was.as != as {
		has = hub.Stand{} // what it has is another role's, or another person's
	}
	c.unwatch(ctx, topic)
	t, err := c.g.cfg.Hub.Open(ctx, topic)
	if err != nil {
		c.unserved(topic)
		return
	}
	start := time.Now()
	w, ok, err := t.Watch(ctx, c.conn, role, as.person, has)
	c.g.admission.greeted(time.Since(start))
	switch {
	case err != nil:
		c.unserved(topic)
	case !ok:
		c.refuse(topic, oplog.TooManySubs, "")
	default:
		c.note(watching{topic: t, watcher: w, as: as})
	}
}

// unserved answers one who wants to watch what cannot be watched here: when another
// node serves it, by sending them there.
func (c *client) unserved(topic oplog.Topic) {
	if c.g.cfg.Hub.Unserved()[topic] != nil && c.g.cfg.Hub.Elsewhere() {
		c.bye()
		return
	}
	c.refuse(topic, oplog.Unavailable, "")
}

// watched finds what a client watches of a topic. The goroutine that reads asks.
func (c *client) watched(topic oplog.Topic) (watching, bool) {
	for _, w := range c.watches {
		if w.topic.Name() == topic {
			return w, true
		}
	}
	return watching{}, false
}

func (c *client) note(w watching) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watches = append(c.watches, w)
}

func (c *client) strike(topic oplog.Topic) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watches = slices.DeleteFunc(c.watches, func(w watching) bool { return w.topic.Name() == topic })
}

func (c *client) unwatch(ctx context.Context, topic oplog.Topic) {
	if w, ok := c.watched(topic); ok {
		c.strike(topic)
		c.conn.Unwatch(topic)
		w.topic.Leave(ctx, w.watcher)
	}
}

// leave ends all watches; the loops forget the client.
func (c *client) leave() {
	for len(c.watches) > 0 {
		c.unwatch(context.Background(), c.watches[0].topic.Name())
	}
}

// do takes one command to its topic. The answer comes from the topic's loop.
func (c *client) do(ctx context.Context, d wire.Do) {
	w, watched := c.watched(d.Topic)
	role := oplog.Attendee
	if watched {
		role = w.as.role
	}
	as, reason := c.g.admit(c.who, d.Topic, role)
	if reason != "" {
		c.g.cfg.Observer.Refused(reason)
		c.say(wire.AppendRefuse(nil, wire.Refuse{ID: d.ID, Topic: d.Topic, Reason: reason}))
		return
	}
	reply := func(a hub.Answer, own []byte) { c.say(c.g.answer(d.ID, d.Topic, a, own)) }
	if a, ok := c.g.submit(ctx, d, as, w.watcher, reply); !ok {
		reply(a, nil)
	}
}

// answer encodes what the sender of a command is told, behind the own part.
func (g *Gateway) answer(id string, topic oplog.Topic, a hub.Answer, own []byte) []byte {
	var frame []byte
	switch {
	case a.Retry > 0:
		frame = wire.AppendRetry(nil, wire.Retry{ID: id, After: int(a.Retry.Milliseconds())})
	case a.Outcome.Accepted():
		frame = wire.AppendAck(nil, wire.Ack{ID: id, Topic: topic, Pos: a.Pos, Level: a.Level, Again: a.Outcome.Again})
	default:
		g.cfg.Observer.Refused(a.Outcome.Reason)
		frame = wire.AppendRefuse(nil, wire.Refuse{ID: id, Topic: topic, Offset: a.Pos.Offset, Reason: a.Outcome.Reason})
	}
	if own == nil {
		return frame
	}
	return slices.Concat(own, []byte("\n"), frame)
}

// react shows a reaction, if the topic is watched and the person has not shown too
// many: what is beyond is dropped without a word, as it would be gone in a moment.
func (c *client) react(r wire.React) {
	w, ok := c.watched(r.Topic)
	if !ok {
		c.refuse(r.Topic, oplog.NotAllowed, "watch the topic first")
		return
	}
	c.g.react(w.topic, w.as, r.Kind)
}

func (g *Gateway) react(t *hub.Topic, as capacity, kind string) {
	if ok, _ := g.reacts.Take(as.person, time.Now()); !ok {
		g.cfg.Observer.Limited("reactions")
		return
	}
	t.React(as.person, kind)
}

// admit decides whether an identity may watch or command a topic in a role.
func (g *Gateway) admit(who identity, topic oplog.Topic, role oplog.Role) (capacity, oplog.Reason) {
	if !g.cfg.Venue.Exists(topic) {
		return capacity{}, oplog.NotLive
	}
	as, ok := who.as(role, topic, g.cfg.Venue, time.Now())
	if !ok {
		return capacity{}, oplog.NotAllowed
	}
	return as, ""
}

// submit prepares a command and sends it to its topic's loop. When it does not
// get there, ok is false and the answer is final.
func (g *Gateway) submit(ctx context.Context, d wire.Do, as capacity, from *hub.Watcher, reply func(hub.Answer, []byte)) (a hub.Answer, ok bool) {
	if wait, ok := g.pace(as, d.Cmd); !ok {
		return hub.Answer{Outcome: oplog.Refuse(oplog.TooFast), Retry: wait}, false
	}
	t, err := g.cfg.Hub.Open(ctx, d.Topic)
	if err != nil {
		return hub.Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: hub.RetryAfter}, false
	}
	c, reason := t.Prepare(d.Cmd, as.person, as.role, as.scope)
	if reason != "" {
		return hub.Answer{Outcome: oplog.Refuse(reason)}, false
	}
	if ServerOnly(d.Topic.Kind(), c.Type) {
		return hub.Answer{Outcome: oplog.Refuse(oplog.NotAllowed)}, false
	}
	c.Device, c.N, c.Seen = d.Device, d.N, d.Seen
	if err := t.Send(ctx, c, from, reply); err != nil {
		return hub.Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: hub.RetryAfter}, false
	}
	return hub.Answer{}, true
}

// pace lets a person send so many commands, and so many questions. A question
// that is sent again after a bad moment of the line is not another one; a
// different text under its id is refused by the fold. Staff work through an inbox
// and are not held up.
func (g *Gateway) pace(as capacity, cmd []byte) (wait time.Duration, ok bool) {
	if as.role != oplog.Attendee {
		return 0, true
	}
	now := time.Now()
	if ok, wait := g.commands.Take(as.person, now); !ok {
		g.cfg.Observer.Limited("commands")
		return wait, false
	}
	if wire.CommandType(cmd) != "question.ask" {
		return 0, true
	}
	if first, _ := g.asked.Take(as.person+wire.CommandID(cmd), now); !first {
		return 0, true
	}
	if ok, wait := g.asks.Take(as.person, now); !ok {
		g.cfg.Observer.Limited("questions")
		return wait, false
	}
	return 0, true
}

// ServerOnly are commands that nobody sends but the hub's own importer, clock
// and mint, whatever the pass.
func ServerOnly(kind oplog.Kind, command string) bool {
	switch command {
	case "tick", "import.part", "import.commit", "pass.issue",
		oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased:
		return true
	}
	return false
}
