// Package frab reads programmes of conferences from the files that are in use
// among conference systems: schedule XML (frab, the c3voc, pretalx, wafer,
// pentabarf) and schedule JSON (an object with schedule.conference, version 1 of
// the c3voc's schema).
//
// # Model
//
//	file ──▶ sniff ──▶ XML or JSON ──▶ raw days and events ──▶ Programme, warnings
//	           │            │                                     │
//	           └────────────┴──────────── *Error ─────────────────┘
//
// Both decoders only collect texts with the lines they stand on; what the texts
// mean is decided once, for both.
//
// Real files lie, and their talks take place all the same. So where the instant
// of a talk is clear, what contradicts it is told as a [Warning] and the file is
// read; what cannot be understood is refused with the line and what to do:
//
//   - A date with an offset is the instant. The start beside it, the day it is
//     listed under and the declared zone only describe it.
//   - Without a date, a talk begins at its start on its day's date, and on the
//     next one if that is before the day changes (day_change, else 04:00).
//   - Without a zone, times are in the zone of [Options], else in that of the
//     offsets in the file, else in UTC.
//   - A duration of two parts is hours and minutes, of three parts days, hours
//     and minutes, which is what exporters mean by it.
//   - A talk is told again in a later file by its guid; without one by its id;
//     without either, or when the file has it twice, by day, start, room and title.
//
// HTML in abstracts and descriptions becomes plain text.
//
// # Promises
//
// Read looks at nothing but what it is given, keeps nothing, and never panics.
// Size, depth, number of elements and length of texts are bounded (limits.go).
// DOCTYPE and custom entities are refused, so nothing is ever fetched or
// multiplied. Files of other known formats are refused by name.
//
//	report, err := frab.Read(file, "schedule.xml", frab.Options{})
//	var refusal *frab.Error
//	if errors.As(err, &refusal) {
//		return fmt.Errorf("schedule.xml: %w", refusal) // line 12: …
//	}
package frab
