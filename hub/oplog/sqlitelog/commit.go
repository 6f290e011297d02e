package sqlitelog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"majlis/hub/oplog"
)

// pending is what one transaction adds to one topic.
type pending struct {
	name    oplog.Topic
	row     topicRow
	entries []oplog.Entry
}

// batch is what one transaction writes, topics in the order they came.
type batch struct {
	topics  []*pending
	byName  map[oplog.Topic]*pending
	entries int
	bytes   int
}

func (b *batch) topic(l *Log, name oplog.Topic) *pending {
	p := b.byName[name]
	if p == nil {
		p = &pending{name: name, row: l.lookup(name)}
		b.byName[name] = p
		b.topics = append(b.topics, p)
	}
	return p
}

// add places a request's drafts behind what the topic holds, or refuses them
// alone.
func (b *batch) add(l *Log, r *request, now int64) error {
	p := b.topic(l, r.topic)
	if p.row.erased {
		return oplog.ErrGone
	}
	first := len(p.entries)
	r.base = p.row.head.Offset
	if p.row.head.Offset == 0 {
		p.entries = append(p.entries, p.row.head.Place(oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch()), now))
	}
	for _, d := range r.drafts {
		p.entries = append(p.entries, p.row.head.Place(d, now))
		b.bytes += draftSize(&d)
	}
	r.placed, r.epoch = append(r.placed, p.entries[first:]...), p.row.head.Epoch
	b.entries += len(r.placed)
	return nil
}

// commitGroup writes the appends of all requests as one transaction and
// answers them.
func (w *writer) commitGroup(group []*request) {
	if err := w.log.Failure(); err != nil {
		answer(group, fmt.Errorf("%w: %w", oplog.ErrUnavailable, err))
		return
	}
	begun, b := time.Now(), batch{byName: map[oplog.Topic]*pending{}}
	now := w.log.now().UnixMilli()
	for _, r := range group {
		r.err = b.add(w.log, r, now)
	}
	if b.entries == 0 {
		answer(group, nil)
		return
	}
	err := w.transact(func() (map[oplog.Topic]topicRow, error) { return w.writeBatch(&b) })
	w.grown += b.bytes + commitOverhead
	answer(group, err)
	if err == nil {
		w.log.observer.Committed(len(group), b.entries, time.Since(begun))
	}
}

func answer(group []*request, err error) {
	for _, r := range group {
		r.answer(err)
	}
}

// runAlone gives a request a transaction of its own.
func (w *writer) runAlone(r *request) {
	if err := w.log.Failure(); err != nil {
		r.answer(fmt.Errorf("%w: %w", oplog.ErrUnavailable, err))
		return
	}
	err := w.transact(func() (map[oplog.Topic]topicRow, error) { return r.alone(w) })
	w.grown += commitOverhead
	if err == nil && r.scrub {
		w.truncate()
	}
	r.answer(err)
}

// transact runs one transaction and makes known what it changed. An error
// before the COMMIT means that nothing was written; one of the COMMIT itself
// means that nobody knows, except when there was no room.
func (w *writer) transact(write func() (map[oplog.Topic]topicRow, error)) error {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return w.refuse(err)
	}
	changed, err := write()
	if err != nil {
		w.rollback()
		return w.refuse(err)
	}
	if err := w.exec("COMMIT"); err != nil {
		w.rollback()
		return w.lost(err)
	}
	if err := w.mark.set(changed); err != nil {
		w.log.fail(err) // this commit holds; the next would be unguarded
	}
	w.log.publish(changed)
	return nil
}

// refuse names an error from before the COMMIT.
func (w *writer) refuse(err error) error {
	if broken(err) {
		w.log.fail(err)
	}
	var r refused
	if errors.As(err, &r) {
		return r.error
	}
	return refusal(err)
}

// refused is an error of the contract, not of the store.
type refused struct{ error }

// lost names an error of the COMMIT and takes the heads from the disk again:
// the transaction may be there.
func (w *writer) lost(err error) error {
	if full(err) {
		return refusal(err)
	}
	if broken(err) {
		w.log.fail(err)
	}
	if topics, loadErr := loadTopics(context.Background(), w.conn.Conn); loadErr != nil {
		w.log.fail(loadErr)
	} else {
		w.log.publish(topics)
	}
	return fmt.Errorf("%w: commit: %w", oplog.ErrUnknown, err)
}

// writeBatch writes all topics of a batch.
func (w *writer) writeBatch(b *batch) (map[oplog.Topic]topicRow, error) {
	changed := make(map[oplog.Topic]topicRow, len(b.topics))
	for _, p := range b.topics {
		if len(p.entries) == 0 {
			continue
		}
		if err := w.writeTopic(p); err != nil {
			return nil, err
		}
		changed[p.name] = p.row
	}
	return changed, nil
}

func (w *writer) writeTopic(p *pending) error {
	if err := w.saveTopic(p.name, &p.row); err != nil {
		return err
	}
	for rest := p.entries; len(rest) > 0; {
		body, n := takeRow(rest)
		if _, err := w.store.entries.Exec(p.row.id, int64(rest[n-1].Offset), body); err != nil {
			return err
		}
		rest = rest[n:]
	}
	for i := range p.entries {
		if err := w.writeBeside(p.row.id, &p.entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeBeside writes what of an entry lies beside its row.
func (w *writer) writeBeside(topic int64, e *oplog.Entry) error {
	switch {
	case e.Sealed.Blanked():
		if _, err := w.store.freed.Exec(topic, int64(e.Offset), 0); err != nil {
			return err
		}
	case !e.Sealed.None():
		if _, err := w.store.private.Exec(topic, int64(e.Offset), e.Sealed.Salt, e.Sealed.Box); err != nil {
			return err
		}
	}
	for _, o := range oplog.RedactOf(e) {
		if _, err := w.store.freed.Exec(topic, int64(o), int64(e.Offset)); err != nil {
			return err
		}
	}
	return nil
}

// saveTopic stores where a topic ends, and gives a new one its id.
func (w *writer) saveTopic(name oplog.Topic, t *topicRow) error {
	h := &t.head
	sum, erased := t.sum(name), int64(flag(t.erased))
	if t.id != 0 {
		_, err := w.store.updateTopic.Exec(h.Epoch, int64(h.Offset), h.Time, h.Chain[:], erased, sum, t.id)
		return err
	}
	result, err := w.store.insertTopic.Exec(string(name), h.Epoch, int64(h.Offset), h.Time, h.Chain[:], erased, sum)
	if err != nil {
		return err
	}
	t.id, err = result.LastInsertId()
	return err
}
