package hub

import (
	"context"
	"fmt"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// Topic is one live topic: its machine, and the loop that owns it.
type Topic struct {
	// static
	hub     *Hub
	name    oplog.Topic
	kind    Kind
	submits chan submission
	asks    chan func()
	loaded  chan struct{} // closed once loadErr and key are set
	done    chan struct{} // closed when the loop has ended
	loadErr error
	key     *oplog.Key
	crowd   *crowd

	// owned by the loop
	machine  Machine
	at       Folded
	base     oplog.Position // of the snapshot; at.Hashes[i] is that of offset base.Offset+1+i
	waiting  []submission
	askers   []asker
	inFlight []submission
	appended chan appendResult
	early    outcomes        // of what was folded while an append was in flight
	looks    uint64          // so many looks at the log's end have begun, and appends, which bring it
	looked   uint64          // the last of them that saw it
	vain     uint64          // the last of them that did not
	sought   time.Time       // when one began for who had seen more
	failed   time.Time       // when one came to nothing
	news     <-chan struct{} // closed when others may have written; nil if that is not followed now
	read     chan tailResult // what a look at the tail has found
	reading  bool            // one is under way
	repair   repair
	views    [oplog.NumRoles]*view
	people   map[oplog.ActorID][]*Watcher
	heads    int        // people who watch as attendees
	told     wire.Pulse // the pulse that was told last
	headless bool       // the crowd is not told how many are here
	marks    marks
	moved    time.Time    // when the last entries were folded
	toldOwn  oplog.Offset // up to where people have been told what others changed in their own part
	why      error        // set when the topic is served here no more
	saved    oplog.Offset
	named    []oplog.Offset            // by redact entries: the store should have no private part there
	document [oplog.NumRoles]*Document // the last that was wanted
}

func newTopic(h *Hub, name oplog.Topic, kind Kind) *Topic {
	return &Topic{
		hub: h, name: name, kind: kind,
		submits:  make(chan submission, DoorSize),
		asks:     make(chan func()),
		loaded:   make(chan struct{}),
		done:     make(chan struct{}),
		appended: make(chan appendResult, 1),
		read:     make(chan tailResult, 1),
		repair:   repair{result: make(chan compared, 1), wake: make(chan struct{}, 1)},
		people:   make(map[oplog.ActorID][]*Watcher),
		crowd:    newCrowd(),
	}
}

// Name is the topic's name.
func (t *Topic) Name() oplog.Topic { return t.name }

// View is the version of the topic's projection.
func (t *Topic) View() int { return t.kind.View }

// run loads the topic and serves it until ctx is done.
func (t *Topic) run(ctx context.Context) error {
	defer close(t.done)
	t.loadErr = t.load(ctx)
	switch {
	case t.loadErr == nil:
	case abandons(t.loadErr):
		t.hub.leave(t, t.loadErr)
	default:
		t.hub.drop(t)
	}
	close(t.loaded)
	if t.loadErr != nil {
		t.at.kept.forget()
		return t.loadErr
	}
	t.guarded(ctx, t.serve)
	if t.why != nil {
		t.hub.leave(t, t.why)
	}
	return t.finish(ctx)
}

// serve is the loop.
func (t *Topic) serve(ctx context.Context) {
	crowd, staff := newTicker(), newTicker()
	rest := time.NewTicker(RestEvery)
	defer rest.Stop()
	deadline := newAlarm(t.hub.cfg.Spread)
	if t.hub.cfg.Shared {
		t.follow(ctx)
	}
	for {
		t.compare(ctx)
		t.answerAskers()
		t.dispatch(ctx)
		t.seek(ctx)
		if t.why != nil {
			return
		}
		deadline.set(t.deadline())
		select {
		case <-ctx.Done():
			return
		case s := <-t.submits:
			t.enqueue(s)
		case do := <-t.asks:
			do()
		case r := <-t.appended:
			t.take(ctx, r)
		case <-t.others():
			t.follow(ctx)
		case r := <-t.read:
			t.followed(ctx, r)
		case c := <-t.repair.result:
			t.reconciled(ctx, c)
		case <-t.repair.wake:
		case <-staff.wait(t.stale(staffRoles)):
			t.publish(staffRoles)
			staff.reset(t.pace(staffRoles, StaffTick))
		case <-crowd.wait(t.stale(crowdRoles)):
			t.publish(crowdRoles)
			crowd.reset(t.pace(crowdRoles, CrowdTick))
		case <-t.crowd.news:
			t.heard()
		case <-rest.C:
			t.rest(ctx)
		case <-deadline.C():
			t.enqueue(t.tick(deadline))
		}
	}
}

// load folds the topic from its newest snapshot, or from the start.
func (t *Topic) load(ctx context.Context) error {
	start := time.Now()
	key, err := t.hub.cfg.Store.Key(ctx, t.name)
	if err != nil {
		return fmt.Errorf("key of %s: %w", t.name, err)
	}
	t.key = key
	if t.hub.cfg.Shared {
		// From the start: what this node holds it can give back.
		t.machine, t.at = t.kind.New(t.name), Folded{Rules: t.kind.Rules, kept: &kept{hub: &t.hub.kept}}
	} else {
		t.machine, t.at = Restore(ctx, t.hub.cfg.Store, key, t.name, t.kind)
	}
	t.base, t.saved = t.at.Position(), t.at.Offset
	t.machine, t.at, err = Replay(ctx, t.hub.cfg.Store, key, t.name, t.kind, t.machine, t.at)
	if err != nil {
		return err
	}
	if len(t.at.Hashes) == int(t.at.Offset) { // folded from the start
		t.base, t.saved = oplog.Position{}, 0
	}
	t.blank(ctx)
	t.toldOwn = t.at.Offset
	t.hub.cfg.Observer.Loaded(t.at.Entries, time.Since(start))
	t.folded()
	return nil
}

func (t *Topic) folded() {
	t.settleHall()
	if t.hub.cfg.Folded != nil {
		t.hub.cfg.Folded(t.name, t.machine)
	}
}

// Do runs a function in the topic's loop, where it may read the machine. What
// it takes out must be its own.
func (t *Topic) Do(ctx context.Context, f func(m Machine)) error {
	ran := make(chan struct{})
	ask := func() { defer close(ran); f(t.machine) }
	return t.ask(ctx, ask, ran)
}

// ask hands a function to the loop and waits until ran is closed, or the loop has
// ended.
func (t *Topic) ask(ctx context.Context, do func(), ran <-chan struct{}) error {
	select {
	case t.asks <- do:
	case <-t.done:
		return ErrStopped
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	select {
	case <-ran:
		return nil
	case <-t.done:
	}
	select {
	case <-ran:
		return nil
	default:
		return ErrStopped
	}
}

// Position is how far the topic has been folded.
func (t *Topic) Position(ctx context.Context) (oplog.Position, error) {
	var at oplog.Position
	ran := make(chan struct{})
	err := t.ask(ctx, func() { at = t.at.Position(); close(ran) }, ran)
	return at, err
}
