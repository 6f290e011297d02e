package frab

import (
	"html"
	"regexp"
	"strings"
)

var (
	markup    = regexp.MustCompile(`(?i)</?(?:p|br|ul|ol|li|a|em|strong|b|i|u|h[1-6]|div|span|code|pre|blockquote|table|tr|td|tbody|hr|img|sup|sub)(?:\s[^<>]*)?/?>`)
	anchor    = regexp.MustCompile(`(?is)<a\s[^<>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>(.*?)</a\s*>`)
	newLine   = regexp.MustCompile(`(?i)<(?:br|li|tr|hr)(?:\s[^<>]*)?/?>`)
	newPara   = regexp.MustCompile(`(?i)</?(?:p|ul|ol|div|pre|blockquote|table|h[1-6])(?:\s[^<>]*)?>`)
	softBreak = regexp.MustCompile(`[ \t]*\r?\n[ \t]*`)
)

// plain turns a text that is HTML into plain text; others stay as they are. A
// link keeps its address behind its words.
func plain(s string) string {
	if !markup.MatchString(s) {
		return s
	}
	if newPara.MatchString(s) {
		s = softBreak.ReplaceAllString(s, " ") // in HTML a line's end is a blank
	}
	s = anchor.ReplaceAllStringFunc(s, func(a string) string {
		m := anchor.FindStringSubmatch(a)
		href, words := m[1]+m[2], strings.TrimSpace(m[3])
		if words == "" || strings.Contains(words, href) || !strings.HasPrefix(href, "http") {
			return words
		}
		return words + " (" + href + ")"
	})
	s = newLine.ReplaceAllStringFunc(s, func(tag string) string {
		if strings.HasPrefix(strings.ToLower(tag), "<li") {
			return "\n• "
		}
		return "\n"
	})
	s = newPara.ReplaceAllString(s, "\n\n")
	lines := strings.Split(html.UnescapeString(markup.ReplaceAllString(s, "")), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
