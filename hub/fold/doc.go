// Package fold is what the rules of all machines have in common: a command's
// turn, registers, texts that can be taken away.
//
// # Model
//
// A machine judges one command at a time, in a [Turn]. The same rule serves the
// dry run, which stops before the first effect:
//
//	Entry(e, c) ──▶ rule(turn) ──▶ Outcome, and its effect
//	Try(c, now) ──▶ rule(turn) ──▶ Outcome
//
// Commands set, they do not toggle. Whatever can be set has a [Register] that
// remembers tab and count of its last writer: a command of the same tab with the
// same count or a smaller one has been done already. Between tabs the order of
// the log decides. A command that finds what it wants still leaves its count, so
// that an older one that comes late is known to be older. A register remembers
// also who changed it and when: whoever had not seen that is refused. What a
// person alone can set needs the [Stamp] only.
//
// Texts lie in the private part of an entry, their keyed [Sum] in the public
// part. The fold compares sums and never reads a text, so a log whose texts have
// been blanked folds to the same state. [Held] is such a text, or several.
//
// # Promises
//
// Everything here is a plain value of the machine that holds it, and touched by
// its goroutine. Nothing blocks or panics, whatever the log holds.
//
// # Example
//
//	func (m *Machine) turnLamp(t *fold.Turn) oplog.Outcome {
//		on := t.Type == "lamp.on"
//		o, differs := fold.Set(t, fold.Field{
//			Register: &m.lampR, Same: m.lamp == on, Put: func() { m.lamp = on },
//		})
//		if differs {
//			m.table.Touch(m.item, t.Offset, everyone, everyone)
//		}
//		return o
//	}
package fold
