package document

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

func TestMembers(t *testing.T) {
	for name, x := range map[string]struct {
		in   string
		want []string
		bad  bool
	}{
		"Empty":   {` { } `, nil, false},
		"Values":  {`{"a":1,"b":"x","c":null,"d":true,"e":-1.5e3}`, []string{"a 1", `b "x"`, "c null", "d true", "e -1.5e3"}, false},
		"Nested":  {`{"a":{"b":[1,{"c":"}]"}]},"d":[]}`, []string{`a {"b":[1,{"c":"}]"}]}`, "d []"}, false},
		"Spaces":  {"{\n \"a\" : 1 ,\t\"b\":[ 1 , 2 ]\r}", []string{"a 1", "b [ 1 , 2 ]"}, false},
		"Escapes": {`{"a\"b":"\\","c":"\""}`, []string{`a\"b "\\"`, `c "\""`}, false},

		"Nothing":        {``, nil, true},
		"Array":          {`[1]`, nil, true},
		"Cut":            {`{"a":1`, []string{"a 1"}, true},
		"CutInValue":     {`{"a":{"b":1`, nil, true},
		"CutInString":    {`{"a":"b\`, nil, true},
		"NoColon":        {`{"a" 1}`, nil, true},
		"NoValue":        {`{"a":}`, nil, true},
		"NoComma":        {`{"a":1"b":2}`, []string{"a 1"}, true},
		"SomethingAfter": {`{"a":1}{`, []string{"a 1"}, true},
		"TooDeep":        {`{"a":` + string(slices.Repeat([]byte("["), maxDepth+1)) + `}`, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			err := members([]byte(x.in), func(name, value []byte) error {
				got = append(got, string(name)+" "+string(value))
				return nil
			})
			if !slices.Equal(got, x.want) || (err != nil) != x.bad {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	if n, err := number([]byte("1790000000000")); n != 1790000000000 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, bad := range []string{"", "-1", "1.5", "1e3", `"1"`, "9999999999999999999"} {
		if n, err := number([]byte(bad)); err == nil {
			t.Errorf("%s is read as %d", bad, n)
		}
	}
}

// FuzzEntities says that a document that encoding/json takes is read the same
// here, and that nothing at all brings the scanner down.
func FuzzEntities(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"votes":{"q":{"n":1}}}`, `{"a":{"b":null,"c":[{"d":"\"}"}]},"e":{}}`, `{"a":1}`, `{"a":{"b":`, "{\"a\" :\n{ \"b\":1 } }",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := entities(doc)
		want, ok := byLibrary(doc)
		if !ok {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", doc, err)
		}
		if !maps.Equal(got, want) {
			t.Errorf("%q is read as %q, want %q", doc, got, want)
		}
	})
}

// byLibrary reads a document with encoding/json, unless names are spelled with
// escapes or come twice, or are no UTF-8: there it and we mean different things,
// and no hub writes them.
func byLibrary(doc []byte) (map[string]string, bool) {
	var kinds map[string]map[string]json.RawMessage
	if json.Unmarshal(doc, &kinds) != nil || kinds == nil {
		return nil, false
	}
	out, n := make(map[string]string), 0
	for kind, inner := range kinds {
		if inner == nil {
			return nil, false
		}
		for id, e := range inner {
			out[kind+"/"+id] = string(e)
		}
		n += len(inner)
	}
	seen, plain := 0, len(out) == n
	_ = members(doc, func(kind, inner []byte) error {
		plain = plain && kinds[string(kind)] != nil
		return members(inner, func(id, _ []byte) error {
			seen++
			_, ok := kinds[string(kind)][string(id)]
			plain = plain && ok
			return nil
		})
	})
	return out, plain && seen == n
}
