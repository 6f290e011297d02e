// Package lang tells what language a short text is written in, for texts that
// do not say so themselves.
//
// # Model
//
// The script decides alone where it is written by one language only, or nearly
// so: a text in Han without kana is Chinese, one in Cyrillic without the letters
// of its other languages is Russian. Latin letters say little: there the small
// words that no sentence is without are counted, then letters and endings that
// only some languages have. A language must be ahead of all others, or nothing
// is said:
//
//	text ─▶ letters by script ─▶ one language, or
//	                             Latin: words, letters, endings ─▶ the clear winner, or ""
//
// # Promises
//
// [Of] is a function of the text alone, allocates a few hundred bytes, and
// never blocks or panics. It knows [Known]; what it says of German, Italian and
// Portuguese keeps those from being taken for their neighbours.
//
// # Example
//
//	lang.Of("¿Quién paga el agua?") // "es"
//	lang.Dir("ar")                   // "rtl"
package lang
