package strict_test

import (
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/strict"
)

func TestHeard(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"Life", "LIFE"},
		{"Straße", "STRASSE"},
		{"ﬁne", "fine"},
		{"ＷＡＴＥＲ", "water"},
		{"حَيَاة", "حياة"},
		{"حيـــاة", "حياة"},
		{"the  weather", "The Weather"},
		{"שָׁלוֹם", "שלום"},
		{"İstanbul", "istanbul"},
		{"Ꭰ", "ꭰ"},
		{"\u2764", "\u2764\ufe0f"},
	} {
		if strict.Heard(tt.a) != strict.Heard(tt.b) {
			t.Errorf("%q and %q are heard as %q and %q", tt.a, tt.b, strict.Heard(tt.a), strict.Heard(tt.b))
		}
	}
	for _, tt := range []struct{ a, b string }{
		{"C", "C++"}, {"й", "и"}, {"أب", "اب"}, {"weather bug", "weatherbug"}, {"e", "é"}, {"🙂", "🙁"},
	} {
		if strict.Heard(tt.a) == strict.Heard(tt.b) {
			t.Errorf("%q and %q are heard the same: %q", tt.a, tt.b, strict.Heard(tt.a))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := strict.Heard(s); strict.Heard(once) != once {
			t.Fatalf("%q is heard as %q, and that as %q", s, once, strict.Heard(once))
		}
	})
}
