package lang

import "unicode"

const (
	han   = "Han"
	kana  = "Hiragana"
	latin = "Latin"
)

// scripts are those that are told apart, the usual ones first.
var scripts = []string{
	latin, "Arabic", "Cyrillic", han, kana, "Hangul", "Devanagari", "Hebrew", "Greek", "Thai", "Bengali", "Georgian", "Armenian",
}

var tables = map[string]*unicode.RangeTable{
	latin: unicode.Latin, "Arabic": unicode.Arabic, "Cyrillic": unicode.Cyrillic, han: unicode.Han, kana: unicode.Hiragana,
	"Hangul": unicode.Hangul, "Devanagari": unicode.Devanagari, "Hebrew": unicode.Hebrew, "Greek": unicode.Greek,
	"Thai": unicode.Thai, "Bengali": unicode.Bengali, "Georgian": unicode.Georgian, "Armenian": unicode.Armenian,
}

// usual is the language that a script is mostly written by.
var usual = map[string]string{
	"Arabic": "ar", "Cyrillic": "ru", "Hangul": "ko", "Devanagari": "hi", "Hebrew": "he", "Greek": "el",
	"Thai": "th", "Bengali": "bn", "Georgian": "ka", "Armenian": "hy",
}

// distinct are letters of a script that its usual language does not write, and
// how many of them say so: a name from next door has one.
var distinct = map[string][]struct {
	lang, letters string
	least         int
}{
	"Arabic": {
		{"ur", "ٹڈڑںےہھ", 2},
		{"fa", "پچژگکی", 2},
	},
	"Cyrillic": {
		{"be", "ў", 1},
		{"uk", "іїєґ", 2},
		{"kk", "әғқңөұүһ", 2},
		{"sr", "ђћљњџј", 2},
	},
}
