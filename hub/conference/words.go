package conference

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// wordList is a part of an organiser's list of words in one language: long lists
// come in several commands. Questions with one of the words are held for a
// moderator. It is also its own form in a snapshot.
type wordList struct {
	Lang string
	Part int
	N    int
	List fold.Held[[]string]
	R    fold.Register `json:",omitzero"`
}

type (
	wordsArgs struct {
		Lang string   `json:"lang"`
		Part int      `json:"part"`
		N    int      `json:"n"`
		Sum  fold.Sum `json:"sum"`
	}
	wordsPrivate struct {
		Words []string `json:"words"`
	}
	wordsView struct {
		Lang string `json:"lang"`
		N    int    `json:"n"`
		Gone bool   `json:"gone,omitempty"`
	}
)

func (w *wordList) id() string { return wordsID(w.Lang, w.Part) }

func wordsID(lang string, part int) string { return fmt.Sprintf("%s-%d", lang, part) }

func (a *wordsArgs) valid() bool {
	return validLang(a.Lang) && a.Part >= 1 && a.Part <= MaxWordParts && a.N >= 0 && a.N <= MaxWords
}

func validLang(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return len(s) >= 2 && len(s) <= maxLang
}

// words reads a part of a list: words or short phrases, none twice as they are
// heard.
func (r *reader) words() (args, texts any) {
	a := wordsArgs{Lang: r.Text("lang"), Part: int(r.Number("part"))}
	var list, kept []string
	r.Need("words", &list)
	seen := map[string]bool{}
	for _, word := range list {
		word = strict.Line(word)
		heard := strict.Letters(word)
		switch {
		case len(word) > MaxWord:
			r.Fail(oplog.TooLong)
		case heard == "":
			r.Fail(oplog.BadText)
		case !seen[heard]:
			seen[heard] = true
			kept = append(kept, word)
		}
	}
	if a.N = len(kept); a.N > MaxWords {
		r.Fail(oplog.TooMany)
	}
	b, err := json.Marshal(kept)
	if err != nil || !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	a.Sum = sumOf(r.key, "words", string(b))
	return a, wordsPrivate{Words: kept}
}

// putWords judges a part of a list that takes the place of the one that was
// there; one without words takes it away.
func (m *Machine) putWords(t *fold.Turn) oplog.Outcome {
	var a wordsArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	id := wordsID(a.Lang, a.Part)
	w := m.words[id]
	if w == nil {
		if len(m.words) >= MaxWordLists {
			return oplog.Refuse(oplog.TooMany)
		}
		w = &wordList{Lang: a.Lang, Part: a.Part}
	}
	o, differs := fold.Set(t, fold.Field{Register: &w.R, Same: w.N == a.N && !w.List.Differs(a.Sum), Put: func() {
		w.N = a.N
		w.List = fold.Held[[]string]{At: t.Offset, Sum: a.Sum, Value: fold.Opened[wordsPrivate](t.Command).Words}
	}})
	if !o.Accepted() || o.Again || t.Dry {
		return o
	}
	m.words[id] = w
	m.texts.Bring(t)
	if differs {
		m.wordsAt = t.Offset
		if w.N > 0 {
			m.show(t, kindWords, id)
		} else {
			m.hide(t, kindWords, id)
		}
	}
	return o
}

// Words are all words of all lists, and when they last changed: what has not
// changed since need not be read again.
func (m *Machine) Words() (list []string, at oplog.Offset) {
	for _, w := range m.wordsInOrder() {
		list = append(list, w.List.Value...)
	}
	return list, m.wordsAt
}

func (m *Machine) wordsInOrder() []*wordList {
	out := make([]*wordList, 0, len(m.words))
	for _, w := range m.words {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b *wordList) int { return cmp.Compare(a.id(), b.id()) })
	return out
}
