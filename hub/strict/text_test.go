package strict_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"majlis/hub/strict"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"SpaceTrimmedAndCollapsed", " \t a \n\n b\u00a0\u3000c ", "a b c"},
		{"ComposedToNFC", "e\u0301te\u0301", "été"},
		{"ControlsGo", "a\x00b\x1b[31mc\u0085", "ab[31mc"},
		{"OverridesGo", "\u202eevil\u202c \u2066x\u2069\u200f\u200e", "evil x"},
		{"ZeroWidthGoes", "pay\u200bp\ufeffal\u00ad", "paypal"},
		{"JoinersBetweenLatinLettersGo", "pay\u200cpal\u200d", "paypal"},
		{"PersianKeepsItsNonJoiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"HindiKeepsItsJoiner", "क्\u200dष", "क्\u200dष"},
		{"JoinerAtTheEndGoes", "می\u200c", "می"},
		{"FamilyStaysTogether", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"},
		{"RegionalFlagStays", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"},
		{"SmuggledTagsGo", "hi\U000e0068\U000e0069", "hi"},
		{"SmuggledSelectorsGo", "hi\U000e0150\ufe05", "hi"},
		{"FillersGo", "\u3164\u115f\u1160\uffa0\u034f", ""},
		{"BrailleBlankIsSpace", "a\u2800\u2800b", "a b"},
		{"TowersAreCut", "Z" + strings.Repeat("\u0336", 50) + "o", "Z" + strings.Repeat("\u0336", 4) + "o"},
		{"ArabicYearSignStays", "\u0601\u0661\u0662", "\u0601\u0661\u0662"},
		{"NoncharactersAndPrivateOnesGo", "a\uffff\ue000\U0010ffffb", "ab"},
		{"BrokenBytesAreMarked", "bad\xffbyte", "bad\ufffdbyte"},
		{"NothingButNothing", "\u200b \u200e\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strict.Line(tt.in); got != tt.want {
				t.Errorf("%+q, want %+q", got, tt.want)
			}
		})
	}
}

// shared opens a file of the shared test data, or skips.
func shared(t *testing.T, path string) []byte {
	t.Helper()
	for dir := ".."; ; dir = filepath.Join("..", dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			b, err := os.ReadFile(filepath.Join(dir, "..", "shared", "testdata", path))
			if err != nil {
				t.Skipf("the shared test data is not beside the repository: %v", err)
			}
			return b
		}
		if len(dir) > 100 {
			t.Skip("no go.mod above this package")
		}
	}
}

// TestLineLeavesRealQuestionsAlone: what real people ask, in six languages,
// passes as it is.
func TestLineLeavesRealQuestionsAlone(t *testing.T) {
	n := 0
	for line := range strings.Lines(string(shared(t, "text/questions.tsv"))) {
		_, text, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if !ok {
			continue
		}
		n++
		if got := strict.Line(text); got != strings.Join(strings.Fields(text), " ") {
			t.Errorf("%+q became %+q", text, got)
		}
	}
	if n < 400 {
		t.Errorf("only %d questions read", n)
	}
}

// TestLineLeavesEmojiAlone: every fully-qualified emoji stays one character.
func TestLineLeavesEmojiAlone(t *testing.T) {
	n := 0
	lines := bufio.NewScanner(strings.NewReader(string(shared(t, "text/emoji-test.txt"))))
	for lines.Scan() {
		codes, rest, ok := strings.Cut(lines.Text(), ";")
		if !ok || !strings.HasPrefix(strings.TrimSpace(rest), "fully-qualified") {
			continue
		}
		var b strings.Builder
		for _, code := range strings.Fields(codes) {
			r, err := strconv.ParseUint(code, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteRune(rune(r))
		}
		n++
		got := strict.Line(b.String())
		if got != b.String() || uniseg.GraphemeClusterCount(got) != 1 {
			t.Errorf("%+q became %+q, %d characters", b.String(), got, uniseg.GraphemeClusterCount(got))
		}
	}
	if n < 3000 {
		t.Errorf("only %d emoji read", n)
	}
}

func TestNaughtyStringsAreCleanedOnce(t *testing.T) {
	var naughty []string
	if err := json.Unmarshal(shared(t, "text/blns.json"), &naughty); err != nil {
		t.Fatal(err)
	}
	for _, s := range naughty {
		checkLine(t, s)
	}
}

func checkLine(t *testing.T, s string) {
	t.Helper()
	once := strict.Line(s)
	if twice := strict.Line(once); twice != once {
		t.Errorf("%+q became %+q, then %+q", s, once, twice)
	}
	if !utf8.ValidString(once) || strings.ContainsAny(once, "\u202e\u202d\u2066\u2067\u2068\u200b\n\r\t\x00") {
		t.Errorf("%+q became %+q", s, once)
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"a", " a\u0301\u0327 ", "می\u200cخواهم", "👩\u200d🚀", "🏴\U000e0067\U000e007f", "\u1100\u1161\u200b\u11a8", "क\u200b\u094d\u200dष"} {
		f.Add(s)
	}
	f.Fuzz(checkLine)
}
