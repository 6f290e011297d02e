package redislog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

const topic = oplog.Topic("session/opening")

// whole reads a topic from its first entry and holds it against the chain.
func whole(t *testing.T, log oplog.Log, name oplog.Topic) (all []oplog.Entry) {
	t.Helper()
	at := oplog.Start(name)
	for {
		page, _, err := log.Read(t.Context(), name, at.Position(), 500)
		if err != nil {
			t.Fatalf("read after %d: %v", at.Offset, err)
		}
		if len(page) == 0 {
			return all
		}
		for i := range page {
			if err := at.Follow(name, &page[i]); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, page...)
	}
}

// counted is how often each text stands in a topic.
func counted(t *testing.T, log oplog.Log, name oplog.Topic) map[string]int {
	t.Helper()
	times := map[string]int{}
	for _, e := range whole(t, log, name)[1:] {
		c, err := oplog.DecodePublic(e.Public)
		if err != nil {
			t.Fatal(err)
		}
		times[string(c.Args)]++
	}
	return times
}

func text(s string) string { return fmt.Sprintf("{%q:1}", s) }

// A reply that is lost behind a script that ran is the case in which a retry
// writes twice. It does not, and the caller is told the truth.
func TestLostAnswersWriteOnce(t *testing.T) {
	proxy := redistest.NewProxy(t, redistest.Start(t))
	log := open(t, proxy.URL())
	defer log.Close()
	var known oplog.Position
	const appends = 20
	for i := range appends {
		proxy.LoseAnswers(i % 3)
		a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i, " a")), vote(fmt.Sprint(i, " b"))})
		if err != nil {
			t.Fatalf("append %d: %v", i, err)
		}
		want := 2
		if i == 0 {
			want = 3
		}
		if len(a.Entries) != want || a.Entries[0].Offset != known.Offset+1 {
			t.Fatalf("append %d at %d was told %d entries from %d", i, known.Offset, len(a.Entries), a.Entries[0].Offset)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
	times := counted(t, log, topic)
	for i := range appends {
		if times[text(fmt.Sprint(i, " a"))] != 1 || times[text(fmt.Sprint(i, " b"))] != 1 {
			t.Fatalf("append %d stands there %d times", i, times[text(fmt.Sprint(i, " a"))])
		}
	}
	if proxy.Scripts() <= appends {
		t.Fatalf("%d scripts for %d appends: no answer was lost", proxy.Scripts(), appends)
	}
}

// Others write between the attempt whose answer is lost and the next one.
func TestLostAnswersAmongOthers(t *testing.T) {
	server := redistest.Start(t)
	proxy := redistest.NewProxy(t, server)
	lossy, other := open(t, proxy.URL()), open(t, server.URL())
	defer lossy.Close()
	defer other.Close()
	const appends = 60
	var group sync.WaitGroup
	for name, log := range map[string]*redislog.Log{"lossy": lossy, "other": other} {
		group.Go(func() {
			var known oplog.Position
			for i := range appends {
				if log == lossy {
					proxy.LoseAnswers(i % 2)
				}
				a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(name, i))})
				if err != nil {
					t.Errorf("%s %d: %v", name, i, err)
					return
				}
				last := a.Entries[len(a.Entries)-1]
				if c, err := oplog.DecodePublic(last.Public); err != nil || string(c.Args) != text(fmt.Sprint(name, i)) {
					t.Errorf("%s %d was told that its entry is %s (%v)", name, i, c.Args, err)
				}
				known = last.Position(a.Epoch)
			}
		})
	}
	group.Wait()
	for what, n := range counted(t, other, topic) {
		if n != 1 {
			t.Errorf("%s stands there %d times", what, n)
		}
	}
	if n := len(counted(t, other, topic)); n != 2*appends {
		t.Errorf("%d different entries, want %d", n, 2*appends)
	}
}

// With every answer lost the outcome stays unknown, and whatever it is, it is
// there once at most.
func TestUnknownWhenEveryAnswerIsLost(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	proxy := redistest.NewProxy(t, server)
	log, witness := open(t, proxy.URL()), open(t, server.URL())
	defer log.Close()
	defer witness.Close()
	if _, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("first")}); err != nil {
		t.Fatal(err)
	}
	proxy.LoseAnswers(1 << 30)
	if _, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("lost")}); !errors.Is(err, oplog.ErrUnknown) {
		t.Fatalf("%v, want ErrUnknown", err)
	}
	proxy.LoseAnswers(0)
	if n := counted(t, witness, topic)[text("lost")]; n != 1 {
		t.Fatalf("stands there %d times, want once: the script ran", n)
	}
	if _, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("after")}); err != nil {
		t.Fatal(err)
	}
}

// A stream that lost its end, or all of it, is not appended to by who has folded
// more.
func TestLostTailIsAFork(t *testing.T) {
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	a, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("1"), vote("2"), vote("3")})
	if err != nil {
		t.Fatal(err)
	}
	end := a.Entries[3].Position(a.Epoch)
	for name, lose := range map[string]func(){
		"Tail":       func() { server.Do("XDEL", log.StreamKey(topic), "4-0") },
		"Everything": func() { server.Do("FLUSHALL") },
	} {
		lose()
		if _, err := log.Append(t.Context(), topic, end, []oplog.Draft{vote("4")}); !errors.Is(err, oplog.ErrFork) {
			t.Fatalf("%s: append behind what is gone: %v, want ErrFork", name, err)
		}
		if _, _, err := log.Read(t.Context(), topic, end, 10); !errors.Is(err, oplog.ErrFork) {
			t.Fatalf("%s: read behind what is gone: %v, want ErrFork", name, err)
		}
	}
	// What a node has kept goes back byte for byte.
	if err := log.PutBack(t.Context(), topic, oplog.Position{}, a.Entries); err != nil {
		t.Fatal(err)
	}
	if got := whole(t, log, topic); len(got) != 4 || got[3].Chain != a.Entries[3].Chain {
		t.Fatalf("%d entries after putting 4 back", len(got))
	}
}

// The server forgets its scripts again and again.
func TestForgottenScripts(t *testing.T) {
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	for i := range 10 {
		server.Do("SCRIPT", "FLUSH")
		if _, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote(fmt.Sprint(i))}); err != nil {
			t.Fatal(err)
		}
	}
}

// An entry's time is Redis' own, not later than the answer and not much before
// the question: also for a node that has just begun, in a topic that was quiet.
func TestTimeIsThatOfRedis(t *testing.T) {
	server := redistest.Start(t)
	now := func() int64 {
		pair := server.Do("TIME").([]any)
		var s, us int64
		fmt.Sscan(pair[0].(string), &s)
		fmt.Sscan(pair[1].(string), &us)
		return s*1000 + us/1000
	}
	old := oplog.Start(topic)
	genesis := old.Place(oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch()), 1000)
	copier := open(t, server.URL())
	defer copier.Close()
	if err := copier.PutBack(t.Context(), topic, oplog.Position{}, []oplog.Entry{genesis}); err != nil {
		t.Fatal(err)
	}
	var last int64
	for i := range 20 {
		log := open(t, server.URL())
		known := head(whole(t, log, topic))
		before := now()
		a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i))})
		if err != nil {
			t.Fatal(err)
		}
		at := a.Entries[len(a.Entries)-1].Time
		if at < last || at > now() || at < before-2000 {
			t.Fatalf("entry %d is of %d; the one before of %d, Redis said %d before and %d now", i, at, last, before, now())
		}
		last = at
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// head is where entries end.
func head(entries []oplog.Entry) oplog.Position {
	epoch, _ := oplog.EpochOf(&entries[0])
	return entries[len(entries)-1].Position(epoch)
}

// A Redis without room refuses whole appends, says so, and goes on once there
// is some.
func TestFull(t *testing.T) {
	server := redistest.Start(t, "--maxmemory", "6mb")
	log := open(t, server.URL())
	defer log.Close()
	var known oplog.Position
	acked, refused := 0, 0
	batch := []oplog.Draft{vote("a"), {Public: make([]byte, 200<<10)}, vote("b")}
	for refused == 0 && acked < 100 {
		a, err := log.Append(t.Context(), topic, known, batch)
		switch {
		case err == nil:
			acked++
			known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
		case errors.Is(err, oplog.ErrFull):
			refused++
		default:
			t.Fatalf("after %d appends: %v, want ErrFull", acked, err)
		}
	}
	if refused == 0 {
		t.Fatal("it never was full")
	}
	if got := whole(t, log, topic); len(got) != 1+3*acked {
		t.Fatalf("%d entries after %d appends of 3", len(got), acked)
	}
	server.Do("CONFIG", "SET", "maxmemory", "64mb")
	if _, err := log.Append(t.Context(), topic, known, batch); err != nil {
		t.Fatalf("with room again: %v", err)
	}
}

// A server that says no has done nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func(*redistest.Server){
		"READONLY": func(s *redistest.Server) { s.Do("REPLICAOF", "127.0.0.1", "1") },
		"MASTERDOWN": func(s *redistest.Server) {
			s.Do("CONFIG", "SET", "replica-serve-stale-data", "no")
			s.Do("REPLICAOF", "127.0.0.1", "1")
		},
		"NOREPLICAS": func(s *redistest.Server) { s.Do("CONFIG", "SET", "min-replicas-to-write", "1") },
		"NOPERM":     func(s *redistest.Server) { s.Do("ACL", "SETUSER", "default", "-evalsha", "-eval") },
	} {
		t.Run(name, func(t *testing.T) {
			server := redistest.Start(t)
			log := open(t, server.URL())
			defer log.Close()
			a, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("1")})
			if err != nil {
				t.Fatal(err)
			}
			refuse(server)
			unavailable(t, log, head(a.Entries))
			server.Do("REPLICAOF", "NO", "ONE")
			if got := whole(t, log, topic); len(got) != 2 {
				t.Fatalf("%d entries, want 2: a refused append was written", len(got))
			}
		})
	}
}

// unavailable appends in vain. On a slow machine an answer may come too late:
// then it is asked again.
func unavailable(t *testing.T, log oplog.Log, known oplog.Position) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		_, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote("in vain")})
		switch {
		case errors.Is(err, oplog.ErrUnavailable):
			return
		case !errors.Is(err, oplog.ErrUnknown) || time.Now().After(deadline):
			t.Fatalf("%v, want ErrUnavailable", err)
		}
	}
}

// A server that still loads its file is unavailable; when it has, all is there.
func TestLoading(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	var known oplog.Position
	for i := range 20 {
		a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i))})
		if err != nil {
			t.Fatal(err)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
	server.RestartSlowly()
	unavailable(t, log, known)
	server.Restart()
	if got := whole(t, log, topic); len(got) != 21 {
		t.Fatalf("%d entries, want 21", len(got))
	}
}

// kill -9 under load, with the append-only file written before each answer:
// what was acknowledged is there.
func TestKilledServerLosesNothing(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var mu sync.Mutex
	acked := map[string]bool{}
	stop, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	logs := []*redislog.Log{open(t, server.URL()), open(t, server.URL())}
	for n, log := range logs {
		defer log.Close()
		for w := range 4 {
			group.Go(func() {
				name := oplog.MakeTopic(oplog.KindSession, fmt.Sprint("room-", w%2))
				for i := 0; stop.Err() == nil; i++ {
					id := fmt.Sprint(n, " ", w, " ", i)
					_, err := log.Append(stop, name, oplog.Position{}, []oplog.Draft{vote(id)})
					if err == nil {
						mu.Lock()
						acked[text(id)] = true
						mu.Unlock()
					} else if !errors.Is(err, oplog.ErrUnknown) && !errors.Is(err, oplog.ErrUnavailable) {
						t.Errorf("append: %v", err)
						return
					}
				}
			})
		}
	}
	enough := func(n int) {
		for {
			mu.Lock()
			have := len(acked)
			mu.Unlock()
			if have >= n || t.Failed() {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	for round := range 3 {
		enough(200 * (round + 1))
		server.Kill()
		server.Restart()
	}
	enough(800)
	cancel()
	group.Wait()
	there := map[string]int{}
	for w := range 2 {
		for what, n := range counted(t, logs[0], oplog.MakeTopic(oplog.KindSession, fmt.Sprint("room-", w))) {
			there[what] += n
		}
	}
	for what := range acked {
		if there[what] != 1 {
			t.Errorf("%s was acknowledged and stands there %d times", what, there[what])
		}
	}
}

// A server that hangs does not hold its callers, and what they were not told may
// be there once at most.
func TestHangingServer(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	a, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("before")})
	if err != nil {
		t.Fatal(err)
	}
	known := a.Entries[1].Position(a.Epoch)
	server.Pause()
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if _, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i))}); !errors.Is(err, oplog.ErrUnknown) && !errors.Is(err, oplog.ErrUnavailable) {
				t.Errorf("append to a server that hangs: %v", err)
			}
		})
		group.Go(func() {
			if _, _, err := log.Read(t.Context(), topic, oplog.Position{}, 10); err == nil {
				return // from memory
			} else if !errors.Is(err, oplog.ErrUnavailable) {
				t.Errorf("read from a server that hangs: %v", err)
			}
		})
	}
	group.Wait()
	server.Resume()
	if _, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote("after")}); err != nil {
		t.Fatal(err)
	}
	for what, n := range counted(t, log, topic) {
		if n > 1 {
			t.Errorf("%s stands there %d times", what, n)
		}
	}
}
