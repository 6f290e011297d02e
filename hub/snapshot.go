package hub

import (
	"context"
	"fmt"

	"majlis/hub/oplog"
)

// Restore makes a machine and takes it to the newest snapshot of this version,
// or leaves it at the start: a snapshot is a cache, and a wrong one is folded
// anew.
func Restore(ctx context.Context, store oplog.Snapshots, key *oplog.Key, topic oplog.Topic, kind Kind) (Machine, Folded) {
	m := kind.New(topic)
	s, ok, err := store.LoadSnapshot(ctx, topic)
	if err != nil || !ok || s.Version != kind.State {
		return m, Folded{Rules: kind.Rules}
	}
	state, err := key.Open(oplog.Sealed{Box: s.State})
	if err != nil || m.Restore(state) != nil {
		return kind.New(topic), Folded{Rules: kind.Rules}
	}
	return m, Folded{Rules: kind.Rules, Epoch: s.Epoch, Offset: s.Offset, Chain: s.Chain}
}

// save writes a snapshot if there is something new in the machine, but not behind a
// redaction whose text is still in the store: who begins at the snapshot would not
// learn of it.
func (t *Topic) save(ctx context.Context) error {
	if t.at.Offset <= t.saved || len(t.named) > 0 {
		return nil
	}
	state, err := t.machine.Snapshot()
	if err != nil {
		return fmt.Errorf("snapshot of %s: %w", t.name, err)
	}
	t.saved = t.at.Offset
	return t.hub.cfg.Store.SaveSnapshot(ctx, t.name, oplog.Snapshot{
		Offset: t.at.Offset, Chain: t.at.Chain, Epoch: t.at.Epoch,
		Version: t.kind.State, State: t.key.Seal(state).Box,
	})
}

// blank deletes the private parts that redact entries named: now, and again
// when the topic is loaded, in case the process died in between. The frames that
// may still hold the texts go too.
func (t *Topic) blank(ctx context.Context) {
	if len(t.at.Blank) == 0 {
		return
	}
	for _, offset := range t.at.Blank {
		t.at.kept.blank(offset)
	}
	for _, v := range t.views {
		if v != nil {
			v.forget()
		}
	}
	clear(t.document[:])
	t.saved = 0
	t.named = append(t.named, t.at.Blank...)
	t.at.Blank = nil
	if err := t.scrub(ctx); err != nil && !t.strayed(err) {
		t.hub.cfg.Trouble(t.name, fmt.Errorf("blank texts, which is tried again: %w", err))
	}
}

// scrub has the store delete what redact entries named, unless heads are to be
// compared first. What it does not delete it is asked again at every rest.
func (t *Topic) scrub(ctx context.Context) error {
	if len(t.named) == 0 || t.repair.due {
		return nil
	}
	err := t.hub.cfg.Store.Blank(ctx, t.name, t.named)
	if err == nil {
		t.named = nil
	}
	return err
}
