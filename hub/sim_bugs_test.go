//go:build !race

package hub_test

import (
	"os"
	"strings"
	"testing"
)

// simBug is a bug that was here: how to bring it back, and a seed that finds it then.
// What a seed means changes with every draw that is added to the simulation; `make
// sim-bugs` brings each bug back, demands that its seed fails, and names another
// where it does not any more. What no seed of a thousand finds names a short test
// instead, which must fail then.
type simBug struct {
	name     string
	seed     uint64
	test     string // instead of a seed
	file     string
	old, new string // the edit that brings it back
}

// simBugs are the bugs that were found, in the order of their files.
func simBugs() []simBug {
	return []simBug{
		{
			name: "WhoIsBehindRefusesForGood", seed: 269960099839825, file: "admit.go",
			old: "if !o.Accepted() && s.command.Seen > t.at.Offset && !s.looked {", new: "if false {",
		},
		{
			name: "OffersAreRefusedByTheDryRun", test: "TestWhatIsOfferedAgainMayFollowFromOtherOffers", file: "admit.go",
			old: "	return s.command.Was == 0\n", new: "	return true\n",
		},
		{
			name: "LookThatBeganBeforeAForkIsTakenForABrokenLog", seed: 105595776233166, file: "submit.go",
			old: "if !t.holds(entries[0].Position(t.at.Epoch)) {", new: "if false {",
		},
		{
			name: "TwinOfATickIsNotFolded", test: "TestTwinThatALookHasFoldedIsNotTakenForTheOwn", file: "submit.go",
			old: "for err == nil && (len(entries) > 0 || !known.tell(batch)) {", new: "for err == nil && !known.tell(batch) {",
		},
		{
			name: "AnswerBeforeTheOwnPart", seed: 221, file: "submit.go",
			old: "		t.settleUp(s)\n", new: "",
		},
		{
			name: "AnswerWithoutAnAppendThatConfirms", seed: 124, file: "admit.go",
			old: "return o.Again && !t.replicated()", new: "return o.Again",
		},
		{
			name: "BatchWithoutAConfirmationIsAcknowledged", seed: 57, file: "submit.go",
			old: "	case t.hub.cfg.Shared && errors.Is(r.err, oplog.ErrUnknown):\n", new: "	case t.hub.cfg.Store == nil:\n",
		},
		{
			name: "BranchIsLeftForItsBeginning", seed: 14, file: "repair.go",
			old: "if c.branch == nil || !t.holds(c.branch.at.Position()) {", new: "if c.branch == nil || t.at.Offset > 0 {",
		},
		{
			name: "LastingTroubleIsComparedTenTimesASecond", test: "TestComparisonIsNotRepeatedTenTimesASecond", file: "repair.go",
			old: "t.distrust(TroubleEvery)", new: "t.distrust(CompareEvery)",
		},
		{
			name: "OddLookEndsFollowing", test: "TestFollowingGoesOnAfterABrokenRead", file: "publish.go",
			old: "	t.followAgain(ctx, now)\n", new: "",
		},
		{
			name: "BatchIsJudgedWithoutWhatIsAhead", test: "TestBatch", file: "admit.go",
			old: "ahead[who] = true", new: "ahead[who] = false",
		},
		{
			name: "NobodyWaitsForOthersToPutBack", seed: 76577347422098, file: "repair.go",
			old: "		r.hold = time.Now().Add(SettleFor)\n", new: "",
		},
		{
			name: "RedactionIsLostAtAFork", test: "TestRedactionSurvivesAFork", file: "repair.go",
			old: "c.Type == oplog.TypeRedact && !keepBefore(&c, ancestor) ||", new: "",
		},
		{
			name: "TextThatWasNotBlankedIsForgotten", test: "TestTextGoesOnceTheStoreCan", file: "snapshot.go",
			old: "	if err == nil {\n		t.named = nil\n	}\n", new: "	t.named = nil\n",
		},
		{
			name: "WhatWasTakenBackStaysInTheOwnPart", seed: 244706043658306, file: "watch.go",
			old: "	if w.mine = has.Mine; w.mine > from {\n		w.mine = 0\n	}\n", new: "	w.mine = has.Mine\n",
		},
		{
			name: "TextBeforeASnapshotStaysAfterACrash", seed: 5563715814515, file: "fold.go",
			old: "|| offset <= f.began {", new: "{",
		},
		{
			name: "OwnPartOfALeftBranchIsLost", seed: 53453313243696, file: "fanout/conn.go",
			old: "				w = w.alone()\n", new: "				w = waiting{}\n",
		},
	}
}

// broken is the file with the bug in it.
func (b *simBug) broken(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(b.file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), b.old); n != 1 {
		t.Fatalf("what the bug takes the place of is %d times in %s: mend the table\n%s", n, b.file, b.old)
	}
	return strings.Replace(string(text), b.old, b.new, 1)
}

// TestSimulationBugs lives through the seed of each bug that was here.
func TestSimulationBugs(t *testing.T) {
	for _, b := range simBugs() {
		t.Run(b.name, func(t *testing.T) {
			b.broken(t)
			if b.test == "" {
				fails(t, live(t, b.seed, drawPlan(b.seed)))
			}
		})
	}
}
