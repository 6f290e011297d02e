package venue

import (
	"majlis/hub/conference"
	"majlis/hub/lang"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// words are a conference's listed words, made ready once for each change.
type words struct {
	at   oplog.Offset
	list *session.Words
}

// Guard tells what language is written in what is asked in a conference's
// sessions, where nobody said so, and looks for its listed words there.
// Many may call it at once.
func (v *Venue) Guard(topic oplog.Topic, c *oplog.Command) {
	if topic.Kind() != oplog.KindSession {
		return
	}
	v.mu.RLock()
	var list *session.Words
	if it := v.sessions[topic.ID()]; it != nil {
		list = v.words[it.Conference].list
	}
	v.mu.RUnlock()
	session.Speak(c, lang.Of)
	if list != nil {
		session.Guard(c, list)
	}
}

// listed takes a conference's words if they have changed.
func (v *Venue) listed(id string, m *conference.Machine) {
	list, at := m.Words()
	v.mu.RLock()
	known := v.words[id].at
	v.mu.RUnlock()
	if known == at {
		return
	}
	ready := words{at, session.NewWords(list)}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.words[id] = ready
}
