package strict_test

import (
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
		"a fraction":           {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":1.0}`, oplog.BadCommand},
		"a lone surrogate":     {`{"id":"\ud800","on":true}`, oplog.BadCommand},
		"nine levels":          {`{"id":[[[[[[[[1]]]]]]]],"on":true}`, oplog.BadCommand},
		"an unfinished object": {`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true`, oplog.BadCommand},
	} {
		t.Run(name, func(t *testing.T) {
			var o strict.Object
			on := false
			o.Read([]byte(c.raw), 200)
			o.ULID("id")
			o.Need("on", &on)
			if why := o.End(); why != c.want {
				t.Errorf("%q, want %q", why, c.want)
			}
		})
	}
}

func TestNestedMembersAreStrictToo(t *testing.T) {
	var o strict.Object
	o.Read([]byte(`{"a":{"b":1,"c":2}}`), 100)
	var a struct{ B int }
	o.Need("a", &a)
	if o.End() != oplog.BadCommand {
		t.Error("an unknown member of a nested object is taken")
	}
}

func TestMembersAreTakenOnce(t *testing.T) {
	var o strict.Object
	o.Read([]byte(`{"a":"x\u0041","b":7,"c":null}`), 100)
	if a, b, again := o.Text("a"), o.Number("b"), o.Text("a"); a != "xA" || b != 7 || again != "" || o.Has("a") || !o.Has("c") {
		t.Errorf("%q, %d, then %q", a, b, again)
	}
	if o.Text("c"); o.End() != oplog.BadCommand {
		t.Error("null is taken for a text")
	}
}

func TestOffsetsToRedact(t *testing.T) {
	for raw, want := range map[string]oplog.Reason{
		`{"offsets":[1,2]}`: "", `{"offsets":[]}`: oplog.BadCommand, `{}`: oplog.BadCommand, `{"offsets":[-1]}`: oplog.BadCommand,
		`{"offsets":[1,2,3]}`: oplog.TooMany,
	} {
		var o strict.Object
		o.Read([]byte(raw), 100)
		if o.Redact(2); o.End() != want {
			t.Errorf("%s: %q, want %q", raw, o.End(), want)
		}
	}
}

func TestDecode(t *testing.T) {
	var v struct {
		Role  string `json:"role"`
		Hours int    `json:"hours"`
	}
	if err := strict.Decode([]byte(`{"role":"moderator","hours":3}`), &v); err != nil || v.Role != "moderator" || v.Hours != 3 {
		t.Fatalf("%+v, %v", v, err)
	}
	for name, body := range map[string]string{
		"twice": `{"role":"a","role":"b"}`, "variant": `{"Role":"a"}`, "unknown": `{"rule":"a"}`, "trailing": `{} {}`,
		"array": `[]`, "not UTF-8": "{\"role\":\"\xff\"}", "nothing": "", "wrong type": `{"hours":"3"}`, "fraction": `{"hours":3.0}`,
	} {
		if strict.Decode([]byte(body), &v) == nil {
			t.Errorf("%s was taken: %s", name, body)
		}
	}
}

func TestProse(t *testing.T) {
	const in, want = "\r\na  \r\n\r\n\n\n  * b\u2028\tc\u202e   d\x00\t\n \u200b", "a\n\n  * b\n c d"
	if got := strict.Prose(in); got != want {
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
		if n := strict.TextSize(got); n > limit || n != strict.JSONSize(got)-2 {
			t.Fatalf("%q has %d or %d bytes as JSON, limit %d", got, n, strict.JSONSize(got)-2, limit)
		}
		if cut != (strict.TextSize(s) > limit) || !cut && got != s || !utf8.ValidString(got) && utf8.ValidString(s) {
			t.Fatalf("%q became %q (%v), limit %d", s, got, cut, limit)
		}
	})
}
