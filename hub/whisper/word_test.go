package whisper

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"majlis/hub/oplog"
)

func word() *Word {
	w := &Word{Node: Node{ID: "abc", Name: "hall-1:8080", Version: "1.2", Rules: map[oplog.Kind]uint16{"session": 3}, Since: 9, Connections: 4, Ready: true}}
	w.Whole = true
	w.Tell("session/opening", Said{
		People: 812, Pace: map[string]int{"fast": 3}, Shown: map[string]int{"heart": 1},
		Mark: &Mark{Offset: 512, Chain: "ab", Digest: "cd"},
	})
	w.Spent = map[string]map[string]int{"commands": {"x": 3}}
	return w
}

func TestWordThereAndBack(t *testing.T) {
	w := word()
	b, err := encode(w)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(b)
	if err != nil || !reflect.DeepEqual(got, w) {
		t.Errorf("said  %+v\nheard %+v, %v", w, got, err)
	}
}

func TestWordsThatAreNone(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":             "",
		"another version":     `{"v":2,"node":{"id":"a"}}`,
		"nobody":              `{"v":1}`,
		"a long name":         fmt.Sprintf(`{"v":1,"node":{"id":"a","name":%q}}`, strings.Repeat("n", maxName+1)),
		"longer than a word":  `{"v":1,"node":{"id":"a"}}` + strings.Repeat(" ", maxWord),
		"a text for a number": `{"v":1,"node":{"id":"a"},"topics":{"session/x":{"people":"many"}}}`,
	} {
		if w, err := decode([]byte(text)); err == nil {
			t.Errorf("%s: heard %+v", name, w)
		}
	}
	if _, err := decode([]byte(`{"v":1,"node":{"id":"a","new":1},"topics":{"session/x":{"people":1,"new":{}}},"new":[]}`)); err != nil {
		t.Errorf("a newer node says more, and is not heard: %v", err)
	}
}

// A word that would be too long is not said, and topics beyond the limit are left out.
func TestWordHasBounds(t *testing.T) {
	w := word()
	for i := range 2 * MaxTopics {
		w.Tell(oplog.Topic(fmt.Sprint("session/", i)), Said{People: 1})
	}
	if b, err := encode(w); err != nil || len(w.Topics) != MaxTopics {
		t.Errorf("%d topics in %d bytes, %v", len(w.Topics), len(b), err)
	}
	w.Node.Name = strings.Repeat("n", maxWord)
	if _, err := encode(w); err == nil {
		t.Error("a word that nobody hears was said")
	}
}

// FuzzDecode: whatever is heard is bounded, and can be said.
func FuzzDecode(f *testing.F) {
	if b, err := encode(word()); err == nil {
		f.Add(b)
	}
	f.Add([]byte(`{"v":1,"node":{"id":"a","connections":-1},"topics":{"session/x":{"people":99999999999,"shown":{"heart":-3}}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := decode(b)
		if err != nil {
			return
		}
		for _, s := range w.Topics {
			for _, n := range append([]int{s.People}, values(s.Pace, s.Shown)...) {
				if n < 0 || n > maxCount {
					t.Errorf("heard %d of %q", n, b)
				}
			}
		}
		if _, err := json.Marshal(w); err != nil {
			t.Error(err)
		}
	})
}

func values(all ...map[string]int) (out []int) {
	for _, m := range all {
		for _, n := range m {
			out = append(out, n)
		}
	}
	return out
}
