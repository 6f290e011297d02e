package session

import "majlis/hub/oplog"

// Wanted is a translation that a session lacks.
type Wanted struct {
	Topic              oplog.Topic
	ID, From, To, Text string
	// Seen is where the text was written: whoever brings the translation names it,
	// so that one of an older wording is refused.
	Seen oplog.Offset
}

// Lacking lists up to most translations of live questions into the session's
// languages that nobody has written and nobody is at, at a time in milliseconds
// since 1970, what was asked first before the rest.
func (m *Machine) Lacking(ms int64, most int) []Wanted {
	langs := m.rules().Langs.list()
	if len(langs) == 0 {
		return nil
	}
	var out []Wanted
	for _, q := range m.board.list {
		if q.Fate != live || q.Text.Gone {
			continue
		}
		for _, to := range langs {
			r := q.inLang(to)
			if to == q.Lang || r.heldBy(ms) != 0 || r != nil && r.is() && (!r.Machine || r.Of == q.Text.Sum) {
				continue
			}
			w := Wanted{Topic: m.topic, ID: q.id, From: q.Lang, To: to, Text: q.Text.Text, Seen: q.wording.At}
			if out = append(out, w); len(out) == most {
				return out
			}
		}
	}
	return out
}
