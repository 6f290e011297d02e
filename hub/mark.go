package hub

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/whisper"
)

// Nodes that fold the same entries must hold the same state. So each makes a
// digest of a topic's state at the same places of its log, tells it, and compares
// those of the others with its own:
//
//	offset     64 ─ 128 ─ … 512 ─ 576 ─ … 1024 ─ 1152 ─ … 2048 ─ 2304 ─ …
//	               every 64      every 64       every 128      every 256
//
// and at the end of the log when nothing has come for a while. A digest costs as
// much as the state is large, hence the growing distance. Where the chains differ
// a branch is left (repair.go), and nothing is compared; nor between programs that
// save a state in different forms.

// marks are the digests of one topic, here and elsewhere. They belong to the
// topic's loop.
type marks struct {
	mine   []mark // the newest, by offset
	others map[string][]mark
	// doubt is the place of a mark that another node's was not equal to, and since
	// when; nothing is done before all have had time to tell theirs.
	doubt oplog.Offset
	since time.Time
	quiet time.Time // when the last mark was made at the end of the log
}

type mark struct {
	offset oplog.Offset
	chain  string // and the version of the state's form
	digest string
}

// DivergedError is why a topic is not served whose state here is another than on
// the nodes that this one must believe.
type DivergedError struct {
	Topic  oplog.Topic
	Offset oplog.Offset
	Here   int // nodes that hold this one's state
	There  int // nodes that hold the other
}

func (e *DivergedError) Error() string {
	return fmt.Sprintf("%s has another state here than elsewhere at offset %d, after the same entries: %d nodes hold this one's, %d the other; start this node anew",
		e.Topic, e.Offset, e.Here, e.There)
}

// marked reports whether nodes make a mark at an offset: some to each doubling.
func marked(at oplog.Offset) bool {
	if at == 0 {
		return false
	}
	step := oplog.Offset(max(MarkEvery, 1<<max(0, bits.Len64(uint64(at))-1-marksADoubling)))
	return at%step == 0
}

// markAt makes a mark behind an entry that was folded, if there is to be one, or
// another node has made one there.
func (t *Topic) markAt(at oplog.Offset) {
	if !t.hub.cfg.Shared {
		return
	}
	wanted := marked(at)
	for _, all := range t.marks.others {
		wanted = wanted || slices.ContainsFunc(all, func(m mark) bool { return m.offset == at })
	}
	if wanted {
		t.mark()
		t.judge()
	}
}

// mark makes a mark where the topic stands.
func (t *Topic) mark() {
	at := t.at.Position()
	digest := t.machine.Digest()
	// What is saved otherwise has another digest, and is not compared.
	m := mark{at.Offset, fmt.Sprintf("%s/%d", at.Hash, t.kind.State), hex.EncodeToString(digest[:16])}
	t.marks.mine = keepMark(t.marks.mine, m)
	t.crowd.mark(m.said())
}

func (m mark) said() *whisper.Mark {
	return &whisper.Mark{Offset: m.offset, Chain: m.chain, Digest: m.digest}
}

// keepMark adds a mark to the newest few, unless it is there.
func keepMark(all []mark, m mark) []mark {
	if slices.Contains(all, m) {
		return all
	}
	all = append(all, m)
	return all[max(0, len(all)-marksKept):]
}

// markQuiet makes a mark at the end of the log when nothing has come for a while.
func (t *Topic) markQuiet(now time.Time) {
	m := &t.marks
	if !t.hub.cfg.Shared || t.at.Offset == 0 || now.Sub(t.moved) < QuietFor || now.Sub(m.quiet) < QuietMarkEvery {
		return
	}
	if n := len(m.mine); n > 0 && m.mine[n-1].offset == t.at.Offset {
		return
	}
	m.quiet = now
	t.mark()
	t.judge()
}

// compareMarks takes in what other nodes have told.
func (t *Topic) compareMarks(told map[string]whisper.Mark) {
	maps.DeleteFunc(t.marks.others, func(node string, _ []mark) bool { return !t.hub.circle.Knows(node) })
	for node, w := range told {
		m := mark{w.Offset, w.Chain, w.Digest}
		if slices.Contains(t.marks.others[node], m) {
			continue
		}
		if t.marks.others == nil {
			t.marks.others = make(map[string][]mark)
		}
		t.marks.others[node] = keepMark(t.marks.others[node], m)
		if m.offset == t.at.Offset && !slices.ContainsFunc(t.marks.mine, func(o mark) bool { return o.offset == m.offset }) {
			t.mark()
		}
		if own, ok := t.ownMark(m); ok {
			t.compareMark(node, own, m)
		}
	}
}

// ownMark is this node's mark at the place of another's.
func (t *Topic) ownMark(m mark) (mark, bool) {
	i := slices.IndexFunc(t.marks.mine, func(o mark) bool { return o.offset == m.offset && o.chain == m.chain })
	if i < 0 {
		return mark{}, false
	}
	return t.marks.mine[i], true
}

// judge compares the newest own mark with those that were told before.
func (t *Topic) judge() {
	own := t.marks.mine[len(t.marks.mine)-1]
	for node, all := range t.marks.others {
		for _, m := range all {
			if m.offset == own.offset && m.chain == own.chain {
				t.compareMark(node, own, m)
			}
		}
	}
}

// compareMark tells of two states that are not the same, loudly.
func (t *Topic) compareMark(node string, own, other mark) {
	t.crowd.mark(own.said()) // again, for who did not hear it
	equal := own.digest == other.digest
	t.hub.cfg.Observer.Compared(equal)
	if equal {
		return
	}
	t.hub.cfg.Trouble(t.name, fmt.Errorf("the state at offset %d is another than on node %s, after the same entries: %s here, %s there",
		own.offset, t.hub.circle.NameOf(node), own.digest, other.digest))
	if t.marks.doubt == 0 {
		t.marks.doubt, t.marks.since = own.offset, time.Now()
	}
}

// resolve leaves the topic if this node's state is the one not to be believed: that
// of fewer nodes, or at a tie that of the node which was started last.
func (t *Topic) resolve(now time.Time) {
	m := &t.marks
	if m.doubt == 0 || now.Sub(m.since) < DoubtFor {
		return
	}
	at := m.doubt
	m.doubt = 0
	i := slices.IndexFunc(m.mine, func(o mark) bool { return o.offset == at })
	if i < 0 {
		return
	}
	own := m.mine[i]
	here, there := []string{""}, map[string][]string{}
	for node, all := range m.others {
		for _, o := range all {
			switch {
			case o.offset != at || o.chain != own.chain:
			case o.digest == own.digest:
				here = append(here, node)
			default:
				there[o.digest] = append(there[o.digest], node)
			}
		}
	}
	for _, nodes := range there {
		if len(nodes) > len(here) || len(nodes) == len(here) && t.hub.circle.Eldest(nodes) < t.hub.circle.Eldest(here) {
			t.abandon(&DivergedError{Topic: t.name, Offset: at, Here: len(here), There: len(nodes)})
			return
		}
	}
}
