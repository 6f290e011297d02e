package hub_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"majlis/hub"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// The rules that every seed is held against:
//
//	I1  what was acknowledged is in the log, unless nobody had it any more or a
//	    node reported that it had to give it up
//	I2  each person counts once in each question and each poll
//	I3  all nodes have the same state, eight seconds after the heal: who met a full
//	    store looks again after five
//	I4  every phone has the document of the server then, and has no open command
//	I5  no offset has two entries in one document's life; no log fails to verify
//	I6  every goroutine ends (the bubble waits for them)
//	W1  a patch leads on from a place that is on its own chain
//	W2  a phone at a place holds what history was there
//	W3  another history comes whole
//	W4  an acknowledgement comes with its effect in the own part
//	W5  nobody is sent a text that is not for them
//	R1  nobody is told that a question does not exist which the same page showed,
//	    while the store has lost nothing
//	R2  no node gives up what it could put back
//	R3  what replicas do not have is not acknowledged where they should
//	R4  an approval that is offered after a fork is not refused as one of nothing
//	    while the question that is offered with it is taken

// followed judges a frame that was applied (W1, W3, I5). The caller holds mu.
func (w *world) followed(p *simPhone, before oplog.Position, f reducer.Frame, mine bool) {
	if f.From > 0 && !w.past.before(before, f.Pos) {
		w.violated("W1", "%s at %d got what leads to %d on another branch (own part: %t)", p.name, before.Offset, f.Pos.Offset, mine)
	}
	doc := p.doc.Doc
	if mine {
		doc = p.mine.Doc
	}
	w.past.seen = append(w.past.seen, sighting{phone: p, at: f.Pos, doc: reducer.Copy(doc), mine: mine})
}

// shown judges what a phone holds when a command is acknowledged (W4). What it
// said later of the same thing may be there already. The caller holds mu.
func (w *world) shown(p *simPhone, c *simCommand) {
	switch c.kind {
	case "question.ask":
		if p.mine.Doc["asked"][c.target] == nil {
			w.violated("W4", "%s is told that %s is asked, and it is not among the own", p.name, c.target)
		}
	case "question.vote", "poll.vote":
		is, devices := p.own(c.kind, c.target), map[oplog.Device]bool{}
		for _, o := range p.box {
			if o.kind == c.kind && o.target == c.target {
				if o.value == is && o.key.n >= c.key.n {
					return
				}
				devices[o.key.device] = true
			}
		}
		// Between devices the order of the log decides.
		if len(devices) == 1 {
			w.violated("W4", "%s is told that %s is done, and the own part says %q", p.name, c.raw, is)
		}
	}
}

// promised judges an acknowledgement that says that replicas have it (R3): the
// command, or what its device said of the same later. The caller holds mu.
func (w *world) promised(p *simPhone, c *simCommand) {
	if c.level != oplog.RedisReplicated || c.again && c.kind == "other" {
		return
	}
	for _, later := range p.box {
		if later.key.device == c.key.device && later.key.n >= c.key.n && later.kind == c.kind && later.target == c.target && w.past.copied[later.key] {
			return
		}
	}
	w.violated("R3", "%s was told that replicas have %s (%d of %s)", p.name, c.raw, c.key.n, c.key.device)
}

// lawful judges a refusal (R1). The caller holds mu.
func (w *world) lawful(p *simPhone, c *simCommand) {
	if w.undone {
		return // what was live once may never have been
	}
	lossless := !w.plan.shared || w.fired[tailLost]+w.fired[storeEmpty]+w.fired[dumpRestored]+w.fired[failoverBehind]+w.fired[splitBrain] == 0
	if c.saw && c.reason == oplog.NotFound && lossless {
		w.violated("R1", "%s saw a question and is told at its vote that there is none: %s, seen %d", p.name, c.raw, c.seen)
	}
}

// check is made when all should be at rest.
func (w *world) check() {
	w.mu.Lock()
	server := w.server
	final := server.entries()
	nodes := make([]*hub.Hub, len(w.nodes))
	for i, n := range w.nodes {
		nodes[i] = n.hub
	}
	w.mu.Unlock()
	truth, outcomes := w.refold(final)
	stands := make([]oplog.Position, len(nodes))
	digests := make([][32]byte, len(nodes))
	for i, h := range nodes {
		stands[i], digests[i] = w.stand(h)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note("world", "ends at %d", len(final))
	head := server.head()
	for i, n := range w.nodes {
		if stands[i] != head || digests[i] != truth.Digest() {
			w.violated("I3", "%s stands at %d, the store at %d; same place: %t, same state: %t",
				n.name, stands[i].Offset, head.Offset, stands[i] == head, digests[i] == truth.Digest())
		}
	}
	w.checkPhones(truth)
	w.checkAcked(final, outcomes)
	w.checkCounts(final, outcomes, truth)
	w.checkBlank(final)
	w.checkOffers(final, outcomes)
	w.compare()
}

// stand is where a hub's topic is. The caller does not hold mu.
func (w *world) stand(h *hub.Hub) (at oplog.Position, digest [32]byte) {
	ctx, cancel := context.WithTimeout(context.Background(), healWithin)
	defer cancel()
	t, err := h.Open(ctx, opening)
	if err == nil {
		at, err = t.Position(ctx)
	}
	if err == nil {
		err = t.Do(ctx, func(m hub.Machine) { digest = m.Digest() })
	}
	if err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.violated("I3", "a node has no topic: %v", err)
	}
	return at, digest
}

// refold folds the final log as nobody has.
func (w *world) refold(final []oplog.Entry) (*session.Machine, []oplog.Outcome) {
	m := session.New(opening)
	outcomes := make([]oplog.Outcome, len(final))
	for i := range final {
		c, err := oplog.DecodePublic(final[i].Public)
		if err == nil {
			c.Private, err = w.key.Open(final[i].Sealed)
		}
		if err != nil {
			panic("the final log does not open: " + err.Error())
		}
		outcomes[i] = m.Apply(&final[i], &c)
	}
	return m, outcomes
}

func (w *world) checkPhones(truth *session.Machine) {
	for _, p := range w.phones {
		if diff := reducer.Diff(p.doc.Doc, truth.Since(p.role, 0)); diff != "" {
			w.violated("I4", "%s at %d: %s", p.name, p.doc.Pos.Offset, diff)
		}
		if diff := reducer.Diff(p.mine.Doc, truth.Mine(w.key.Pseudonym(p.person), 0)); diff != "" {
			w.violated("I4", "own part of %s at %d: %s", p.name, p.mine.Pos.Offset, diff)
		}
		for _, c := range p.box {
			if c.fate == simOpen {
				w.violated("I4", "%s has no answer to %s", p.name, c.raw)
			}
		}
	}
}

// checkAcked looks for everything that was acknowledged (I1). What a device said
// later of the same thing makes an earlier word needless: then the later one is
// looked for. What was offered again and refused then stands in the log as such, also
// when the node that would have reported it has crashed behind the append.
func (w *world) checkAcked(final []oplog.Entry, outcomes []oplog.Outcome) {
	there := map[simKey]bool{}
	for i := range final {
		if c, _ := oplog.DecodePublic(final[i].Public); outcomes[i].Accepted() || c.Was > 0 {
			there[keyOf(&c)] = true
		}
	}
	accounted := func(c *simCommand) bool {
		return there[c.key] || w.past.excused[c.key] || w.past.wasReported(c.key) ||
			w.past.left > 0 && (c.kind == "question.ask" || strings.HasPrefix(c.raw, `{"type":"redact"`))
	}
	for _, p := range w.phones {
		for _, c := range p.box {
			if c.fate != simAcked || c.again && c.kind == "other" { // it was so already: by another command
				continue
			}
			if !slices.ContainsFunc(p.box, func(o *simCommand) bool {
				later := o.key.device == c.key.device && o.key.n >= c.key.n && (o.kind == c.kind && o.target == c.target || o.undoes(c))
				return (later || o.raw == c.raw && c.forGood()) && accounted(o)
			}) {
				w.violated("I1", "%s was told that it is done, and it is not in the log: %s (%d of %s)", p.name, c.raw, c.key.n, c.key.device)
			}
		}
	}
}

// undoes reports whether a command may have written the register of a moderator's
// earlier one: a step that is taken back can be anybody's.
func (o *simCommand) undoes(c *simCommand) bool {
	return c.kind == "other" && strings.HasPrefix(o.raw, `{"type":"undo"`)
}

// forGood reports whether what a command says cannot be taken back: another one of
// the same person makes it needless, from whichever device and whenever it came.
func (c *simCommand) forGood() bool { return strings.HasPrefix(c.raw, `{"type":"question.withdraw"`) }

// registerOf is what a command sets: a vote, an answer, or what somebody may
// decide of a question, a poll or the board. What a device said later of the same
// makes an earlier word needless.
func registerOf(c *oplog.Command) string {
	var a struct {
		ID   string   `json:"id"`
		IDs  []string `json:"ids"`
		Step string   `json:"step"`
	}
	if json.Unmarshal(c.Args, &a) != nil {
		return ""
	}
	switch c.Type {
	case "question.ask", "question.vote", "poll.vote":
		return c.Type + a.ID
	case "question.highlight":
		return "other" + c.Type // one for the whole stage
	}
	if a.ID == "" && a.Step == "" {
		return "other" + c.Type
	}
	return "other" + a.ID + a.Step + strings.Join(a.IDs, "")
}

// checkCounts counts people, question by question, without the machine's own
// bookkeeping (I2).
func (w *world) checkCounts(final []oplog.Entry, outcomes []oplog.Outcome, truth *session.Machine) {
	type stamp struct {
		key   simKey
		value string
	}
	said := map[string]map[oplog.ActorID]stamp{}
	for i := range final {
		c, _ := oplog.DecodePublic(final[i].Public)
		r := registerOf(&c)
		if !strings.HasSuffix(c.Type, ".vote") || !outcomes[i].Accepted() {
			continue
		}
		if said[r] == nil {
			said[r] = map[oplog.ActorID]stamp{}
		}
		was, known := said[r][c.Actor.ID]
		if known && was.key.device == c.Device && c.N <= was.key.n {
			continue
		}
		said[r][c.Actor.ID] = stamp{keyOf(&c), string(c.Args)}
	}
	doc := truth.Since(oplog.Moderator, 0)
	for r, people := range said {
		n, kind := 0, "votes"
		for _, s := range people {
			if !strings.Contains(s.value, `"on":false`) && !strings.Contains(s.value, `"choice":[]`) {
				n++
			}
		}
		id, isVote := strings.CutPrefix(r, "question.vote")
		want := fmt.Sprintf(`{"n":%d}`, n)
		if !isVote {
			id, _ = strings.CutPrefix(r, "poll.vote")
			kind, want = "tally", fmt.Sprintf(`{"people":%d,`, n)
		}
		if is := string(doc[kind][id]); is != "" && !strings.HasPrefix(is, want) {
			w.violated("I2", "%s of %s are %s, and %d people said so", kind, id, is, n)
		}
	}
}

// checkBlank looks for texts that had to go.
func (w *world) checkBlank(final []oplog.Entry) {
	for i := range final {
		for _, o := range oplog.RedactOf(&final[i]) {
			if e := &final[o-1]; !e.Sealed.None() && !e.Sealed.Blanked() {
				w.violated("I7", "the text of %d had to go by %d and is in the store", o, final[i].Offset)
			}
		}
	}
}

// checkOffers looks for approvals that were refused after a fork as of nothing, and
// are of something (R4). Of votes it cannot be said: what was approved on the branch
// that is left waits anew for a moderator.
func (w *world) checkOffers(final []oplog.Entry, outcomes []oplog.Outcome) {
	asked := map[string]bool{}
	for i := range final {
		if c, _ := oplog.DecodePublic(final[i].Public); c.Type == "question.ask" && c.Was > 0 && outcomes[i].Accepted() {
			asked[strings.TrimPrefix(registerOf(&c), c.Type)] = true
		}
	}
	for _, b := range w.past.baseless {
		if asked[b.on] {
			w.violated("R4", "%s offered an approval after a fork and was told that there is no such question: %s", b.node.name, b.on)
		}
	}
}
