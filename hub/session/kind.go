package session

import (
	"slices"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// form is what an answer consists of. All kinds of poll come down to five forms,
// and one that has no answers of its own.
type form uint8

const (
	formChoice  form = iota // some of the options or steps
	formRanking             // options in order, some of them level
	formPoints              // some number for each option
	formNumber              // a number
	formWords               // texts
	formNone                // a survey: its questions are answered
)

// The kinds of poll.
const (
	pollSingle   = "single"
	pollMultiple = "multiple"
	pollYesNo    = "yesno"
	pollRating   = "rating"
	pollScale    = "scale"
	pollNPS      = "nps"
	pollQuiz     = "quiz"
	pollRanking  = "ranking"
	pollPoints   = "points"
	pollNumber   = "number"
	pollText     = "text"
	pollCloud    = "cloud"
	pollSurvey   = "survey"
)

// kindRule is what makes a kind.
type kindRule struct {
	form  form
	texts bool   // its options are texts
	most  int    // how many of them one person may choose; 0: all
	steps [3]int // least, most, and how many if it is not said
}

var kindRules = map[string]kindRule{
	pollSingle:   {form: formChoice, texts: true, most: 1},
	pollMultiple: {form: formChoice, texts: true},
	pollQuiz:     {form: formChoice, texts: true},
	pollYesNo:    {form: formChoice, most: 1, steps: [3]int{3, 3, 3}},
	pollRating:   {form: formChoice, most: 1, steps: [3]int{3, 10, 5}},
	pollScale:    {form: formChoice, most: 1, steps: [3]int{MinOptions, MaxScale, 5}},
	pollNPS:      {form: formChoice, most: 1, steps: [3]int{MaxScale, MaxScale, MaxScale}},
	pollRanking:  {form: formRanking, texts: true},
	pollPoints:   {form: formPoints, texts: true, most: 1},
	pollNumber:   {form: formNumber, most: 1},
	pollText:     {form: formWords, most: MaxWordsEach},
	pollCloud:    {form: formWords, most: MaxWordsEach},
	pollSurvey:   {form: formNone, most: 1},
}

// spec is how a poll is answered and counted. It is a part of the command that
// makes it, and its own form in a snapshot.
type spec struct {
	Kind      string `json:"kind"`
	Min       int    `json:"min"`
	Max       int    `json:"max"`
	In        string `json:"in,omitempty"`       // the survey that it is a question of
	Steps     int    `json:"steps,omitempty"`    // of kinds whose options are steps
	Apart     bool   `json:"apart,omitempty"`    // ranking: what is not ranked is not compared
	Decimals  int    `json:"decimals,omitempty"` // number: answers count in units of 10^-Decimals
	Low       *int64 `json:"low,omitempty"`
	High      *int64 `json:"high,omitempty"`
	Truth     *int64 `json:"truth,omitempty"` // number: the right one
	Right     []int  `json:"right,omitempty"` // quiz: the right options, sorted
	Bonus     bool   `json:"bonus,omitempty"` // quiz: who is fast scores more
	Moderated bool   `json:"moderated,omitempty"`
	Split     bool   `json:"split,omitempty"` // cloud: each word of an answer for itself
	Stop      string `json:"stop,omitempty"`  // cloud: words of this language that are left out
}

func (s *spec) rule() kindRule { return kindRules[s.Kind] }

func (s *spec) form() form { return s.rule().form }

// judge reports what is wrong with a poll of so many options.
func (s *spec) judge(options int) oplog.Reason {
	k, known := kindRules[s.Kind]
	n := options
	if !k.texts {
		n = s.Steps
	}
	most := k.most
	if most == 0 {
		most = n
	}
	switch {
	case !known || s.In != "" && (!strict.ValidULID(s.In) || k.form == formNone):
		return oplog.BadCommand
	case k.texts && (options < MinOptions || options > MaxOptions), !k.texts && options != 0:
		return oplog.BadChoice
	case s.Steps < k.steps[0] || s.Steps > k.steps[1]:
		return oplog.BadChoice
	case s.Min < 1 || s.Min > s.Max || s.Max > most:
		return oplog.BadChoice
	case !s.fits(k, n):
		return oplog.BadCommand
	}
	return ""
}

// fits reports whether a poll has only what its kind can have.
func (s *spec) fits(k kindRule, n int) bool {
	quiz := s.Kind == pollQuiz
	numbers := s.Low == nil && s.High == nil && s.Truth == nil && s.Decimals == 0
	switch {
	case quiz != (len(s.Right) > 0), s.Bonus && !quiz:
		return false
	case s.Apart && k.form != formRanking, s.Moderated && k.form != formWords:
		return false
	case (s.Split || s.Stop != "") && s.Kind != pollCloud, s.Stop != "" && !slices.Contains(stopLanguages, s.Stop):
		return false
	case k.form != formNumber:
		return numbers && s.rightFits(n)
	}
	return s.numberFits()
}

// rightFits reports whether the right answer is one that could be given.
func (s *spec) rightFits(n int) bool {
	for i, o := range s.Right {
		if o < 1 || o > n || i > 0 && s.Right[i-1] >= o {
			return false
		}
	}
	return len(s.Right) == 0 || len(s.Right) >= s.Min && len(s.Right) <= s.Max
}

func (s *spec) numberFits() bool {
	for _, v := range []*int64{s.Low, s.High, s.Truth} {
		if v != nil && (*v < -MaxNumber || *v > MaxNumber) {
			return false
		}
	}
	return s.Decimals >= 0 && s.Decimals <= MaxDecimals &&
		(s.Low == nil || s.High == nil || *s.Low < *s.High) &&
		(s.Truth == nil || s.takes(*s.Truth))
}

// takes reports whether a number lies within the bounds.
func (s *spec) takes(v int64) bool {
	return v >= -MaxNumber && v <= MaxNumber && (s.Low == nil || v >= *s.Low) && (s.High == nil || v <= *s.High)
}

// solvable reports whether there is a solution to be told.
func (s *spec) solvable() bool { return s.Kind == pollQuiz || s.Truth != nil }

// from is the value of the first step.
func (s *spec) from() int {
	if s.Kind == pollNPS || s.Steps == 0 || s.Kind == pollYesNo {
		return 0
	}
	return 1
}
