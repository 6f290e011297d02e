package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"majlis/hub/oplog"
)

// A topic whose store did not answer, or says that this node's place is not on
// its chain, compares heads before anything more is written:
//
//	the store's head is …
//	on my chain, behind me    lost tail     put mine back, byte for byte
//	on my chain, or I on its  nothing lost  follow
//	erased                    gone          nothing is ever put back or written
//	anything else             fork          take the store's branch, offer again
//	                                        what took effect on mine
//
// Many nodes may do so at once: what is put back fits behind one head only.
// Meanwhile the loop folds nothing and new commands wait, [HoldAtMost] at most.

// repair is what the loop knows of a comparison that is due or under way.
type repair struct {
	due     bool // nothing is appended before heads have been compared
	running bool
	result  chan compared
	// not is when the next comparison may begin; hold is until when commands wait
	// also behind it, so that the other nodes have had their turn.
	not, hold time.Time
	since     time.Time // when commands began to wait
	wake      chan struct{}
	offers    []submission // what took effect on a branch that was left
	erased    bool
}

// compared is what a comparison of heads has found and done.
type compared struct {
	err    error
	back   int // entries that were put back
	branch *branch
}

// branch is what the store has, folded.
type branch struct {
	machine Machine
	at      Folded
}

// errOtherKey: the store was begun anew, under another key, while this node was
// away. Neither people nor texts of this node's branch mean anything there.
var errOtherKey = errors.New("the store has this topic under another key: restart this node to serve it; what it alone knew is lost")

// distrust has heads compared before the next append, not before a while.
func (t *Topic) distrust(after time.Duration) {
	if !t.hub.cfg.Shared {
		return
	}
	now := time.Now()
	if !t.repair.due && now.After(t.repair.hold) {
		t.repair.since = now
		if len(t.waiting) > 0 && t.waiting[0].born.Before(now) { // they wait since then
			t.repair.since = t.waiting[0].born
		}
		t.later(HoldAtMost - now.Sub(t.repair.since))
	}
	t.repair.due, t.repair.not = true, now.Add(after)
	t.later(after)
}

// later has the loop look again after a while.
func (t *Topic) later(after time.Duration) {
	time.AfterFunc(after, func() {
		select {
		case t.repair.wake <- struct{}{}:
		default:
		}
	})
}

// held reports whether commands wait now. Those that have waited too long are
// told to come again; so is, meanwhile, who comes.
func (t *Topic) held() bool {
	now := time.Now()
	switch {
	case t.repair.erased:
		t.dismiss(Answer{Outcome: oplog.Refuse(oplog.Erased), Pos: t.at.Position()})
		return true
	case !t.repair.due && !now.Before(t.repair.hold):
		return false
	}
	if now.Sub(t.repair.since) >= HoldAtMost {
		t.dismiss(Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: RetryAfter})
	}
	return true
}

// dismiss answers all who wait.
func (t *Topic) dismiss(a Answer) {
	t.drain()
	waiting := t.waiting
	t.waiting = nil
	for _, s := range waiting {
		t.reply(s, a)
	}
}

// compare starts a comparison if one is due. It runs beside the loop, which
// leaves alone what it reads: the chain, the entries and the key.
func (t *Topic) compare(ctx context.Context) {
	r := &t.repair
	if !r.due || r.running || t.reading || t.inFlight != nil || time.Now().Before(r.not) {
		return
	}
	r.running, t.news = true, nil
	ctx = context.WithoutCancel(ctx) // what is put back is put back whole
	go func() {
		if r.erased {
			r.result <- compared{err: t.eraseAgain(ctx)}
			return
		}
		r.result <- t.reconcile(ctx)
	}()
}

// reconcile makes the store and this node hold the same chain again.
func (t *Topic) reconcile(ctx context.Context) compared {
	for range repairTries {
		heads, err := t.hub.cfg.Store.Heads(ctx, []oplog.Topic{t.name})
		if err != nil {
			return compared{err: err}
		}
		head := heads[0]
		if head.Offset > t.at.Offset || !t.holds(head) {
			// A put-back of nothing tells whether my place is on the store's chain.
			err := t.hub.cfg.Store.PutBack(ctx, t.name, t.at.Position(), nil)
			if !errors.Is(err, oplog.ErrFork) {
				return compared{err: err}
			}
			c := t.leave(ctx)
			if c.branch == nil || !t.holds(c.branch.at.Position()) {
				return c
			}
			c.branch.at.kept.forget() // it has lost the other way meanwhile
			continue
		}
		tail, whole := t.at.kept.behind(head.Offset)
		switch {
		case head.Offset == t.at.Offset:
			return compared{}
		case !whole:
			return t.leave(ctx)
		}
		err = t.putBack(ctx, head, tail)
		if !errors.Is(err, oplog.ErrFork) {
			return compared{err: err, back: len(tail)}
		} // somebody else was faster, perhaps with less
	}
	return compared{err: fmt.Errorf("%w: its head moves on while it is compared", oplog.ErrUnavailable)}
}

// holds reports whether a position is on this node's chain.
func (t *Topic) holds(p oplog.Position) bool {
	return p.Offset == 0 || p.Offset >= t.base.Offset && p.Offset <= t.at.Offset && t.hash(p.Offset) == p.Hash
}

// putBack gives the store the entries that it has lost. A text that had to go
// meanwhile may have come back with another node's.
func (t *Topic) putBack(ctx context.Context, at oplog.Position, tail []keptEntry) error {
	entries := make([]oplog.Entry, len(tail))
	var named []oplog.Offset
	for i := range tail {
		entries[i] = tail[i].Entry
		if tail[i].counted {
			named = append(named, oplog.RedactOf(&tail[i].Entry)...)
		}
	}
	if err := t.hub.cfg.Store.PutBack(ctx, t.name, at, entries); err != nil {
		return err
	}
	if len(named) == 0 {
		return nil
	}
	return t.hub.cfg.Store.Blank(ctx, t.name, named)
}

// leave folds the store's branch.
func (t *Topic) leave(ctx context.Context) compared {
	key, err := t.hub.cfg.Store.Key(ctx, t.name)
	if err != nil {
		return compared{err: err}
	}
	if key.Pseudonym("") != t.key.Pseudonym("") {
		return compared{err: errOtherKey}
	}
	b := &branch{machine: t.kind.New(t.name), at: Folded{Rules: t.kind.Rules, kept: &kept{hub: &t.hub.kept}}}
	b.machine, b.at, err = Replay(ctx, t.hub.cfg.Store, t.key, t.name, t.kind, b.machine, b.at)
	if err != nil {
		b.at.kept.forget()
		return compared{err: err}
	}
	return compared{branch: b}
}

// eraseAgain looks whether a topic that was erased has come back, with a store
// that was emptied or is older.
func (t *Topic) eraseAgain(ctx context.Context) error {
	_, _, err := t.hub.cfg.Store.Read(ctx, t.name, oplog.Position{}, 1)
	if err == nil {
		err = t.hub.cfg.Store.Erase(ctx, t.name)
	}
	return err
}

// reconciled goes on from what a comparison has found.
func (t *Topic) reconciled(ctx context.Context, c compared) {
	r := &t.repair
	r.running = false
	switch {
	case r.erased || errors.Is(c.err, oplog.ErrGone):
		t.gone()
		return
	case abandons(c.err):
		t.abandon(c.err)
		return
	case errors.Is(c.err, oplog.ErrUnavailable), errors.Is(c.err, oplog.ErrUnknown), errors.Is(c.err, oplog.ErrFork):
		t.distrust(CompareEvery)
		return
	case c.err != nil:
		t.hub.cfg.Trouble(t.name, fmt.Errorf("compare with the store: %w", c.err))
		t.distrust(TroubleEvery)
		return
	}
	r.due = false
	if c.back > 0 || c.branch != nil || t.hub.cfg.Store.Level() != oplog.RedisDisk {
		r.hold = time.Now().Add(SettleFor)
		t.later(SettleFor)
	} // else it has lost nothing, as it promises, and nobody has anything to give back
	if c.back > 0 {
		t.hub.cfg.Observer.PutBack(c.back)
		t.hub.cfg.Trouble(t.name, fmt.Errorf("the store had lost the last %d entries; they have been put back", c.back))
	}
	if c.branch != nil {
		t.change(ctx, c.branch)
	}
	t.follow(ctx)
}

// gone keeps an erased topic from being written or put back by this node, and
// looks from time to time whether it has come back.
func (t *Topic) gone() {
	t.at.kept.forget()
	t.repair.erased, t.repair.offers = true, nil
	t.distrust(ErasedEvery)
}

// change takes over the store's branch. What took effect on the one that is left
// is offered again, and everybody gets the whole document.
func (t *Topic) change(ctx context.Context, b *branch) {
	ancestor := t.ancestor(&b.at)
	lost, whole := t.at.kept.behind(ancestor)
	offers, left := t.offers(lost, ancestor)
	if !whole && t.at.Offset > ancestor {
		first := t.at.Offset + 1
		if len(lost) > 0 {
			first = lost[0].Offset
		}
		left += int(first - ancestor - 1)
	}
	t.hub.cfg.Observer.Forked(len(offers), left)
	t.hub.cfg.Trouble(t.name, &ForkError{Ancestor: ancestor, Mine: t.at.Offset, Theirs: b.at.Offset, Offered: len(offers), Left: left})
	t.at.kept.forget()
	t.machine, t.at, t.base = b.machine, b.at, oplog.Position{}
	t.saved = min(t.saved, ancestor)
	t.marks, t.named = marks{}, nil
	t.repair.offers = append(t.repair.offers, offers...)
	clear(t.document[:])
	t.blank(ctx)
	t.startOver()
	t.folded()
}

// ForkError tells that this node has left its branch of a topic for the store's.
type ForkError struct {
	Ancestor     oplog.Offset // the last that both have
	Mine, Theirs oplog.Offset // where the branches end
	Offered      int          // entries that are offered again
	Left         int          // that took effect and cannot be
}

func (e *ForkError) Error() string {
	return fmt.Sprintf("the store has gone another way behind offset %d (to %d, this node to %d): %d entries are offered again, %d are lost",
		e.Ancestor, e.Theirs, e.Mine, e.Offered, e.Left)
}

// ancestor is the last offset at which both chains are the same.
func (t *Topic) ancestor(other *Folded) oplog.Offset {
	o := min(t.at.Offset, other.Offset)
	for o > t.base.Offset && t.hash(o) != other.Hashes[o-1] {
		o--
	}
	if o == t.base.Offset && o > 0 && t.base.Hash != other.Hashes[o-1] {
		return 0
	}
	return o
}

// offers makes commands of what took effect on a branch that is left. left is how
// many cannot be offered: their texts have been blanked, or they name only offsets
// of that branch. What the log says itself is said anew by whoever needs it.
func (t *Topic) offers(lost []keptEntry, ancestor oplog.Offset) (offers []submission, left int) {
	for i := range lost {
		e := &lost[i]
		c, err := oplog.DecodePublic(e.Public)
		if err != nil || !e.counted || ownType(c.Type) {
			continue
		}
		if c.Type == oplog.TypeRedact && !keepBefore(&c, ancestor) || c.Type == oplog.TypeSkip || e.Sealed.Blanked() {
			left++
			continue
		}
		if c.Private, err = t.key.Open(e.Sealed); err != nil {
			left++
			continue
		}
		if c.Was == 0 {
			c.Was, c.First = e.Offset, e.Time
		}
		c.Seen = min(c.Seen, ancestor)
		offers = append(offers, t.offer(c, e))
	}
	return offers, left
}

// keepBefore has a redact command name only what both branches have, and reports
// whether that is anything.
func keepBefore(c *oplog.Command, ancestor oplog.Offset) bool {
	var args oplog.RedactArgs
	if json.Unmarshal(c.Args, &args) != nil {
		return false
	}
	args.Offsets = slices.DeleteFunc(args.Offsets, func(o oplog.Offset) bool { return o > ancestor })
	b, err := json.Marshal(args)
	c.Args = b
	return err == nil && len(args.Offsets) > 0
}

// ownType reports whether a command is the log's or the hub's own.
func ownType(name string) bool {
	return slices.Contains([]string{oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased, typeTick}, name)
}

// offer is a command that goes back into the log; if the log does not take it, it
// is offered once more.
func (t *Topic) offer(c oplog.Command, e *keptEntry) submission {
	s := submission{
		command: c, born: time.Now(),
		draft: oplog.Draft{Rules: e.Rules, Public: c.EncodePublic(), Sealed: e.Sealed},
	}
	s.reply = func(a Answer, _ []byte) {
		if a.Retry > 0 {
			t.repair.offers = append(t.repair.offers, s)
			t.repair.hold = time.Now().Add(RetryAfter)
			t.later(RetryAfter)
			return
		}
		t.hub.cfg.Observer.Offered(a.Outcome)
		if !a.Outcome.Accepted() {
			t.hub.cfg.Trouble(t.name, &RefusedError{Type: c.Type, Was: c.Was, Reason: a.Outcome.Reason})
		}
	}
	return s
}

// RefusedError tells that something which took effect on a branch that was left is
// not accepted on the store's.
type RefusedError struct {
	Type   string       // of the command
	Was    oplog.Offset // its first place
	Reason oplog.Reason
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s at offset %d took effect and, offered again after a fork, is refused: %s", e.Type, e.Was, e.Reason)
}
