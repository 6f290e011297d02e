package main

import (
	"fmt"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

const (
	// voterCount is how many visitors make changes, so that nobody comes near the
	// limit of five commands a second. Each has a question of its own among
	// questionCount, so that twenty changes in a row are of twenty entities.
	voterCount    = 64
	questionCount = 32
)

// voters are visitors who vote in turn, on and off, each on one question: every
// vote is a change.
type voters struct {
	phones *phones
	first  int // id of the first's connection
	in     int
	next   int
	counts [voterCount]int // commands sent by each
	open   int             // commands that were not answered
	sent   map[string]time.Duration
}

// vote sends so many votes.
func (v *voters) vote(n int) error {
	for range n {
		who := v.next % voterCount
		v.next++
		v.counts[who]++
		c := v.phones.pool.Conn(v.first + who)
		id := ulid(uint64(v.next))
		frame := do(id, device(c.ID), v.counts[who], fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`,
			v.phones.hall.questions[who%questionCount], v.counts[who]%2 == 1))
		v.open++
		v.sent[id] = v.phones.pool.Tick()
		c.Send(frame)
	}
	return nil
}

// answered takes what became of a vote.
func (v *voters) answered(c *load.Conn, a document.Answer) {
	sent, ok := v.sent[a.ID]
	if !ok || a.Kind != "ack" {
		v.phones.pool.Fail(fmt.Errorf("vote %s: %s %s (known: %t)", a.ID, a.Kind, a.Reason, ok))
		return
	}
	delete(v.sent, a.ID)
	v.open--
	v.phones.acked(a.Offset, sent)
}

// do is a command's frame.
func do(id, device string, n int, cmd string) []byte {
	return load.AppendText(nil, fmt.Appendf(nil, `{"t":"do","id":%q,"dev":%q,"n":%d,"seen":0,"topic":%q,"cmd":%s}`,
		id, device, n, topic, cmd))
}

// ulid spells a number as a ULID.
func ulid(n uint64) string {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := []byte("01J00000000000000000000000")
	for i := len(b) - 1; n > 0; i-- {
		b[i] = digits[n%32]
		n /= 32
	}
	return string(b)
}
