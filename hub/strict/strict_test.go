package strict_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

func TestObjects(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		want oplog.Reason
	}{
		"plain":                {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true}`, ""},
		"unknown member":       {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true,"x":1}`, oplog.BadCommand},
		"missing member":       {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}`, oplog.BadCommand},
		"another case":         {`{"ID":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true}`, oplog.BadCommand},
		"a member twice":       {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true,"on":false}`, oplog.BadCommand},
		"null":                 {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":null}`, oplog.BadCommand},
		"another type":         {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":"yes"}`, oplog.BadCommand},
		"no ULID":              {`{"id":"01arz3ndektsv4rrffq69g5fav","on":true}`, oplog.BadCommand},
		"something behind it":  {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true} 1`, oplog.BadCommand},
		"a list":               {`[]`, oplog.BadCommand},
		"nothing":              {``, oplog.BadCommand},
		"not UTF-8":            {"{\"id\":\"\xff\"}", oplog.NotUTF8},
		"larger than it may":   {`{"id":"` + strings.Repeat("x", 300) + `"}`, oplog.TooBig},
		"an unfinished object": {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true`, oplog.BadCommand},
	} {
		t.Run(name, func(t *testing.T) {
			o, why := strict.Read([]byte(c.raw), 200)
			if why == "" {
				on := false
				o.ULID("id")
				o.Need("on", &on)
				why = o.End()
			}
			if why != c.want {
				t.Errorf("%q, want %q", why, c.want)
			}
		})
	}
}

func TestNestedMembersAreStrictToo(t *testing.T) {
	o, _ := strict.Read([]byte(`{"a":{"b":1,"c":2}}`), 100)
	var a struct{ B int }
	o.Need("a", &a)
	if o.End() != oplog.BadCommand {
		t.Error("an unknown member of a nested object is taken")
	}
}

func TestLines(t *testing.T) {
	for in, want := range map[string]string{
		"  a \t b\n":       "a b",
		"e\u0301":          "é",
		"a\u202eb\u2066c":  "abc",
		"a\x00\x07b":       "ab",
		"سلام\u200f":       "سلام\u200f",
		"soft\u00adhyphen": "soft\u00adhyphen",
		"👩\u200d🔬":         "👩\u200d🔬",
		"\ufeffa\u200bb":   "ab",
		"bad\xffbyte":      "bad\ufffdbyte",
		"tag\U000e0041s":   "tags",
	} {
		if got := strict.Line(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestProse(t *testing.T) {
	if got, want := strict.Prose("\r\na  \r\n\r\n\n\nb\u2028c\x00\t"), "a\n\nb\nc"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		for name, clean := range map[string]func(string) string{"Line": strict.Line, "Prose": strict.Prose} {
			once := clean(s)
			if twice := clean(once); twice != once {
				t.Fatalf("%s: %q became %q, then %q", name, s, once, twice)
			}
			if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
				t.Fatalf("%s: %q is not normal", name, once)
			}
		}
	})
}

func TestCutKeepsItsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(0, 60, -1).Draw(t, "text")
		limit := rapid.IntRange(3, 80).Draw(t, "limit")
		got, cut := strict.Cut(s, limit)
		b, err := json.Marshal(strings.NewReplacer("<", "x", ">", "x", "&", "x").Replace(got))
		if err != nil || len(b)-2 > limit {
			t.Fatalf("%q has %d bytes as JSON, limit %d", got, len(b)-2, limit)
		}
		if cut != (strict.JSONSize(s)-2 > limit) || !cut && got != s || !utf8.ValidString(got) && utf8.ValidString(s) {
			t.Fatalf("%q became %q (%v), limit %d", s, got, cut, limit)
		}
	})
}
