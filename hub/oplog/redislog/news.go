package redislog

import (
	"encoding/binary"
	"errors"

	"majlis/hub/oplog"
)

// A notification is published by the script that wrote the entries, on the
// channel of the topic's partition, and carries them if they are not too long:
//
//	version (1) · topic · epoch · how many · then each: offset, time, chain (32),
//	body, private part
//
// Numbers are uvarints; topic, epoch, body and private part have their length
// before them. It is a hint: everything in it is held against the chain, and
// whoever does not get it reads the stream.
const newsVersion = 1

// news is a notification that has been read.
type news struct {
	topic   oplog.Topic
	epoch   string
	entries []oplog.Entry
}

func appendNews(b []byte, topic oplog.Topic, epoch string, entries []oplog.Entry) []byte {
	size := 0
	for i := range entries {
		size += len(entries[i].Public) + len(entries[i].Sealed.Box) + 128
	}
	if size > newsBytes {
		entries = nil
	}
	b = append(b, newsVersion)
	b = appendBytes(b, []byte(topic))
	b = appendBytes(b, []byte(epoch))
	b = binary.AppendUvarint(b, uint64(len(entries)))
	var body, private []byte
	for i := range entries {
		e := &entries[i]
		b = binary.AppendUvarint(b, uint64(e.Offset))
		b = binary.AppendUvarint(b, uint64(e.Time))
		b = append(b, e.Chain[:]...)
		body, private = appendBody(body[:0], e), appendPrivate(private[:0], &e.Sealed)
		b = appendBytes(b, body)
		b = appendBytes(b, private)
	}
	return b
}

func appendBytes(b, p []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(p)))
	return append(b, p...)
}

var errNews = errors.New("not a notification")

// readNews reads a notification. What it returns aliases b.
func readNews(b []byte) (news, error) {
	r := cutter{b: b}
	if v := r.take(1); r.bad || v[0] != newsVersion {
		return news{}, errNews
	}
	var n news
	var err error
	if n.topic, err = oplog.ParseTopic(string(r.bytes())); err != nil {
		return news{}, errNews
	}
	n.epoch = string(r.bytes())
	count := r.uvarint()
	if count > uint64(len(r.b)) { // each is longer than a byte
		return news{}, errNews
	}
	n.entries = make([]oplog.Entry, 0, count)
	for range count {
		var e oplog.Entry
		e.Offset, e.Time = oplog.Offset(r.uvarint()), int64(r.uvarint())
		if chain := r.take(len(e.Chain)); chain != nil {
			e.Chain = oplog.Chain(chain)
		}
		body, private := r.bytes(), r.bytes()
		if r.bad || readBody(&e, body) != nil {
			return news{}, errNews
		}
		if len(private) > 0 && readPrivate(n.topic, &e, private) != nil {
			return news{}, errNews
		}
		n.entries = append(n.entries, e)
	}
	if r.bad || len(r.b) > 0 {
		return news{}, errNews
	}
	return n, nil
}

// cutter takes pieces off the front of b; after the first that is not there it
// is bad.
type cutter struct {
	b   []byte
	bad bool
}

func (r *cutter) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}

func (r *cutter) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if r.bad || n <= 0 || v > 1<<62 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *cutter) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	return r.take(int(n))
}
