package main

import (
	"encoding/json"
	"fmt"
	"testing"

	"majlis/hub/entity"
)

// past makes the commands of one phone, counted in their order.
func past(cs ...command) []*command {
	out := make([]*command, len(cs))
	for i := range cs {
		cs[i].n = uint64(i + 1)
		out[i] = &cs[i]
	}
	return out
}

func (c command) was(f fate) command {
	c.fate = f
	return c
}

// own makes an own part of "kind/id" and entity pairs.
func own(pairs ...string) entity.Patch {
	p := entity.Patch{}
	for i := 0; i < len(pairs); i += 3 {
		p.Put(pairs[i], pairs[i+1], json.RawMessage(pairs[i+2]))
	}
	return p
}

func votes(n map[string]int) counts { return counts{votes: n, polls: map[string]tally{}} }

func pollCounts(id string, people int, by ...int) counts {
	c := counted{Counts: by}
	return counts{votes: map[string]int{}, polls: map[string]tally{id: {people, c.units()}}}
}

// faults is a verdict in numbers.
type faults struct{ unknown, lost, twice, diverged int }

func (v verdict) faults() faults {
	return faults{v.unknown, sum(v.lost), sum(v.twice), len(v.differs)}
}

func check(t *testing.T, e evidence, want faults) {
	t.Helper()
	v := judge(e)
	if got := v.faults(); got != want {
		t.Errorf("found %+v, want %+v\n%v", got, want, v.details(20))
	}
}

// hall is three phones that vote for Q; the third takes it back.
func hall() evidence {
	on := witness{past(vote("Q", true).was(acked)), own("vote", "Q", `{"on":true}`)}
	off := witness{past(vote("Q", true).was(acked), vote("Q", false).was(acked)), own()}
	return evidence{
		phones: []witness{on, on, off}, alone: true,
		before: standing{document: votes(map[string]int{"Q": 5})},
		after:  standing{document: votes(map[string]int{"Q": 7, "other": 3})},
	}
}

func TestAHallWhereAllIsWell(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	check(t, e, faults{})
}

func TestAVoteThatIsMissingFromTheCountIsLost(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	e.after.document.votes["Q"] = 6
	check(t, e, faults{lost: 1})
}

func TestAVoteThatIsCountedTwiceIsSeen(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	e.after.document.votes["Q"] = 9
	check(t, e, faults{twice: 2})
}

func TestVotesForWhatNobodyVotedForAreTooMany(t *testing.T) {
	check(t, hall(), faults{twice: 3}) // "other" has 3 and had none
}

func TestOtherPeoplesVotesAreNotJudgedWhenTheyMayVote(t *testing.T) {
	e := hall()
	e.alone = false
	e.after.document.votes["Q"] = 100
	check(t, e, faults{})
}

func TestAVoteThatItsPhoneMissesIsLostOnce(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	e.phones[0].mine = own()
	e.after.document.votes["Q"] = 6
	check(t, e, faults{lost: 1})
	e.after.document.votes["Q"] = 5
	check(t, e, faults{lost: 2})
}

func TestAVoteThatWasTakenBackAndStillStandsIsAFault(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	e.phones[2].mine = own("vote", "Q", `{"on":true}`)
	e.after.document.votes["Q"] = 8
	check(t, e, faults{lost: 1, twice: 1})
}

func TestAQuestionThatIsHiddenNowIsNotJudgedByItsVotes(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	delete(e.after.document.votes, "Q")
	check(t, e, faults{})
}

func TestARefusedCommandChangesNothing(t *testing.T) {
	e := evidence{alone: true, phones: []witness{{
		past(vote("Q", true).was(acked), vote("Q", false).was(refused), answer("P", []int{1}).was(refused)),
		own("vote", "Q", `{"on":true}`),
	}}, after: standing{document: votes(map[string]int{"Q": 1})}}
	check(t, e, faults{})
	e.phones[0].mine = own()
	e.after.document.votes["Q"] = 0
	check(t, e, faults{lost: 1})
}

func TestAnUnansweredCommandMayOrMayNotHaveTakenEffect(t *testing.T) {
	for _, took := range []bool{false, true} {
		e := evidence{alone: true, phones: []witness{{past(vote("Q", true).was(open)), own()}}}
		n := 0
		if took {
			e.phones[0].mine, n = own("vote", "Q", `{"on":true}`), 1
		}
		e.after.document = votes(map[string]int{"Q": n})
		check(t, e, faults{unknown: 1})
		e.after.document = votes(map[string]int{"Q": 2})
		check(t, e, faults{unknown: 1, twice: 1})
	}
}

func TestAnUnansweredCommandBeforeAnAcknowledgedOneHasNoEffect(t *testing.T) {
	e := evidence{alone: true, phones: []witness{{
		past(vote("Q", false).was(open), vote("Q", true).was(acked)), own(),
	}}, after: standing{document: votes(map[string]int{"Q": 0})}}
	check(t, e, faults{unknown: 1, lost: 1})
}

func TestAnswersAreJudgedByPeopleAndByOption(t *testing.T) {
	phones := []witness{
		{past(answer("P", []int{2, 1}).was(acked)), own("answer", "P", `{"choice":[1,2]}`)},
		{past(answer("P", []int{3}).was(acked), answer("P", []int{2}).was(acked)), own("answer", "P", `{"choice":[2]}`)},
		{past(answer("P", []int{3}).was(acked), answer("P", nil).was(acked)), own()},
	}
	for name, x := range map[string]struct {
		after counts
		want  faults
	}{
		"AllIsWell":             {pollCounts("P", 12, 6, 7, 5), faults{}},
		"CountsHidden":          {pollCounts("P", 12), faults{}},
		"OnePersonMissing":      {pollCounts("P", 11, 6, 6, 5), faults{lost: 1}},
		"OnePersonTooMany":      {pollCounts("P", 13, 7, 7, 5), faults{twice: 1}},
		"WrongOption":           {pollCounts("P", 12, 6, 6, 6), faults{lost: 1, twice: 1}},
		"OldAnswerStillCounted": {pollCounts("P", 12, 6, 7, 6), faults{twice: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, evidence{
				phones: phones, alone: true,
				before: standing{document: pollCounts("P", 10, 5, 5, 5)}, after: standing{document: x.after},
			}, x.want)
		})
	}
}

// TestEveryFormOfAnswerIsJudged: each is found among its phone's own, however it
// is spelled there, and what it counts for is looked for in the results.
func TestEveryFormOfAnswerIsJudged(t *testing.T) {
	seven := 7
	for name, x := range map[string]struct {
		said       said
		own        string
		good, less string // results
	}{
		"Ranking": {
			said{Ranks: [][]int{{2}, {3, 1}}},
			`{"ranks":[[2],[1,3]]}`,
			`"people":1,"pairs":[[0,0,0],[1,0,1],[0,0,0]]`, `"people":1,"pairs":[[0,0,0],[1,0,0],[0,0,0]]`,
		},
		"Points": {
			said{Points: []int{30, 70}}, `{"points":[30,70]}`, `"people":1,"counts":[30,70]`, `"people":1,"counts":[30,69]`,
		},
		"Number": {
			said{Number: &seven},
			`{"number":7}`,
			`"people":1,"number":{"from":7,"width":1,"bins":[1]}`, `"people":1,"number":{"from":6,"width":1,"bins":[0,0]}`,
		},
		"Words": {
			said{Words: []string{"water", "Light"}},
			`{"words":["Light","water"]}`,
			`"people":1,"words":[{"text":"light","people":1},{"text":"Water","people":1}]`, `"people":1,"words":[{"text":"light","people":1}]`,
		},
		"Quiz": {said{Choice: []int{2}}, `{"choice":[2],"score":900}`, `"people":1,"counts":[0,1]`, `"people":1,"counts":[0,0]`},
	} {
		t.Run(name, func(t *testing.T) {
			judged := func(mine, after string) evidence {
				var before, res results
				if err := json.Unmarshal([]byte(`{"polls":[{"id":"P",`+after+`}]}`), &res); err != nil {
					t.Fatal(err)
				}
				w := witness{past(answerWith("P", x.said).was(acked)), own("answer", "P", mine)}
				return evidence{phones: []witness{w}, alone: true, before: standing{results: &before}, after: standing{results: &res}}
			}
			check(t, judged(x.own, x.good), faults{})
			check(t, judged(x.own, x.less), faults{lost: 1})
			if s := readSaid(x.said.spell()).spell(); s != x.said.spell() {
				t.Errorf("%s is read as %s", x.said.spell(), s)
			}
		})
	}
}

func TestAnAnswerThatItsPhoneMissesIsLost(t *testing.T) {
	w := witness{past(answer("P", []int{2}).was(acked)), own("answer", "P", `{"choice":[1]}`)}
	check(t, evidence{phones: []witness{w}, alone: true, after: standing{document: pollCounts("P", 1, 1, 0)}}, faults{lost: 1, twice: 1})
}

func TestQuestionsMustBeAmongTheirPhonesOwn(t *testing.T) {
	asked := past(ask("A", question{"en", "a"}).was(acked), ask("B", question{"en", "b"}).was(refused), ask("C", question{"en", "c"}).was(open))
	e := evidence{phones: []witness{{asked, own("asked", "A", `{"state":"pending"}`)}}, alone: true}
	check(t, e, faults{unknown: 1})
	e.phones[0].mine = own()
	check(t, e, faults{unknown: 1, lost: 1})
}

func TestQuestionsMustBeInTheResultsOnce(t *testing.T) {
	e := evidence{phones: []witness{{past(ask("A", question{"en", "a"}).was(acked)), own("asked", "A", `{}`)}}, alone: true}
	list := func(ids ...string) *results {
		var r results
		for _, id := range ids {
			if err := json.Unmarshal(fmt.Appendf(nil, `{"questions":[{"id":%q,"votes":0}]}`, id), &struct{ *results }{&r}); err != nil {
				t.Fatal(err)
			}
		}
		return &r
	}
	full := list("A")
	e.after.results = full
	check(t, e, faults{})
	e.after.results = list()
	check(t, e, faults{lost: 1})
	e.phones[0].mine = own()
	check(t, e, faults{lost: 1})
	e.phones[0].mine = own("asked", "A", `{}`)
	twice := *full
	twice.Questions = append(twice.Questions, full.Questions[0])
	e.after.results = &twice
	check(t, e, faults{twice: 1})
}

func TestResultsAreJudgedLikeDocuments(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	var before, after results
	for r, text := range map[*results]string{
		&before: `{"questions":[{"id":"Q","votes":5},{"id":"archived","votes":9}],"polls":[]}`,
		&after:  `{"questions":[{"id":"Q","votes":6},{"id":"archived","votes":9}],"polls":[{"id":"P","people":1,"options":[{"count":1},{"count":0}]}]}`,
	} {
		if err := json.Unmarshal([]byte(text), r); err != nil {
			t.Fatal(err)
		}
	}
	e.before.results, e.after.results = &before, &after
	check(t, e, faults{lost: 1, twice: 1})
}

func TestPhonesThatDifferAreDiverged(t *testing.T) {
	e := hall()
	e.before.document.votes["other"] = 3
	e.differs = map[int]string{1: "document: votes/Q"}
	check(t, e, faults{diverged: 1})
	v := judge(e)
	if r := (report{Diverged: len(v.differs)}); r.good() {
		t.Error("the report says that all is well")
	}
}

func TestDifference(t *testing.T) {
	a := own("votes", "Q", `{"n":1}`, "stage", "_", `{"question":null,"poll":null}`)
	for name, x := range map[string]struct {
		other entity.Patch
		same  bool
	}{
		"Same":            {own("votes", "Q", `{"n":1}`, "stage", "_", `{"question":null,"poll":null}`), true},
		"AnotherSpelling": {own("votes", "Q", `{ "n": 1 }`, "stage", "_", `{"poll":null,"question":null}`), true},
		"AnotherValue":    {own("votes", "Q", `{"n":2}`, "stage", "_", `{"question":null,"poll":null}`), false},
		"OneMore":         {own("votes", "Q", `{"n":1}`, "stage", "_", `{"question":null,"poll":null}`, "votes", "R", `{}`), false},
		"OneLess":         {own("votes", "Q", `{"n":1}`), false},
	} {
		if got := difference(a, x.other); (got == "") != x.same {
			t.Errorf("%s: %q", name, got)
		}
		if got := difference(x.other, a); (got == "") != x.same {
			t.Errorf("%s, the other way round: %q", name, got)
		}
	}
}
