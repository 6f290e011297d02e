package main

import (
	"strings"
	"unicode/utf8"
)

// someWords are questions as a summit hears them, so that compressing them is no
// easier than in life.
const someWords = `Which of today's promises will be measured, by whom, and where can we read it? Who pays for the grids of countries with low incomes? How does a small plant get a green loan? Can public procurement demand low-carbon steel now? What happens to the water of the mines when they close? Sera-t-il possible de former dix mille techniciens par an sans fermer les ateliers ? Welche Zusage gilt auch nach der Wahl? Que cambia en Valparaiso, Tanger y Singapur con tres anos de datos? Batteries, salt and gravity: which storage survives an audit? Robots beside people: who stops the line? `

// words are so many bytes of text that need no escapes.
func words(n int) string {
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(someWords[:min(len(someWords), n-b.Len())])
	}
	return b.String()
}

// someSigns are the same where a letter takes three bytes.
const someSigns = `中小企业怎样获得绿色贷款？谁为低收入国家的电网改造付费？今天的承诺由谁来衡量，在哪里可以看到？`

// signs are at most so many bytes of such text.
func signs(n int) string {
	var b strings.Builder
	for {
		for _, r := range someSigns {
			if b.Len()+utf8.RuneLen(r) > n {
				return b.String()
			}
			b.WriteRune(r)
		}
	}
}
