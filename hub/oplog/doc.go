// Package oplog is the vocabulary of the log and the contract of its kinds.
//
// # Model
//
// A topic is one totally ordered log of commands. The log alone is the truth;
// everything that anybody sees is a fold of it. An [Entry] is a command with
// its place: offset, time, and the chained hash that fixes everything before
// it. A [Position] is a place that two sides can compare: the epoch (the name
// of one unbroken history), the offset, and the first bytes of the chain there.
//
//	genesis        1            2                       n
//	h0 = topic ──▶ h1 ────────▶ h2 ──────── … ────────▶ hn
//	               h(n) = SHA-256(h(n-1) ‖ offset ‖ time ‖ rules ‖ public ‖ commit)
//
// An entry has a public part (who, what, ids, numbers) and may have a private
// part (texts, names). The private part lies beside the log, sealed with the
// topic's [Key]; the entry itself holds only a commitment to it:
//
//	commit = HMAC-SHA-256(salt, box)        box = AES-256-GCM(key, private)
//
// So a text can be blanked, salt and box deleted, and the chain still
// verifies; any other touch of either part breaks it. A blank is legal only
// for an offset that a later redact entry names.
//
// # Promises
//
// Offsets start at 1 (the genesis entry, written by the log itself) and have
// no gaps. Times never go backwards. A slice that a Log returns belongs to the
// caller; a slice given to it must not be changed afterwards. Every method of
// a Log may be called by any goroutine.
//
// What a Log implementation must do is said by the suite in oplogtest, which
// every kind passes.
package oplog
