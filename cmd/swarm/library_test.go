package main

import (
	"fmt"
	"slices"
	"testing"

	"majlis/hub/entity/reducer"
)

func patch(from, to int, doc string) []byte {
	return fmt.Appendf(nil, `{"t":"patch","topic":"session/opening","view":1,"epoch":"k","from":%d,"to":%d,"h":"%016x","doc":%s}`, from, to, to, doc)
}

// follow applies patches one after another.
func follow(t *testing.T, l *library, patches ...[]byte) *state {
	t.Helper()
	s := l.nobody
	for _, p := range patches {
		f, err := l.patch(p)
		if err != nil {
			t.Fatal(err)
		}
		s = l.apply(s, f).next
	}
	return s
}

func TestPhonesThatHoldTheSameShareIt(t *testing.T) {
	l := newLibrary()
	a := follow(t, l, patch(0, 3, `{"votes":{"Q":{"n":1}}}`), patch(3, 5, `{"votes":{"Q":{"n":2}}}`), patch(5, 9, `{"votes":{"R":{"n":1}}}`))
	b := follow(t, l, patch(0, 5, `{"votes":{"Q":{"n":2}}}`), patch(4, 9, `{"votes":{"R":{"n":1}}}`))
	if a != b {
		t.Errorf("two ways to the same document gave two: %v and %v", a, b)
	}
	c := follow(t, l, patch(0, 9, `{"votes":{"Q":{"n":3},"R":{"n":1}}}`))
	if c == a {
		t.Error("another document at the same place was taken for the same")
	}
}

func TestWhatOnePhoneHoldsDoesNotChangeWhenAnotherGoesOn(t *testing.T) {
	l := newLibrary()
	a := follow(t, l, patch(0, 3, `{"votes":{"Q":{"n":1}}}`))
	f, err := l.patch(patch(3, 5, `{"votes":{"Q":null,"R":{"n":1}}}`))
	if err != nil {
		t.Fatal(err)
	}
	b := l.apply(a, f).next
	if string(a.Doc["votes"]["Q"]) != `{"n":1}` || len(a.Doc["votes"]) != 1 {
		t.Errorf("the first phone's document became %s", a.Doc)
	}
	if len(b.Doc["votes"]) != 1 || string(b.Doc["votes"]["R"]) != `{"n":1}` {
		t.Errorf("the second phone's document is %s", b.Doc)
	}
}

func TestTheLibraryJudgesFramesAsAClientDoes(t *testing.T) {
	l := newLibrary()
	s := follow(t, l, patch(0, 10, `{}`))
	for name, x := range map[string]struct {
		patch []byte
		want  reducer.Verdict
	}{
		"Passed":  {patch(4, 10, `{"votes":{"Q":{"n":1}}}`), reducer.Passed},
		"Behind":  {patch(11, 12, `{"votes":{"Q":{"n":1}}}`), reducer.Behind},
		"Applied": {patch(9, 12, `{"votes":{"Q":{"n":1}}}`), reducer.Applied},
	} {
		f, err := l.patch(x.patch)
		if err != nil {
			t.Fatal(err)
		}
		got := l.apply(s, f)
		if got.verdict != x.want || (got.next == s) != (x.want != reducer.Applied) {
			t.Errorf("%s: %v", name, got.verdict)
		}
	}
}

func TestAppearedAreTheQuestionsThatBecameLive(t *testing.T) {
	l := newLibrary()
	s := follow(t, l, patch(0, 1, `{"question":{"A":{"state":"live"},"B":{"state":"pending"}}}`))
	f, err := l.patch(patch(1, 2, `{"question":{"A":{"state":"live","edited":true},"B":{"state":"live"},"C":{"state":"live"},"D":{"state":"answered"},"E":null}}`))
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(slices.Values(l.apply(s, f).appeared))
	if !slices.Equal(got, []string{"B", "C"}) {
		t.Errorf("appeared %v, want B and C", got)
	}
}

func TestTheViewFollowsTheDocument(t *testing.T) {
	l := newLibrary()
	s := follow(t, l,
		patch(0, 1, `{"session":{"_":{"live":false,"qa":"open","moderation":true}}}`),
		patch(1, 2, `{"session":{"_":{"live":true,"qa":"votes","moderation":false}},"question":{"A":{"state":"live"},"B":{"state":"pending"}}}`),
		patch(2, 3, `{"poll":{"P":{"kind":"multiple","state":"open","min":1,"max":2,"options":[{"id":1},{"id":2}]},"D":{"kind":"single","state":"draft"},"E":{"kind":"nps","state":"draft","in":"S"},"S":{"kind":"survey","state":"open"},"C":{"kind":"nps","state":"closed"}}}`),
		patch(3, 4, `{"votes":{"A":{"n":1}}}`),
	)
	v := s.board()
	if !v.live || v.qa != "votes" || v.moderation || len(v.questions) != 1 || len(v.pending) != 1 || len(v.drafts) != 1 || len(v.kinds) != 4 {
		t.Errorf("view %+v", v)
	}
	if len(v.polls) != 1 || v.polls[0].id != "P" || v.polls[0].max != 2 || !slices.Equal(v.polls[0].options, []int{1, 2}) {
		t.Errorf("polls %+v", v.polls)
	}
}

func TestTheLibraryForgets(t *testing.T) {
	l := newLibrary()
	s := follow(t, l, patch(0, 1, `{}`))
	for i := 1; i < 5*generation; i++ {
		f, err := l.patch(patch(i, i+1, fmt.Sprintf(`{"votes":{"Q":{"n":%d}}}`, i)))
		if err != nil {
			t.Fatal(err)
		}
		s = l.apply(s, f).next
	}
	if n := len(l.states.young) + len(l.states.old); n > 2*generation {
		t.Errorf("%d documents are kept, want at most %d", n, 2*generation)
	}
	if s.Pos.Offset != 5*generation {
		t.Errorf("at %d", s.Pos.Offset)
	}
}
