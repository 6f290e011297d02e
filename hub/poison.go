package hub

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"runtime/debug"
	"time"

	"majlis/hub/oplog"
)

// An entry that a machine cannot fold would end the process at every start. So its
// topic is served no more, and the others go on:
//
//	entry n ──fold panics──▶ topic unserved, the log names n
//	operator: majlis skip ──▶ entry k "skip n" ──▶ folded anew without n, on every node
//
// A skip entry is found when the fold has passed n, or cannot pass it; then the
// topic is folded from its start, and n is refused. So all nodes hold the same
// state, whether they could fold n or not.

// PanicError is why a topic is not served: the program itself failed on it.
type PanicError struct {
	Topic  oplog.Topic
	Offset oplog.Offset // of the entry that cannot be folded; 0 if it was something else
	What   string
	Stack  []byte

	at time.Time
}

func (e *PanicError) Error() string {
	if e.Offset == 0 {
		return fmt.Sprintf("the program failed on %s, which is served here no more until it is started anew: %s\n%s", e.Topic, e.What, e.Stack)
	}
	return fmt.Sprintf("%s cannot be folded at offset %d, and is not served: %s; update the program, or leave the entry out with majlis skip --topic %s --offset %d\n%s",
		e.Topic, e.Offset, e.What, e.Topic, e.Offset, e.Stack)
}

// SkipError tells that a fold has gone past entries that are to be left out.
type SkipError struct{ Offsets []oplog.Offset }

func (e *SkipError) Error() string {
	return fmt.Sprintf("the entries at %v are to be left out: folded anew", e.Offsets)
}

// Replay brings a machine to the end of the topic's log, without the entries that
// the log itself says to leave out. The machine that it returns may be a new one.
func Replay(ctx context.Context, log oplog.Log, key *oplog.Key, topic oplog.Topic, kind Kind, m Machine, from Folded) (Machine, Folded, error) {
	for {
		at, err := Fold(ctx, log, key, topic, m, from)
		skip, err := skipped(ctx, log, topic, at, err)
		if err != nil || len(skip) == 0 {
			return m, at, err
		}
		at.kept.forget()
		m, from = kind.New(topic), Folded{Rules: from.Rules, Skip: maps.Clone(at.Skip), kept: from.kept}
		if from.Skip == nil {
			from.Skip = map[oplog.Offset]bool{}
		}
		for _, o := range skip {
			from.Skip[o] = true
		}
	}
}

// skipped tells what must be left out beside what was, for a fold to get further
// than an error; without any the error stands.
func skipped(ctx context.Context, log oplog.Log, topic oplog.Topic, at Folded, err error) ([]oplog.Offset, error) {
	var past *SkipError
	var panicked *PanicError
	switch {
	case errors.As(err, &past):
		return past.Offsets, nil
	case !errors.As(err, &panicked):
		return nil, err
	}
	for place := at.Position(); ; {
		entries, _, readErr := log.Read(ctx, topic, place, ReadPage)
		if readErr != nil || len(entries) == 0 {
			return nil, errors.Join(err, readErr)
		}
		for i := range entries {
			c, decodeErr := oplog.DecodePublic(entries[i].Public)
			if decodeErr != nil {
				continue
			}
			for _, o := range oplog.SkipOf(entries[i].Offset, &c) {
				if o == panicked.Offset {
					return []oplog.Offset{o}, nil
				}
			}
		}
		place = entries[len(entries)-1].Position(place.Epoch)
	}
}

// apply gives a step to the machine, unless it is to be left out.
func (f *Folded) apply(m Machine, s *step) (o oplog.Outcome, err error) {
	switch {
	case f.Skip[s.entry.Offset]:
		if f.never == nil {
			f.never = map[string]bool{}
		}
		f.never[string(s.entry.Public)] = true
		return oplog.Refuse(oplog.Internal), nil
	case s.command.Type == oplog.TypeSkip:
		var past []oplog.Offset
		for _, o := range oplog.SkipOf(s.entry.Offset, &s.command) {
			if !f.Skip[o] {
				past = append(past, o)
			}
		}
		if past != nil {
			return o, &SkipError{past}
		}
		return oplog.Done(), nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{Offset: s.entry.Offset, What: fmt.Sprint(r), Stack: debug.Stack(), at: time.Now()}
		}
	}()
	return m.Apply(&s.entry, &s.command), nil
}

// named puts the topic into an error of its fold.
func named(topic oplog.Topic, err error) error {
	var panicked *PanicError
	if errors.As(err, &panicked) {
		panicked.Topic = topic
	}
	return err
}

// check is the dry run of a command. One on which the rules themselves fail, or
// which was left out before, is not written. Of several nodes' clocks each shows
// another time, and the log's own decides: what only this node's forbids is left to
// the fold.
func (t *Topic) check(s *submission, now time.Time) (o oplog.Outcome) {
	if t.at.never[string(s.draft.Public)] {
		return oplog.Refuse(oplog.Internal)
	}
	defer func() {
		if r := recover(); r != nil {
			t.hub.cfg.Trouble(t.name, fmt.Errorf("the rules fail on %s, which is refused: %v\n%s", s.command.Type, r, debug.Stack()))
			o = oplog.Refuse(oplog.Internal)
		}
	}()
	if o = t.machine.Check(&s.command, now); !o.Accepted() && t.hub.cfg.Shared {
		if then := t.machine.Check(&s.command, time.UnixMilli(t.at.Time)); then.Accepted() {
			return then
		}
	}
	return o
}

// guarded runs the loop: if it panics, this topic alone is out of service.
func (t *Topic) guarded(ctx context.Context, serve func(context.Context)) {
	defer func() {
		if r := recover(); r != nil {
			t.why = &PanicError{Topic: t.name, What: fmt.Sprint(r), Stack: debug.Stack(), at: time.Now()}
		}
	}()
	serve(ctx)
}

// Skip writes that an entry is to be left out. Every node folds the topic anew
// when it meets that, this one at once.
func (h *Hub) Skip(ctx context.Context, name oplog.Topic, offset oplog.Offset) error {
	heads, err := h.cfg.Store.Heads(ctx, []oplog.Topic{name})
	if err != nil {
		return err
	}
	if offset <= 1 || offset > heads[0].Offset {
		return fmt.Errorf("%s has no entry at %d that could be left out: it ends at %d, and the first is the log's own", name, offset, heads[0].Offset)
	}
	if _, err := h.cfg.Store.Append(ctx, name, heads[0], []oplog.Draft{oplog.SkipDraft([]oplog.Offset{offset})}); err != nil {
		return err
	}
	h.retry(name, 0)
	t, err := h.Open(ctx, name)
	if err != nil {
		return fmt.Errorf("the entry is left out, but: %w", err)
	}
	// One that is served here and has its store alone hears of it only when asked.
	ran := make(chan struct{})
	err = t.ask(ctx, func() { t.look(math.MaxInt64, func(bool) { close(ran) }) }, ran)
	if errors.Is(err, ErrStopped) {
		err = nil // that was quick
	}
	return err
}

// retry lets a topic on which the program failed be loaded again, if that was so
// long ago: somebody may have left the entry out.
func (h *Hub) retry(name oplog.Topic, after time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.retryLocked(name, after)
}

func (h *Hub) retryLocked(name oplog.Topic, after time.Duration) {
	var panicked *PanicError
	if why := h.unserved[name]; errors.As(why, &panicked) && panicked.Offset > 0 && time.Since(panicked.at) >= after {
		delete(h.unserved, name)
		h.cfg.Observer.Unserved(len(h.unserved))
	}
}
