package lang_test

import (
	"bufio"
	"hash/crc32"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"majlis/hub/lang"
)

// questions is where the shared questions lie, beside the project.
const questions = "../../../shared/testdata/text/questions.tsv"

// TestRealQuestions holds the detector against real questions in six languages.
// It was made with half of them in sight; the half that was held out is counted
// by itself, and must be as good.
func TestRealQuestions(t *testing.T) {
	f, err := os.Open(questions)
	if err != nil {
		t.Skipf("the shared questions are not here: %v", err)
	}
	defer f.Close()
	type score struct{ right, all, wrong int }
	seen, held := map[string]score{}, map[string]score{}
	for s := bufio.NewScanner(f); s.Scan(); {
		want, text, _ := strings.Cut(s.Text(), "\t")
		half := held // looked at by nobody
		if crc32.ChecksumIEEE(s.Bytes())%2 == 0 {
			half = seen
		}
		got := lang.Of(text)
		n := half[want]
		n.all++
		switch got {
		case want:
			n.right++
		case "":
		default:
			n.wrong++
		}
		half[want] = n
	}
	var sum score
	for _, want := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		s, h := seen[want], held[want]
		t.Logf("%s: seen %d of %d, held out %d of %d (%d wrong)", want, s.right, s.all, h.right, h.all, h.wrong)
		sum.right, sum.all, sum.wrong = sum.right+h.right, sum.all+h.all, sum.wrong+h.wrong
		if 10*h.right < 9*h.all {
			t.Errorf("%s: %d of %d that were held out are right, want nine of ten", want, h.right, h.all)
		}
	}
	t.Logf("held out: %d of %d right, %d wrong", sum.right, sum.all, sum.wrong)
	if sum.all < 100 {
		t.Errorf("only %d questions were held out", sum.all)
	}
}

func TestOf(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"12:30?":                  "",
		"🤔🤔":                      "",
		"OECD":                    "",
		"Wer bezahlt das Wasser?": "de",
		"Chi paga per l'acqua?":   "it",
		"Quem paga pela água?":    "pt",
		"Хто платить за воду і світло?":      "uk",
		"چه کسی پول آب را می\u200cپردازد؟":   "fa",
		"水はだれが払いますか":                         "ja",
		"누가 물값을 냅니까?":                        "ko",
		"מי משלם על המים?":                   "he",
		"您怎么看 NATO 和 WHO 的报告？":               "zh",
		"ما رأيكم في تقرير OECD الأخير؟":     "ar",
		"Что вы думаете о докладе OECD/WHO?": "ru",
		"Who pays for the 水?":                "en",
	} {
		if got := lang.Of(text); got != want {
			t.Errorf("%q is taken for %q, want %q", text, got, want)
		}
	}
}

func TestDir(t *testing.T) {
	for language, want := range map[string]string{"": "", "ar": "rtl", "he": "rtl", "en": "ltr", "zh": "ltr", "xx": "ltr"} {
		if got := lang.Dir(language); got != want {
			t.Errorf("%q: %q, want %q", language, got, want)
		}
	}
}

// FuzzOf: whatever the text, the answer is one of those known, or none.
func FuzzOf(f *testing.F) {
	for _, s := range []string{"", "\xff", "¿Qué?", "你好", strings.Repeat("é", 4000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := lang.Of(s)
		if got != "" && !slices.Contains(lang.Known, got) {
			t.Errorf("%q of %q (valid %t)", got, s, utf8.ValidString(s))
		}
	})
}

func BenchmarkOf(b *testing.B) {
	const text = "Which of today's promises will be measured, by whom, and where can we read it?"
	b.ReportAllocs()
	for b.Loop() {
		lang.Of(text)
	}
}
