package hub

import (
	"context"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// Stand is what a client has already, as it says itself.
type Stand struct {
	View int
	Pos  oplog.Position
	Mine oplog.Offset
}

// Watcher is one connection's interest in one topic.
type Watcher struct {
	// static
	conn  *fanout.Conn
	role  oplog.Role
	actor oplog.ActorID

	// owned by the topic's loop
	mine      oplog.Offset // the own part has been told up to here
	answering bool         // the own part will travel with an answer
}

// Role is the role that the connection watches in.
func (w *Watcher) Role() oplog.Role { return w.role }

// Connect makes conn the outgoing side of a connection, which this hub's crew
// serves.
func (h *Hub) Connect(conn *fanout.Conn, line fanout.Line) { h.crew.Connect(conn, line) }

// Watch answers a connection with what it lacks and subscribes it to the rest.
// It reports false when the connection watches too many topics.
func (t *Topic) Watch(ctx context.Context, conn *fanout.Conn, role oplog.Role, person string, has Stand) (w *Watcher, ok bool, err error) {
	w = &Watcher{conn: conn, role: role, actor: t.key.Pseudonym(person)}
	ran := make(chan struct{})
	err = t.ask(ctx, func() {
		t.look(has.Pos.Offset, func(bool) {
			if t.why != nil { // a machine that is left is not asked
				return
			}
			defer close(ran)
			ok = t.join(w, has)
		})
	}, ran)
	conn.Push() // here, where one client's document does not hold up the loop
	return w, ok, err
}

// Leave ends what Watch began. The connection may be gone already.
func (t *Topic) Leave(ctx context.Context, w *Watcher) {
	ran := make(chan struct{})
	_ = t.ask(ctx, func() {
		defer close(ran)
		t.part(w)
	}, ran)
}

func (t *Topic) join(w *Watcher, has Stand) bool {
	v := t.view(w.role)
	from := t.from(has)
	first := v.catchUp(from)
	// What a client has of its own part beyond the place that was compared may be
	// of a branch that is gone.
	if w.mine = has.Mine; w.mine > from {
		w.mine = 0
	}
	if !w.conn.Watch(t.name, v.ring, first, t.ownFrame(w, true), v) {
		return false
	}
	t.enters(w, 1)
	t.people[w.actor] = append(t.people[w.actor], w)
	return true
}

// startOver gives everybody who watches the whole document and the whole own
// part, and a ring that nothing of before is in.
func (t *Topic) startOver() {
	clear(t.views[:])
	t.toldOwn = t.at.Offset
	for _, all := range t.people {
		for _, w := range all {
			v := t.view(w.role)
			first := v.catchUp(0)
			w.mine = 0
			if w.conn.Rewatch(t.name, v.ring, first, t.ownFrame(w, true), v) {
				w.conn.Push()
			}
		}
	}
}

func (t *Topic) part(w *Watcher) {
	all := t.people[w.actor]
	i := slices.Index(all, w)
	if i < 0 {
		return
	}
	if all = slices.Delete(all, i, i+1); len(all) == 0 {
		delete(t.people, w.actor)
	} else {
		t.people[w.actor] = all
	}
	t.enters(w, -1)
}

// from decides what a client can be given a patch from: the place that it has,
// if that is on this chain and of this projection, else the start.
func (t *Topic) from(has Stand) oplog.Offset {
	if has.Pos.Offset == 0 {
		return 0
	}
	if has.Pos.Offset > t.at.Offset {
		t.hub.cfg.Observer.HistoryLost()
		return 0
	}
	if has.View != t.kind.View || has.Pos.Epoch != t.at.Epoch || has.Pos.Offset < t.base.Offset {
		return 0
	}
	if t.hash(has.Pos.Offset) != has.Pos.Hash {
		t.hub.cfg.Observer.HistoryLost()
		return 0
	}
	return has.Pos.Offset
}

// hash is that of an entry which was folded, not before the snapshot's last.
func (t *Topic) hash(at oplog.Offset) oplog.Hash {
	if at == t.base.Offset {
		return t.base.Hash
	}
	return t.at.Hashes[at-t.base.Offset-1]
}

// frame is a message that leads from an offset to now.
func (t *Topic) frame(from oplog.Offset, data []byte) *fanout.Frame {
	at := t.at.Position()
	return &fanout.Frame{From: from, To: at.Offset, Epoch: at.Epoch, Hash: at.Hash, Data: data}
}

// patch appends the patch frame from an offset to now.
func (t *Topic) patch(dst []byte, role oplog.Role, from oplog.Offset, doc entity.Patch) []byte {
	return wire.AppendPatch(dst, wire.Patch{
		Topic: t.name, View: t.kind.View, Pos: t.at.Position(), From: from, Doc: doc,
	})
}

// ownFrame encodes a person's own part and moves the watcher's cursor. Without
// always, nothing new makes no frame.
func (t *Topic) ownFrame(w *Watcher, always bool) []byte {
	doc := t.machine.Mine(w.actor, w.mine)
	if doc == nil && !always {
		return nil
	}
	from := w.mine
	w.mine = t.at.Offset
	return wire.AppendMine(nil, wire.Mine{Topic: t.name, Pos: t.at.Position(), From: from, Doc: doc})
}

// Own is everything that belongs to one person, and as of where.
func (t *Topic) Own(ctx context.Context, person string) (doc entity.Patch, at oplog.Position, err error) {
	who := t.key.Pseudonym(person)
	ran := make(chan struct{})
	err = t.ask(ctx, func() {
		defer close(ran)
		doc, at = t.machine.Mine(who, 0), t.at.Position()
	}, ran)
	return doc, at, err
}
