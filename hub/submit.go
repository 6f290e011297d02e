package hub

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"majlis/hub/oplog"
)

// Answer is what the sender of a command is told.
type Answer struct {
	// Outcome of the fold, or of the dry run for what could never be accepted.
	Outcome oplog.Outcome
	// Pos is the place up to which the sender's own part has been told. Its
	// offset is at or behind that of the command.
	Pos oplog.Position
	// Level of an accepted command's acknowledgement.
	Level oplog.Level
	// Retry is set when the command was not judged: send it again after this.
	Retry time.Duration
}

// submission is a command on its way through the loop.
type submission struct {
	command oplog.Command
	draft   oplog.Draft
	born    time.Time
	looked  bool // the log has been looked at since it came
	// mine, if any, is the connection that asked: it is told its own part in the
	// same message as the answer.
	mine *Watcher
	// reply is called once, in the loop; it must not block. own is the sender's
	// own part, encoded, nil if there is nothing new in it.
	reply func(a Answer, own []byte)
}

// Prepare turns a command from outside into one that can be submitted: strictly
// decoded, its texts measured, its actor named. It does not enter the loop.
func (t *Topic) Prepare(raw json.RawMessage, person string, role oplog.Role, scope string) (oplog.Command, oplog.Reason) {
	c, reason := t.kind.Prepare(raw, t.key)
	if reason != "" {
		return oplog.Command{}, reason
	}
	c.Actor = oplog.Actor{ID: t.key.Pseudonym(person), Role: role, Scope: scope}
	if t.hub.cfg.Guard != nil {
		t.hub.cfg.Guard(t.name, &c)
	}
	return c, ""
}

// Send submits a command and returns; reply is called in the topic's loop with
// the answer and the watcher's own part, and must not block.
func (t *Topic) Send(ctx context.Context, c oplog.Command, from *Watcher, reply func(a Answer, own []byte)) error {
	s := submission{command: c, born: time.Now(), mine: from, reply: reply}
	s.draft = oplog.Draft{Rules: t.kind.Rules, Public: c.EncodePublic(), Sealed: t.key.Seal(c.Private)}
	select {
	case t.submits <- s:
		return nil
	case <-t.done:
		return ErrStopped
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Submit submits a command and waits for the answer. When ctx ends first, the
// command may still take effect.
func (t *Topic) Submit(ctx context.Context, c oplog.Command) (Answer, error) {
	got := make(chan Answer, 1)
	if err := t.Send(ctx, c, nil, func(a Answer, _ []byte) { got <- a }); err != nil {
		return Answer{}, err
	}
	select {
	case a := <-got:
		return a, nil
	case <-t.done:
		return Answer{}, ErrStopped
	case <-ctx.Done():
		return Answer{}, context.Cause(ctx)
	}
}

func (t *Topic) enqueue(s submission) {
	if len(t.waiting)+len(t.askers) >= MaxWaiting {
		t.hub.cfg.Observer.Retried(1)
		s.reply(Answer{Retry: RetryAfter}, nil)
		return
	}
	t.waiting = append(t.waiting, s)
}

// dispatch starts an append of what waits, unless one is in flight.
func (t *Topic) dispatch(ctx context.Context) {
	if t.inFlight != nil || t.why != nil {
		return
	}
	if t.held() {
		return
	}
	t.drain()
	if len(t.repair.offers) > 0 {
		t.waiting = append(t.repair.offers, t.waiting...)
		t.repair.offers = nil
	}
	if len(t.waiting) == 0 {
		return
	}
	batch := t.admit()
	if len(batch) == 0 {
		return
	}
	t.inFlight = batch
	drafts := make([]oplog.Draft, len(batch))
	for i := range batch {
		drafts[i] = batch[i].draft
	}
	known, look := t.at.Position(), t.nextLook()
	// The log's own waiting is bounded by the store; a shutdown must still learn
	// what became of the batch.
	ctx = context.WithoutCancel(ctx)
	go func() {
		start := time.Now()
		got, err := t.hub.cfg.Store.Append(ctx, t.name, known, drafts)
		t.appended <- appendResult{got: got, err: err, look: look, began: start, took: time.Since(start)}
	}()
}

// drain takes what has piled up at the door, so that it shares one append.
func (t *Topic) drain() {
	for {
		select {
		case s := <-t.submits:
			t.enqueue(s)
		default:
			return
		}
	}
}

type appendResult struct {
	got   oplog.Appended
	err   error
	look  uint64
	began time.Time
	took  time.Duration
}

// take folds what an append returned and answers its senders. The last entries
// of a successful append are its drafts.
func (t *Topic) take(ctx context.Context, r appendResult) {
	batch, early := t.inFlight, t.early
	t.inFlight, t.early = nil, nil
	t.hub.cfg.Observer.Appended(len(batch), r.took, r.err)
	t.learn(&r)
	if t.hub.cfg.Shared && errors.Is(r.err, oplog.ErrFork) {
		t.waiting = append(batch, t.waiting...) // certainly not written
		t.distrust(0)
		return
	}
	answering(batch)
	switch {
	case t.hub.cfg.Shared && errors.Is(r.err, oplog.ErrUnknown):
		// The store has been silent for as long as anybody should wait. When it
		// speaks again what is there is folded, and who comes again learns of it.
		t.fail(batch, r.err)
	case errors.Is(r.err, oplog.ErrUnknown):
		t.settle(ctx, batch, early, nil)
	case r.err == nil && (r.got.More || early != nil):
		t.settle(ctx, batch, early, r.got.Entries)
	case r.err != nil:
		t.fail(batch, r.err)
	default:
		others := len(r.got.Entries) - len(batch)
		outcomes, err := t.absorb(ctx, r.got.Entries)
		if err != nil {
			t.fail(batch, err)
			return
		}
		t.looked = max(t.looked, r.look) // it brought along all that was there
		for i, s := range batch {
			t.answer(s, outcomes[others+i])
		}
	}
}

// answering marks the connections that will get their own part together with
// an answer, so that the fold does not send it to them by itself.
func answering(batch []submission) {
	for _, s := range batch {
		if s.mine != nil {
			s.mine.answering = true
		}
	}
}

// outcomes are those of some entries, by their bytes.
type outcomes map[string]oplog.Outcome

// note adds the outcomes of entries. The receiver may be nil; the result is not.
func (o outcomes) note(entries []oplog.Entry, got []oplog.Outcome) outcomes {
	if o == nil {
		o = make(outcomes, len(entries))
	}
	for i := range got {
		o[fingerprint(entries[i].Public, entries[i].Sealed)] = got[i]
	}
	return o
}

// of is the outcome of a submission, if it is among them.
func (o outcomes) of(s submission) (oplog.Outcome, bool) {
	got, ok := o[fingerprint(s.draft.Public, s.draft.Sealed)]
	return got, ok
}

// tell reports whether they are those of all of a batch.
func (o outcomes) tell(batch []submission) bool {
	return !slices.ContainsFunc(batch, func(s submission) bool { _, ok := o.of(s); return !ok })
}

// settle finds out what became of drafts whose append did not say, or said it
// when some of them had been read and folded: it folds what the append brought and,
// if it must, reads on until it has met them; others may write without an end.
func (t *Topic) settle(ctx context.Context, batch []submission, known outcomes, entries []oplog.Entry) {
	entries, err := t.beyond(entries)
	for err == nil && (len(entries) > 0 || !known.tell(batch)) {
		if len(entries) == 0 {
			entries, _, err = t.hub.cfg.Store.Read(ctx, t.name, t.at.Position(), ReadPage)
		}
		if err != nil || len(entries) == 0 {
			break
		}
		var got []oplog.Outcome
		got, err = t.absorb(ctx, entries)
		known, entries = known.note(entries, got), nil
	}
	if err != nil {
		t.fail(batch, err)
		return
	}
	for _, s := range batch {
		if o, ok := known.of(s); ok {
			t.answer(s, o)
		} else {
			t.reply(s, Answer{Retry: RetryAfter})
		}
	}
}

// beyond leaves away the entries that have been folded; if others than these have
// been, the log has gone another way in between.
func (t *Topic) beyond(entries []oplog.Entry) ([]oplog.Entry, error) {
	for len(entries) > 0 && entries[0].Offset <= t.at.Offset {
		if !t.holds(entries[0].Position(t.at.Epoch)) {
			return nil, oplog.ErrFork
		}
		entries = entries[1:]
	}
	return entries, nil
}

// replicated reports whether an acknowledgement promises that other servers have
// what it acknowledges. Each must then follow from an append that told so.
func (t *Topic) replicated() bool { return t.hub.cfg.Store.Level() == oplog.RedisReplicated }

func fingerprint(public []byte, sealed oplog.Sealed) string {
	return string(public) + string(sealed.Commit[:])
}

// fail answers a batch that was not written, as far as is known.
func (t *Topic) fail(batch []submission, err error) {
	reason := oplog.Unavailable
	switch {
	case errors.Is(err, oplog.ErrGone):
		reason = oplog.Erased
	case errors.Is(err, oplog.ErrFull):
		reason = oplog.StoreFull
	}
	for _, s := range batch {
		if reason == oplog.Erased {
			t.answer(s, oplog.Refuse(reason))
		} else {
			t.reply(s, Answer{Outcome: oplog.Refuse(reason), Retry: RetryAfter})
		}
	}
	if away := t.repair.due; t.why == nil && (!t.strayed(err) || !away) {
		t.hub.cfg.Trouble(t.name, err)
	}
}

// absorb folds entries that came from the log.
func (t *Topic) absorb(ctx context.Context, entries []oplog.Entry) ([]oplog.Outcome, error) {
	page, err := decode(t.key, t.name, t.at.Rules, entries)
	if err != nil {
		if abandons(err) {
			t.abandon(err)
		}
		return nil, err
	}
	out := make([]oplog.Outcome, len(page))
	for i := range page {
		e := &page[i].entry
		if e.Offset != t.at.Offset+1 || e.Next(t.chain()) != e.Chain {
			return nil, &oplog.CorruptError{Topic: t.name, Offset: e.Offset, Reason: "entry does not follow the one before it"}
		}
		if out[i], err = t.at.fold(t.machine, &page[i], nil); err != nil {
			t.abandon(named(t.name, err))
			return nil, err
		}
		t.markAt(e.Offset)
		t.hub.cfg.Observer.Judged(t.name.Kind(), out[i])
	}
	t.moved = time.Now()
	t.blank(ctx)
	t.changed(page, out)
	t.folded()
	return out, nil
}

// chain is the value that the next entry is chained to.
func (t *Topic) chain() oplog.Chain {
	if t.at.Offset == 0 {
		return oplog.Origin(t.name)
	}
	return t.at.Chain
}

// advance folds what was read, which may be what an append in flight has just
// written: then its senders are told when it comes back.
func (t *Topic) advance(ctx context.Context, entries []oplog.Entry) error {
	got, err := t.absorb(ctx, entries)
	if err == nil && t.inFlight != nil {
		t.early = t.early.note(entries, got)
	}
	return err
}

// answer tells the sender what the fold said, with the own part up to there.
func (t *Topic) answer(s submission, o oplog.Outcome) {
	t.reply(s, Answer{Outcome: o, Pos: t.at.Position(), Level: t.hub.cfg.Store.Level()})
}

func (t *Topic) reply(s submission, a Answer) {
	if a.Retry > 0 {
		t.hub.cfg.Observer.Retried(1)
	}
	if t.why == nil { // a machine that is left is not asked
		t.settleUp(s)
	}
	if s.mine == nil || t.why != nil {
		s.reply(a, nil)
		return
	}
	s.mine.answering = false
	s.reply(a, t.ownFrame(s.mine, false))
}

// settleUp sends the own part to the sender's other connections which are about to
// get it with an answer of their own, later: nobody is told of a command before
// all of them have it.
func (t *Topic) settleUp(s submission) {
	for _, w := range t.people[s.command.Actor.ID] {
		if w != s.mine && w.answering {
			w.conn.Own(t.ownFrame(w, false))
		}
	}
}

const typeTick = "tick"

// tick is the command that the runner proposes at a deadline. One that came to
// nothing, as with a full store, is proposed again.
func (t *Topic) tick(deadline *alarm) submission {
	c := oplog.Command{Type: typeTick, Actor: oplog.Actor{Role: oplog.System}, Args: json.RawMessage(`{}`)}
	return submission{
		command: c,
		draft:   oplog.Draft{Rules: t.kind.Rules, Public: c.EncodePublic()},
		born:    time.Now(),
		reply: func(a Answer, _ []byte) {
			if a.Retry > 0 || !a.Outcome.Accepted() {
				deadline.again(RetryAfter)
			}
		},
	}
}
