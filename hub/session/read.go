package session

import (
	"slices"
	"strings"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// pollCommand reads the members of what concerns polls; ok is false if the type
// is another one.
func (r *reader) pollCommand(kind string) (args, texts any, ok bool) {
	switch kind {
	case typeChoose:
		args, texts = r.answer()
	case typeCreate, typeRewrite:
		args, texts = r.create()
	case typeOpen, typeClose, typeReveal, typeHide, typeRound:
		args = idArgs{ID: r.ULID("id")}
	case typeShow, typeShelve, typeSolve:
		args = r.on()
	case typeTune:
		a := setPollArgs{
			ID: r.ULID("id"), Results: may[string](r, "results"), Screen: may[bool](r, "screen"),
			Fixed: may[bool](r, "fixed"), Secs: may[int](r, "secs"),
		}
		if !a.valid() {
			r.Fail(oplog.BadCommand)
		}
		args = a
	case typeTime:
		a := timeArgs{ID: r.ULID("id")}
		if r.Need("secs", &a.Secs); a.Secs < 0 || a.Secs > MaxSecs {
			r.Fail(oplog.BadTime)
		}
		args = a
	case typeOrder:
		args = idsArgs{IDs: r.ids()}
	case typeWord:
		args = r.picked()
	case typePlayer:
		args, texts = r.player()
	case typeUnname:
		var a hideArgs
		r.Need("n", &a.N)
		r.Need("on", &a.On)
		if a.N < 1 {
			r.Fail(oplog.BadCommand)
		}
		args = a
	case typeTeams:
		args, texts = r.teams()
	case typeLeaders:
		var a switchArgs
		r.Need("on", &a.On)
		args = a
	default:
		return nil, nil, false
	}
	return args, texts, true
}

// answer reads one form of answer.
func (r *reader) answer() (args, texts any) {
	a := answerArgs{ID: r.ULID("id")}
	p := &private{}
	switch {
	case r.Take("ranks", &a.Ranks):
		r.ranks(a.Ranks)
	case r.Take("points", &a.Points):
		if len(a.Points) > MaxOptions {
			r.Fail(oplog.BadChoice)
		}
		if !slices.ContainsFunc(a.Points, func(n int) bool { return n != 0 }) {
			a.Points = nil
		}
	case r.Has("number"):
		a.Number = may[int64](r, "number")
	case r.Take("words", &p.Words):
		r.Take("split", &a.Split)
		r.Take("stop", &a.Stop)
		if a.Stop != "" && !slices.Contains(stopLanguages, a.Stop) {
			r.Fail(oplog.BadCommand)
		}
		r.said(&a, p)
		if len(a.Words) > 0 {
			return a, p
		}
	default:
		return r.choice(a.ID), nil
	}
	if a.none() {
		return chooseArgs{ID: a.ID, Choice: []int{}}, nil
	}
	return a, nil
}

// choice reads options, which may be none.
func (r *reader) choice(id string) chooseArgs {
	a := chooseArgs{ID: id}
	r.Need("choice", &a.Choice)
	slices.Sort(a.Choice)
	if len(a.Choice) > MaxOptions || len(slices.Compact(slices.Clone(a.Choice))) != len(a.Choice) {
		r.Fail(oplog.BadChoice)
	}
	if len(a.Choice) > 0 && (a.Choice[0] < 1 || a.Choice[len(a.Choice)-1] > MaxOptions) {
		r.Fail(oplog.BadChoice)
	}
	if a.Choice == nil {
		a.Choice = []int{}
	}
	return a
}

func (r *reader) ranks(groups [][]int) {
	seen := map[int]bool{}
	for _, group := range groups {
		slices.Sort(group)
		if len(group) == 0 {
			r.Fail(oplog.BadChoice)
		}
		for _, o := range group {
			if o < 1 || o > MaxOptions || seen[o] {
				r.Fail(oplog.BadChoice)
			}
			seen[o] = true
		}
	}
}

// said makes words of what somebody wrote: each text, or each word of it, once.
func (r *reader) said(a *answerArgs, p *private) {
	if len(p.Words) > MaxWordsEach {
		r.Fail(oplog.TooMany)
		return
	}
	texts := make([]string, 0, len(p.Words))
	for _, s := range p.Words {
		s = strict.Line(s)
		if len(s) > MaxOpenBytes {
			r.Fail(oplog.TooLong)
			return
		}
		if a.Split {
			texts = append(texts, split(s)...)
		} else {
			texts = append(texts, s)
		}
	}
	p.Words = nil
	seen := map[string]bool{}
	for _, s := range texts {
		as := strict.Heard(s)
		if seen[as] || a.Stop != "" && isStopWord(a.Stop, as) {
			continue
		}
		seen[as] = true
		w := wordArgs{measure: r.text(&s, "word", MaxOpenChars, MaxOpenBytes), Heard: fold.Sum(r.key.Sum("session heard", as))}
		a.Words, p.Words = append(a.Words, w), append(p.Words, s)
	}
	switch {
	case len(a.Words) > MaxWordsEach:
		r.Fail(oplog.TooMany)
	case len(texts) > 0 && len(a.Words) == 0:
		r.Fail(oplog.BadText)
	}
}

func (r *reader) create() (args, texts any) {
	a := createArgs{ID: r.ULID("id"), Results: resultsHidden}
	p := &private{Title: new(string)}
	r.Need("title", p.Title)
	a.Title = r.text(p.Title, "title", MaxTitleChars, MaxTitleBytes)
	r.Need("kind", &a.Kind)
	k := kindRules[a.Kind]
	if k.texts {
		r.Need("options", &p.Options)
		a.Options = r.texts(p.Options, "option", MinOptions, MaxOptions)
	}
	if r.Has("ends") {
		r.Need("ends", &p.Ends)
		a.Ends = r.texts(p.Ends, "end", 2, 2)
	}
	if a.Steps = k.steps[2]; k.steps[2] > 0 {
		r.Take("steps", &a.Steps)
	}
	a.Min, a.Max = 1, 1
	switch {
	case k.form == formWords:
		if a.Kind == pollCloud {
			a.Max = DefaultWords
		}
	case k.most == 0:
		a.Max = len(a.Options)
	}
	r.Take("min", &a.Min)
	r.Take("max", &a.Max)
	r.spec(&a.spec)
	r.Take("results", &a.Results)
	r.Take("screen", &a.Screen)
	r.Take("fixed", &a.Fixed)
	r.Take("secs", &a.Secs)
	if why := a.judge(Rules); why != "" {
		r.Fail(why)
	}
	return a, p
}

// spec reads what single kinds have.
func (r *reader) spec(s *spec) {
	if r.Has("in") {
		s.In = r.ULID("in")
	}
	if s.Kind == pollRanking && r.Has("unranked") {
		how := r.Text("unranked")
		if s.Apart = how == "apart"; !s.Apart && how != "last" {
			r.Fail(oplog.BadCommand)
		}
	}
	r.Take("decimals", &s.Decimals)
	s.Low, s.High, s.Truth = may[int64](r, "low"), may[int64](r, "high"), may[int64](r, "truth")
	r.Take("right", &s.Right)
	slices.Sort(s.Right)
	r.Take("bonus", &s.Bonus)
	s.Moderated = s.Kind == pollText
	r.Take("moderated", &s.Moderated)
	r.Take("split", &s.Split)
	r.Take("stop", &s.Stop)
}

// texts cleans and measures texts in place.
func (r *reader) texts(list []string, purpose string, least, most int) []measure {
	if len(list) < least || len(list) > most {
		r.Fail(oplog.BadChoice)
		return nil
	}
	out := make([]measure, len(list))
	for i := range list {
		out[i] = r.text(&list[i], purpose, MaxOptionChars, MaxOptionBytes)
	}
	return out
}

func (r *reader) picked() wordsArgs {
	a := wordsArgs{ID: r.ULID("id")}
	r.Need("ns", &a.Ns)
	r.Need("show", &a.Show)
	slices.Sort(a.Ns)
	a.Ns = slices.Compact(a.Ns)
	switch {
	case len(a.Ns) > MaxBulk:
		r.Fail(oplog.TooMany)
	case len(a.Ns) == 0 || a.Ns[0] < 1:
		r.Fail(oplog.BadCommand)
	}
	return a
}

func (r *reader) player() (args, texts any) {
	var a playerArgs
	var name string
	r.Need("name", &name)
	a.Name = r.name(&name)
	if r.Take("team", &a.Team); a.Team < 0 || a.Team > MaxTeams {
		r.Fail(oplog.BadChoice)
	}
	return a, &private{Name: &name}
}

func (r *reader) teams() (args, texts any) {
	var names []string
	r.Need("names", &names)
	if len(names) > MaxTeams {
		r.Fail(oplog.TooMany)
	}
	for i := range names {
		r.text(&names[i], "team", MaxNameChars, MaxNameBytes)
	}
	all := strings.Join(names, "\n")
	a := teamsArgs{N: len(names)}
	if all != "" {
		a.Names = measured(all, "teams", r.key)
	}
	return a, &private{Text: &all}
}
