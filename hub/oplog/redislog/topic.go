package redislog

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"strconv"
	"sync"

	"majlis/hub/oplog"
)

// keys are the names of what one topic has in Redis: all in one slot.
type keys struct {
	log, private, freed, topics, turn, key, snapshot, erased string // what scripts get
	mark                                                     string // is written so that replicas can be waited for
}

// partition is where a topic belongs, for ever.
func partition(name oplog.Topic) int {
	return int(crc32.ChecksumIEEE([]byte(name)) % partitions)
}

// tagged makes a key of a partition: majlis:{17}:what.
func tagged(prefix string, p int, what string) string {
	return prefix + ":{" + strconv.Itoa(p) + "}:" + what
}

func keysOf(prefix string, name oplog.Topic) keys {
	p := partition(name)
	key := func(what string) string { return tagged(prefix, p, what+":"+string(name)) }
	return keys{
		log: key("log"), private: key("private"), freed: key("freed"), topics: tagged(prefix, p, "topics"),
		turn: key("turn"), key: key("key"), snapshot: key("snapshot"), erased: tagged(prefix, p, "erased"),
		mark: tagged(prefix, p, "mark"),
	}
}

func (k *keys) all() []string {
	return []string{k.log, k.private, k.freed, k.topics, k.turn, k.key, k.snapshot, k.erased}
}

// topic is what this process knows of a topic. It is never the truth: what it
// says is there was there, and what it does not know is asked of Redis.
type topic struct {
	// static
	name      oplog.Topic
	partition int
	keys      keys
	writing   chan struct{} // holds one token: one append at a time

	mu      sync.Mutex
	head    oplog.Head     // guarded by mu: the newest that was seen
	tail    []oplog.Entry  // guarded by mu: the newest entries, up to head
	size    int            // guarded by mu: of tail, in bytes
	wait    chan struct{}  // guarded by mu: nil if nobody waits
	at      oplog.Position // guarded by mu: where those who wait stand
	key     *oplog.Key     // guarded by mu
	wrapped []byte         // guarded by mu: the key as it is stored
	answers chan struct{}  // guarded by mu: of other nodes; nil unless they are asked for the key
}

func newTopic(prefix string, name oplog.Topic) *topic {
	return &topic{
		name: name, partition: partition(name), keys: keysOf(prefix, name),
		writing: make(chan struct{}, 1), head: oplog.Start(name),
	}
}

// enter takes the topic's one place for writers of this process: they would only
// be in each other's way.
func (t *topic) enter(ctx context.Context) error {
	select {
	case t.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: the writes before this one do not come to an end", oplog.ErrUnavailable)
	}
}

func (t *topic) leave() { <-t.writing }

// known is the newest head that was seen.
func (t *topic) known() oplog.Head {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.head
}

// waiter is the channel for who found nothing behind a position. It must be taken
// before one looks.
func (t *topic) waiter(at oplog.Position) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wait == nil {
		t.wait = make(chan struct{})
	}
	t.at = at
	return t.wait
}

// waiting tells whether anybody waits, and where.
func (t *topic) waiting() (at oplog.Position, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at, t.wait != nil
}

func (t *topic) wake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wakeLocked()
}

func (t *topic) wakeLocked() {
	if t.wait != nil {
		close(t.wait)
		t.wait = nil
	}
}

// follow takes over entries that are written, if they lie right behind the head
// that is known, or some of them do. It reports whether they could be placed:
// a gap or another branch is for a reader to find out. The entries are kept.
func (t *topic) follow(epoch string, entries []oplog.Entry) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	head, fresh := t.head, entries
	for len(fresh) > 0 && fresh[0].Offset <= head.Offset {
		fresh = fresh[1:]
	}
	for i := range fresh {
		if head.Follow(t.name, &fresh[i]) != nil {
			t.wakeLocked()
			return false
		}
	}
	if len(fresh) == 0 {
		return true
	}
	head.Epoch = epoch
	t.head = head
	t.keepLocked(fresh)
	t.wakeLocked()
	return true
}

// keepLocked adds to the tail and cuts it to its bounds. Behind an entry that
// names texts to be blanked nothing of before it is kept.
func (t *topic) keepLocked(fresh []oplog.Entry) {
	for _, e := range fresh {
		if len(oplog.RedactOf(&e)) > 0 {
			t.tail, t.size = nil, 0
			continue
		}
		t.tail = append(t.tail, e)
		t.size += weight(&e)
	}
	cut := 0
	for len(t.tail)-cut > tailEntries || t.size > tailBytes {
		t.size -= weight(&t.tail[cut])
		cut++
	}
	if cut > 0 {
		t.tail = append([]oplog.Entry{}, t.tail[cut:]...)
	}
}

func weight(e *oplog.Entry) int { return len(e.Public) + len(e.Sealed.Box) + 160 }

// stand takes over a head that Redis named. What leads to another one is not
// kept, and who waits there has something to read.
func (t *topic) stand(h oplog.Head) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.head.Offset == h.Offset && t.head.Chain == h.Chain {
		return
	}
	t.head, t.tail, t.size = h, nil, 0
	t.wakeLocked()
}

// written takes over what this process wrote.
func (t *topic) written(epoch string, entries []oplog.Entry) {
	if len(entries) == 0 || t.follow(epoch, entries) {
		return
	}
	last := &entries[len(entries)-1]
	t.stand(oplog.Head{Epoch: epoch, Offset: last.Offset, Time: last.Time, Chain: last.Chain})
}

// gone drops everything: the topic has been erased.
func (t *topic) gone() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tail, t.size, t.key, t.wrapped = nil, 0, nil, nil
	t.wakeLocked()
}

// forget drops the entries that are kept.
func (t *topic) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tail, t.size = nil, 0
}

// recent returns copies of up to limit kept entries behind a position; none if
// it does not lie within them.
func (t *topic) recent(after oplog.Position, limit int) []oplog.Entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.tail) == 0 || after.Offset < t.tail[0].Offset || after.Offset >= t.head.Offset {
		return nil
	}
	i := int(after.Offset - t.tail[0].Offset)
	if i >= len(t.tail) || t.tail[i].Chain.Short() != after.Hash {
		return nil
	}
	rest := t.tail[i+1:]
	return clone(rest[:min(limit, len(rest))])
}

// clone copies entries and their bytes: what leaves or enters the log is
// nobody else's.
func clone(entries []oplog.Entry) []oplog.Entry {
	out := make([]oplog.Entry, len(entries))
	for i, e := range entries {
		e.Public = bytes.Clone(e.Public)
		e.Sealed.Salt, e.Sealed.Box = bytes.Clone(e.Sealed.Salt), bytes.Clone(e.Sealed.Box)
		out[i] = e
	}
	return out
}

// checkSizes refuses what is too large before it is sent.
func checkSizes(drafts []oplog.Draft) error {
	if len(drafts) > maxDrafts {
		return fmt.Errorf("%d drafts at once: give at most %d", len(drafts), maxDrafts)
	}
	total := 0
	for i := range drafts {
		d := &drafts[i]
		if len(d.Public) > maxPublic || len(d.Sealed.Box) > maxPrivate {
			return fmt.Errorf("draft %d has %d public and %d private bytes: at most %d and %d can be stored",
				i, len(d.Public), len(d.Sealed.Box), maxPublic, maxPrivate)
		}
		total += len(d.Public) + len(d.Sealed.Box)
	}
	if total > maxAppendBytes {
		return fmt.Errorf("%d bytes of drafts at once: give at most %d", total, maxAppendBytes)
	}
	return nil
}
