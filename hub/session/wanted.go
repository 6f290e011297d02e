package session

import "majlis/hub/oplog"

// Wanted is a translation that a session lacks.
type Wanted struct {
	ID, From, To, Text string
	// Seen is how far the session had come: whoever brings the translation names
	// it, so that one of an older wording is refused.
	Seen oplog.Offset
}

// Lacking lists up to most translations of live questions into the session's
// languages that nobody has written and nobody is at, at a time in milliseconds
// since 1970, what was asked first before the rest.
func (m *Machine) Lacking(ms int64, seen oplog.Offset, most int) []Wanted {
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
			if to == q.Lang || r.heldBy(ms) != 0 || r != nil && r.is() && r.Of == q.Text.Sum {
				continue
			}
			if out = append(out, Wanted{ID: q.id, From: q.Lang, To: to, Text: q.Text.Text, Seen: seen}); len(out) == most {
				return out
			}
		}
	}
	return out
}
