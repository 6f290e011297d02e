package hub

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"majlis/hub/oplog"
)

// ErrUnserved: this node does not serve a topic any more; another one may. Beside
// it stands why.
var ErrUnserved = errors.New("this node does not serve the topic")

// RulesError is why a topic is not served whose log holds an entry that a newer
// program wrote: folded by older rules it would come to something else.
type RulesError struct {
	Topic  oplog.Topic
	Offset oplog.Offset
	Rules  uint16 // of the entry
	Known  uint16 // the newest that this program has
}

func (e *RulesError) Error() string {
	return fmt.Sprintf("%s holds an entry of rules %d at offset %d, and this program knows them up to %d: update it", e.Topic, e.Rules, e.Offset, e.Known)
}

// abandon ends the topic's loop, once it has done what it is about, for a reason
// that lasts until the node is started anew.
func (t *Topic) abandon(why error) {
	if t.why == nil {
		t.why = why
	}
}

// abandons reports whether an error is such a reason.
func abandons(err error) bool {
	var rules *RulesError
	var diverged *DivergedError
	var panicked *PanicError
	return errors.As(err, &rules) || errors.As(err, &diverged) || errors.As(err, &panicked)
}

// leave notes that a topic is served here no more.
func (h *Hub) leave(t *Topic, why error) {
	h.mu.Lock()
	delete(h.topics, t.name)
	if abandons(why) {
		h.unserved[t.name] = why
	}
	n := len(h.unserved)
	h.mu.Unlock()
	h.cfg.Observer.Unserved(n)
	if h.cfg.Left != nil {
		h.cfg.Left(t.name)
	}
}

// Unserved lists the topics that this node does not serve, with the reasons. The
// map is the caller's.
func (h *Hub) Unserved() map[oplog.Topic]error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.unserved)
}

// Elsewhere reports whether there are such topics and a node is heard of that
// takes people and can serve one of them: then this one had better send nobody
// here.
func (h *Hub) Elsewhere() bool {
	unserved := h.Unserved()
	if len(unserved) == 0 {
		return false
	}
	for _, n := range h.circle.Others() {
		for topic, why := range unserved {
			var rules *RulesError
			var panicked *PanicError
			if errors.As(why, &panicked) {
				continue // so it is everywhere
			}
			if n.Ready && (!errors.As(why, &rules) || n.Rules[topic.Kind()] >= rules.Rules) {
				return true
			}
		}
	}
	return false
}

// finish is what remains to be done when a topic's loop has ended. Who waits for a
// topic that is left is told to come again, to wherever.
func (t *Topic) finish(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if t.inFlight != nil {
		r := <-t.appended
		if t.why == nil {
			t.take(ctx, r)
		} else { // nothing can be folded here
			t.waiting = append(t.waiting, t.inFlight...)
			t.dismiss(Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: RetryAfter})
		}
	}
	if t.reading {
		<-t.read
	}
	if t.repair.running {
		<-t.repair.result
	}
	t.at.kept.forget()
	if n := len(t.repair.offers); n > 0 {
		t.hub.cfg.Trouble(t.name, fmt.Errorf("the node stops and %d entries of a branch that was left have not been offered again", n))
	}
	if t.why != nil {
		t.dropAskers()
		t.dismiss(Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: RetryAfter})
		return t.why // nothing of it is worth keeping
	}
	return t.save(ctx)
}
