package lang

import (
	"strings"
	"unicode"
)

// Known are the languages that [Of] may name, by their subtag (BCP 47).
var Known = []string{
	"ar", "be", "bn", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hy", "it", "ja", "ka", "kk",
	"ko", "pt", "ru", "sr", "th", "uk", "ur", "zh",
}

// Of tells what language a text is in; empty if it cannot be told.
func Of(text string) string {
	n := count(text)
	script, most := "", 0
	for _, one := range scripts {
		if n[one] > most {
			script, most = one, n[one]
		}
	}
	switch script {
	case "":
		return ""
	case han, kana:
		return eastern(n)
	case latin:
		// A name in Latin letters does not make a Chinese question English: one
		// character of Han says as much as a word.
		if n[han] > 0 && 3*n[han] >= n[latin] {
			return eastern(n)
		}
		return ofLatin(text)
	}
	return single(script, text)
}

// Dir is the direction in which a language is written: "rtl", "ltr", or empty
// for no language.
func Dir(language string) string {
	switch language {
	case "":
		return ""
	case "ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb":
		return "rtl"
	}
	return "ltr"
}

// eastern tells Japanese, which no sentence of is without kana, from Chinese.
func eastern(n map[string]int) string {
	if n[kana] > 0 && 4*n[kana] >= n[han] {
		return "ja"
	}
	return "zh"
}

// single picks among the languages of one script by letters that only some have.
func single(script, text string) string {
	text = strings.ToLower(text)
	for _, d := range distinct[script] {
		hits := 0
		for _, r := range text {
			if strings.ContainsRune(d.letters, r) {
				hits++
			}
		}
		if hits >= d.least {
			return d.lang
		}
	}
	return usual[script]
}

// count counts letters by script. What is written in any is left out.
func count(text string) map[string]int {
	n := make(map[string]int, 4)
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, name := range scripts {
			if unicode.Is(tables[name], r) || name == kana && unicode.Is(unicode.Katakana, r) {
				n[name]++
				break
			}
		}
	}
	return n
}
