package redislog

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"majlis/hub/oplog"
)

// write is one call of the script that appends.
//
//	caller                              Redis, one script
//	  │ head that I know, ancestor that     │
//	  │ was folded, entries chained to the  │
//	  │ head, with Redis' time as I know it │
//	  ├────────────────────────────────────▶│ ancestor there?       no: fork
//	  │                                     │ exactly that head?    no: head
//	  │                                     │ time right?           no: time
//	  │                                     │ XADD each, PUBLISH    done
//	  │◀────────────────────────────────────┤
//	    what was said, Redis' time, the head, all entries behind the ancestor
//
// The entries come chained, since the hash covers the time and a script has no
// SHA-256. So a write fits behind one head only; who lost against another is told
// that other's entries, which it needs anyway, and comes again.
type write struct {
	topic   *topic
	head    oplog.Head     // what the entries follow
	known   oplog.Position // must be on the chain
	page    int            // up to so many entries behind known come along
	lag     time.Duration  // how old the entries' time may be; negative: any
	turn    time.Duration  // asks the others to wait so long, if this one loses
	erase   bool           // the entry takes the place of all there is
	wrapped []byte         // puts the key back, if it is not there
	entries []oplog.Entry
	epoch   string // behind the entries
}

// reply is what the script says.
type reply struct {
	what   string        // done, gone, fork, head, turn, time
	head   oplog.Head    // before the entries
	others []oplog.Entry // behind known, up to head, verified
	more   bool          // others would have been more than a page
	open   error         // replicas may not have what stands there
}

func (l *Log) write(ctx context.Context, w *write) (reply, error) {
	start := time.Now()
	said, sent := l.once(ctx, w.topic, l.scripts.write, l.arguments(w))
	var open unconfirmed
	if sent != nil && !errors.As(sent, &open) {
		return reply{}, sent
	}
	r, now, err := readReply(w, said)
	if now > 0 {
		l.clocks[w.topic.partition].set(now, time.Since(start))
	}
	if r.open = sent; err == nil && r.what == "done" {
		err = sent
	}
	return r, err
}

// arguments are those of write.lua, in its order.
func (l *Log) arguments(w *write) []any {
	chain, lag, erase, known := "", int64(-1), "0", ""
	if w.head.Offset > 0 {
		chain = string(w.head.Chain[:])
	}
	if w.lag >= 0 {
		lag = w.lag.Milliseconds()
	}
	carried := w.entries
	if w.erase {
		erase, carried = "1", nil
	}
	if w.known.Offset > 0 {
		known = string(w.known.Hash[:])
	}
	t := w.topic
	args := make([]any, 0, 16+4*len(w.entries))
	args = append(args, string(t.name), number(w.head.Offset), chain, w.epoch,
		number(w.known.Offset), known, w.page,
		lag, l.node, w.turn.Milliseconds(), erase,
		l.link.publisher(), l.channel(t.partition), appendNews(nil, t.name, w.epoch, carried), w.wrapped,
		len(w.entries))
	for i := range w.entries {
		e := &w.entries[i]
		args = append(args, e.Chain[:], e.Time, appendBody(nil, e), appendPrivate(nil, &e.Sealed))
	}
	return append(args, freed(w.entries)...)
}

func number(o oplog.Offset) string { return strconv.FormatUint(uint64(o), 10) }

// freed are the offsets whose private parts may be missing, each with the entry
// that says so (0: it came without), and the newest such entry as "last".
func freed(entries []oplog.Entry) (pairs []any) {
	for i := range entries {
		e := &entries[i]
		if e.Sealed.Blanked() {
			pairs = append(pairs, number(e.Offset), "0")
		}
		named := oplog.RedactOf(e)
		for _, o := range named {
			pairs = append(pairs, number(o), number(e.Offset))
		}
		if len(named) > 0 {
			pairs = append(pairs, "last", number(e.Offset))
		}
	}
	return pairs
}

// readReply reads {what, now, base, others, texts, more, last}. Everything in it
// is held against the chain.
func readReply(w *write, said any) (r reply, now int64, err error) {
	list, _ := said.([]any)
	if len(list) < 2 {
		return r, 0, fmt.Errorf("%w: the script's answer is none", oplog.ErrUnknown)
	}
	r.what, _ = list[0].(string)
	now, _ = list[1].(int64)
	r.head = oplog.Start(w.topic.name)
	if len(list) < 7 {
		return r, now, nil
	}
	at := oplog.Start(w.topic.name)
	if list[2] != nil {
		base, err := readStored(list[2])
		if err != nil {
			return r, now, corrupt(w.topic.name, w.known.Offset, err)
		}
		at = base.head()
	}
	if list[6] != nil {
		last, err := readStored(list[6])
		if err != nil {
			return r, now, corrupt(w.topic.name, w.known.Offset, err)
		}
		r.head = last.head()
	}
	more, _ := list[5].(int64)
	if r.more = more == 1; r.more || w.page == 0 {
		return r, now, nil
	}
	others, err := readAll(w.topic.name, list[3])
	if err != nil {
		return r, now, err
	}
	if r.others, err = verified(w.topic.name, at, others); err != nil {
		return r, now, err
	}
	texts, _ := list[4].([]any)
	return r, now, attach(w.topic.name, r.others, texts)
}

func corrupt(name oplog.Topic, o oplog.Offset, err error) error {
	return &oplog.CorruptError{Topic: name, Offset: o, Reason: err.Error()}
}

// verified holds stored entries against the chain.
func verified(name oplog.Topic, at oplog.Head, list []stored) ([]oplog.Entry, error) {
	entries := make([]oplog.Entry, len(list))
	for i := range list {
		if err := at.Follow(name, &list[i].Entry); err != nil {
			return nil, err
		}
		entries[i] = list[i].Entry
	}
	return entries, nil
}

// attach gives entries their private parts: pairs of offset and bytes.
func attach(name oplog.Topic, entries []oplog.Entry, texts []any) error {
	for i := 0; i+1 < len(texts); i += 2 {
		offset, _ := texts[i].(string)
		text, there := texts[i+1].(string)
		n, err := strconv.ParseUint(offset, 10, 63)
		if err != nil || len(entries) == 0 || n < uint64(entries[0].Offset) || n > uint64(entries[len(entries)-1].Offset) {
			return corrupt(name, oplog.Offset(n), errBody)
		}
		if !there {
			continue // blanked
		}
		if err := readPrivate(name, &entries[n-uint64(entries[0].Offset)], []byte(text)); err != nil {
			return err
		}
	}
	return nil
}
