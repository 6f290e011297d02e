package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

// question is something to ask.
type question struct{ lang, text string }

// builtIn are questions for who brings none.
func builtIn() []question {
	return []question{
		{"en", "When will the slides be online?"},
		{"en", "How do you test this at the size of a real hall?"},
		{"en", "Could you repeat the figure for last year?"},
		{"ar", "متى ستُنشر الشرائح؟"},
		{"ar", "كيف يمكننا المشاركة في هذا العمل؟"},
		{"fr", "Quelles sont les prochaines étapes ?"},
		{"fr", "Et dans les pays où le réseau est faible ?"},
		{"es", "¿Cuánto costó todo el proyecto?"},
		{"es", "¿Habrá una versión para escuelas?"},
		{"zh", "这个方法适用于小城市吗？"},
		{"zh", "数据从哪里来？"},
		{"ru", "Что было самым трудным?"},
		{"ru", "Можно ли повторить это у нас?"},
	}
}

// readQuestions reads lines of lang<TAB>text; without a path it returns the
// built-in ones.
func readQuestions(path string) ([]question, error) {
	if path == "" {
		return builtIn(), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the questions: %w", err)
	}
	defer f.Close()
	var all []question
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		lang, text, ok := strings.Cut(line, "\t")
		if text = strings.TrimSpace(text); !ok || text == "" || !utf8.ValidString(text) {
			return nil, fmt.Errorf("%s, line %d: want lang<TAB>text in UTF-8", path, n)
		}
		all = append(all, question{lang, text})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the questions: %w", err)
	}
	if len(all) == 0 {
		return nil, errors.New(path + " holds no question")
	}
	return all, nil
}
