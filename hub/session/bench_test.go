package session_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// busyLog is a session of so many entries: questions, polls, and for the rest
// votes and answers of so many people, each from one tab.
func busyLog(entries, people, questions int) []step {
	r := newRoom()
	rng := rand.New(rand.NewPCG(1, 2))
	mod := func(raw string) { r.push("nadia", oplog.Moderator, raw) }
	mod(`{"type":"board.open"}`)
	mod(`{"type":"settings.set","moderation":false}`)
	ids := make([]string, questions)
	for i := range questions {
		ids[i] = ulid(fmt.Sprint("q", i))
		r.push(fmt.Sprint("p", i%people), oplog.Attendee, ask(fmt.Sprint("q", i), "What is to be done about the water?"))
	}
	mod(fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Which?","kind":"multiple","options":["a","b","c","d"]}`, ulid("p")))
	mod(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid("p")))
	for len(r.log) < entries {
		who := fmt.Sprint("p", rng.IntN(people))
		if rng.IntN(10) == 0 {
			r.push(who, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[%d,4]}`, ulid("p"), 1+rng.IntN(3)))
			continue
		}
		r.push(who, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`, ids[rng.IntN(questions)], rng.IntN(5) > 0))
	}
	return r.log
}

// push puts a command into the log without folding it.
func (r *room) push(name string, role oplog.Role, raw string) {
	c, why := r.prepare(name, role, raw)
	if why != "" {
		panic(raw + ": " + string(why))
	}
	c = r.count(c, name)
	r.log = append(r.log, step{
		entry:   oplog.Entry{Offset: r.head() + 1, Time: start + int64(r.head()), Public: c.EncodePublic()},
		command: c,
	})
}

// BenchmarkFold folds half a million entries of ten thousand people. With
// decoding it reads the public part of every entry first, as the hub does ahead
// of the fold, on the same goroutine here.
func BenchmarkFold(b *testing.B) {
	log := busyLog(500_000, 10_000, 300)
	b.Run("fold", func(b *testing.B) {
		for b.Loop() {
			fold(log)
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/500k")
	})
	b.Run("decode+fold", func(b *testing.B) {
		for b.Loop() {
			m := session.New(topic)
			for i := range log {
				c, err := oplog.DecodePublic(log[i].entry.Public)
				if err != nil {
					b.Fatal(err)
				}
				c.Private = log[i].command.Private
				m.Apply(&log[i].entry, &c)
			}
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/500k")
	})
	m := fold(log)
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			state, err := m.Snapshot()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(state)), "bytes")
		}
	})
	b.Run("digest", func(b *testing.B) {
		for b.Loop() {
			m.Digest()
		}
	})
	b.Run("restore", func(b *testing.B) {
		state, _ := m.Snapshot()
		for b.Loop() {
			if err := session.New(topic).Restore(state); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("since one vote", func(b *testing.B) {
		head := oplog.Offset(len(log))
		for b.Loop() {
			m.Since(oplog.Attendee, head-1)
		}
	})
	b.Run("whole document", func(b *testing.B) {
		for b.Loop() {
			m.Since(oplog.Attendee, 0)
		}
	})
	b.Run("mine", func(b *testing.B) {
		who := log[len(log)-1].command.Actor.ID
		for b.Loop() {
			m.Mine(who, oplog.Offset(len(log)-1))
		}
	})
}
