package session

import (
	"encoding/json"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// measure is what the fold knows of a text that it does not read.
type measure struct {
	Chars int      `json:"c"` // grapheme clusters
	Bytes int      `json:"b"` // of UTF-8
	Size  int      `json:"s"` // bytes as JSON, without the quotes
	Sum   fold.Sum `json:"h"`
}

// sane reports whether a measure can be that of a text: JSON takes at most six
// bytes for one.
func (n measure) sane() bool {
	return n.Chars >= 0 && n.Chars <= n.Bytes && n.Bytes <= n.Size && n.Size <= 6*n.Bytes
}

// within reports whether the text is neither empty nor too long.
func (n measure) within(chars, bytes int) oplog.Reason {
	switch {
	case !n.sane():
		return oplog.BadCommand
	case n.Bytes == 0:
		return oplog.BadText
	case n.Chars > chars || n.Bytes > bytes:
		return oplog.TooLong
	}
	return ""
}

// The public arguments, as Prepare writes them and the fold reads them.
type (
	idArgs struct {
		ID string `json:"id"`
	}
	onArgs struct {
		ID string `json:"id"`
		On bool   `json:"on"`
	}
	// blockArgs name a question, or a text of a poll, or who plays.
	blockArgs struct {
		ID     string `json:"id,omitempty"`
		Poll   string `json:"poll,omitempty"`
		N      int    `json:"n,omitempty"`
		Player int    `json:"player,omitempty"`
		On     bool   `json:"on"`
	}
	// idsArgs name one question, or several.
	idsArgs struct {
		ID  string   `json:"id,omitempty"`
		IDs []string `json:"ids,omitempty"`
	}
	switchArgs struct {
		On bool `json:"on"`
	}
	askArgs struct {
		ID   string    `json:"id"`
		Lang string    `json:"lang,omitempty"`
		Text measure   `json:"text"`
		Name *measure  `json:"name,omitempty"` // nil: not said
		Same *fold.Sum `json:"same,omitempty"` // of the text's letters
		From string    `json:"from,omitempty"` // entered by a moderator
		Held string    `json:"held,omitempty"` // what the guards said before the append
	}
	decideArgs struct {
		idsArgs
		Why  string   `json:"why,omitempty"`
		Note *measure `json:"note,omitempty"`
	}
	markArgs struct {
		idsArgs
		Label int  `json:"label,omitempty"`
		On    bool `json:"on"`
	}
	mergeArgs struct {
		ID  string   `json:"id"`
		IDs []string `json:"ids"`
	}
	replyArgs struct {
		ID   string  `json:"id,omitempty"`
		Text measure `json:"text"` // of nothing: take it away
	}
	labelArgs struct {
		N      int     `json:"n"`
		Name   measure `json:"name"` // of nothing: give it up
		Public bool    `json:"public,omitempty"`
	}
	nameArgs struct {
		Name measure `json:"name"`
	}
	clearArgs struct {
		Pending bool `json:"pending,omitempty"`
	}
	langArgs struct {
		ID   string `json:"id"`
		Lang string `json:"lang"`
	}
	lockArgs struct {
		langArgs
		On bool `json:"on"`
	}
	renderArgs struct {
		langArgs
		Text    measure `json:"text"` // of nothing: take it away
		Machine bool    `json:"machine,omitempty"`
	}
	noteArgs struct {
		ID   string  `json:"id"`
		Text measure `json:"text"`
	}
	undoArgs struct {
		Step string `json:"step"`
	}
	voteArgs struct {
		onArgs
		Down bool `json:"down,omitempty"`
	}
	chooseArgs struct {
		ID     string `json:"id"`
		Choice []int  `json:"choice"`
	}
	// answerArgs hold one form of answer; an empty choice takes any back.
	answerArgs struct {
		ID     string     `json:"id"`
		Choice []int      `json:"choice,omitempty"`
		Ranks  [][]int    `json:"ranks,omitempty"` // best first
		Points []int      `json:"points,omitempty"`
		Number *int64     `json:"number,omitempty"`
		Words  []wordArgs `json:"words,omitempty"`
		Split  bool       `json:"split,omitempty"` // how the words were made of what was written
		Stop   string     `json:"stop,omitempty"`
	}
	wordArgs struct {
		measure
		Heard fold.Sum `json:"w"`
		Held  bool     `json:"held,omitempty"` // it has a word of the organiser's lists
	}
	createArgs struct {
		ID      string    `json:"id"`
		Title   measure   `json:"title"`
		Options []measure `json:"options"`
		Ends    []measure `json:"ends,omitempty"` // of a scale
		spec
		Results string `json:"results"`
		Screen  bool   `json:"screen,omitempty"`
		Fixed   bool   `json:"fixed,omitempty"`
		Secs    int    `json:"secs,omitempty"`
	}
	setPollArgs struct {
		ID      string  `json:"id"`
		Results *string `json:"results,omitempty"`
		Screen  *bool   `json:"screen,omitempty"`
		Fixed   *bool   `json:"fixed,omitempty"`
		Secs    *int    `json:"secs,omitempty"`
	}
	timeArgs struct {
		ID   string `json:"id"`
		Secs int    `json:"secs"`
	}
	wordsArgs struct {
		ID   string `json:"id"`
		Ns   []int  `json:"ns"`
		Show bool   `json:"show"`
	}
	playerArgs struct {
		Name measure `json:"name"`
		Team int     `json:"team,omitempty"`
		Held bool    `json:"held,omitempty"` // it has a word of the organiser's lists
	}
	hideArgs struct {
		N  int  `json:"n"`
		On bool `json:"on"`
	}
	teamsArgs struct {
		N     int     `json:"n"`
		Names measure `json:"names"` // one a line
	}
	settingsArgs struct {
		Moderation *bool    `json:"moderation,omitempty"`
		Names      *string  `json:"names,omitempty"`
		QA         *string  `json:"qa,omitempty"`
		Downs      *bool    `json:"downs,omitempty"`
		Quiet      *bool    `json:"quiet,omitempty"`
		Ledger     *bool    `json:"ledger,omitempty"`
		Eyes       *bool    `json:"eyes,omitempty"`
		Headless   *bool    `json:"headless,omitempty"`
		Dups       *bool    `json:"dups,omitempty"`
		Closes     *closes  `json:"closes,omitempty"`
		Langs      *langSet `json:"langs,omitempty"`
		Hall       *inHall  `json:"hall,omitempty"`
	}
	// closes is when the Q&A closes by itself, and how far; at 0 it does not.
	closes struct {
		At int64  `json:"at"`
		To string `json:"to,omitempty"`
	}
)

// private is the opened private part of a command.
type private struct {
	Text    *string  `json:"text,omitempty"`
	Name    *string  `json:"name,omitempty"`
	Note    *string  `json:"note,omitempty"`
	Title   *string  `json:"title,omitempty"`
	Options []string `json:"options,omitempty"`
	Ends    []string `json:"ends,omitempty"`
	Words   []string `json:"words,omitempty"`
}

// wordsOf makes a text of a measure and of the private bytes, if those are there.
func wordsOf(t *fold.Turn, n measure, text *string) words {
	w := words{At: t.Offset, Size: n.Size, Sum: n.Sum, Gone: text == nil}
	if text != nil {
		w.Text = *text
	}
	return w
}

// idLen is the length of a ULID.
const idLen = 26

// idHead and idTail lie around the id in arguments that Prepare wrote. Votes
// are nearly all of a log, so they are read by their shape; what has another
// shape is left to encoding/json.
const idHead = `{"id":"`

// splitID returns the id and what follows it.
func splitID(args []byte) (id, rest []byte, ok bool) {
	if len(args) < len(idHead)+idLen+1 || string(args[:len(idHead)]) != idHead {
		return nil, nil, false
	}
	id, rest = args[len(idHead):len(idHead)+idLen], args[len(idHead)+idLen:]
	return id, rest, strict.ValidULID(string(id))
}

// readVote reads the arguments of a vote. The id aliases args.
func readVote(args []byte) (id []byte, value vote, ok bool) {
	if id, rest, ok := splitID(args); ok {
		switch string(rest) {
		case `","on":true}`:
			return id, up, true
		case `","on":false}`:
			return id, none, true
		}
	}
	var a voteArgs
	switch {
	case json.Unmarshal(args, &a) != nil:
		return nil, none, false
	case !a.On:
		return []byte(a.ID), none, true
	case a.Down:
		return []byte(a.ID), down, true
	}
	return []byte(a.ID), up, true
}

// none reports whether an answer is taken back.
func (a *answerArgs) none() bool {
	return len(a.Choice) == 0 && len(a.Ranks) == 0 && len(a.Points) == 0 && a.Number == nil && len(a.Words) == 0
}

// form is what the answer consists of, formNone if of several things.
func (a *answerArgs) form() form {
	found := formNone
	for f, has := range [...]bool{
		formChoice: len(a.Choice) > 0, formRanking: len(a.Ranks) > 0, formPoints: len(a.Points) > 0,
		formNumber: a.Number != nil, formWords: len(a.Words) > 0,
	} {
		switch {
		case has && found != formNone:
			return formNone
		case has:
			found = form(f)
		}
	}
	return found
}

// readAnswer reads the arguments of an answer.
func readAnswer(args []byte) (a answerArgs, ok bool) {
	const mid, end = `","choice":[`, `]}`
	if id, rest, ok := splitID(args); ok && len(rest) > len(mid)+len(end) &&
		string(rest[:len(mid)]) == mid && string(rest[len(rest)-len(end):]) == end {
		if options, ok := readNumbers(rest[len(mid) : len(rest)-len(end)]); ok {
			return answerArgs{ID: string(id), Choice: options}, true
		}
	}
	if json.Unmarshal(args, &a) != nil || len(a.Ranks) > MaxOptions || len(a.Words) > MaxWordsEach {
		return a, false
	}
	return a, true
}

// readNumbers reads small numbers between commas.
func readNumbers(b []byte) ([]int, bool) {
	var out []int
	start := 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && b[i] != ',' {
			continue
		}
		n, err := strconv.ParseUint(string(b[start:i]), 10, 16)
		if err != nil {
			return nil, false
		}
		out = append(out, int(n))
		start = i + 1
	}
	return out, true
}

// valid reports whether it is said who is meant, once.
func (a *blockArgs) valid(version uint16) bool {
	switch {
	case a.Poll != "":
		return version >= 4 && a.ID == "" && a.Player == 0 && a.N > 0 && a.N <= MaxTerms
	case a.Player != 0:
		return version >= 4 && a.ID == "" && a.N == 0 && a.Player > 0 && a.Player < 1<<31
	}
	return a.N == 0
}
