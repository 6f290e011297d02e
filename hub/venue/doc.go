// Package venue knows which conferences and sessions there are, by id and by
// code, which boards are open, and how far a pass reaches.
//
// # Model
//
// The truth is in the topics: a conference is a schedule/<id> and a
// conference/<id>, a session's board is session/<id>. The venue is an index
// over them that each topic's loop refreshes after a fold:
//
//	schedule/38c3   ─┐
//	conference/38c3 ─┼─Folded─▶ index ─▶ Sessions, Join, Covers, Exists, PassGood
//	session/…       ─┘
//
// It is also the office: it imports programmes, mints access links and exports
// results, each by commands to the topics, never beside them. And it is the
// usher: boards open ten minutes before the programme's start where the
// conference says so.
//
// # Promises
//
// Every method may be called by any goroutine. Reads of the index never wait
// for a topic. The index lags the topics by no more than one fold.
package venue
