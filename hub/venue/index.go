package venue

import (
	"cmp"
	"slices"
	"strings"

	"majlis/hub"
	"majlis/hub/conference"
	"majlis/hub/oplog"
	"majlis/hub/schedule"
	"majlis/hub/session"
)

// Item is one session in a list.
type Item struct {
	ID         string `json:"id"`
	Conference string `json:"conference"`
	Title      string `json:"title"`
	Room       string `json:"room"`
	Start      int64  `json:"start"` // milliseconds since 1970
	End        int64  `json:"end"`
	State      string `json:"state"`
	Live       bool   `json:"live"`             // its board is open
	Opened     bool   `json:"opened,omitempty"` // or has been
	Code       string `json:"code"`
	Zone       string `json:"zone"`

	room string // id
}

// Conference is one conference in a list.
type Conference struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Zone     string `json:"zone"`
	Start    int64  `json:"start"`
	End      int64  `json:"end"`
	Code     string `json:"code"`
	Sessions int    `json:"sessions"`

	autoOpen bool
	items    []Item
	revoked  map[string]bool // nil until the conference's topic has been loaded
}

// Folded takes what a topic's state says now. It is called in the topic's loop.
func (v *Venue) Folded(topic oplog.Topic, m hub.Machine) {
	switch m := m.(type) {
	case *schedule.Machine:
		v.programme(topic.ID(), m)
	case *conference.Machine:
		v.settings(topic.ID(), m)
	case *session.Machine:
		v.board(topic.ID(), m)
	}
}

// Left forgets what must not be believed when a topic is followed here no more: who
// of a conference's passes has been revoked. Then none of them is good here.
func (v *Venue) Left(topic oplog.Topic) {
	if topic.Kind() != oplog.KindConference {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.conferenceLocked(topic.ID()).revoked = nil
}

func (v *Venue) programme(id string, m *schedule.Machine) {
	info := m.Conference()
	rooms := map[string]string{}
	for _, r := range m.Rooms() {
		rooms[r.ID] = r.Name
	}
	all := m.Sessions()
	items := make([]Item, len(all))
	for i, s := range all {
		items[i] = Item{
			ID: s.ID, Conference: id, Title: s.Title, Room: rooms[s.Room], Start: s.Start, End: s.End,
			State: s.State, Code: s.Code, Zone: info.Zone, room: s.Room,
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	c := v.conferenceLocked(id)
	for _, it := range c.items {
		delete(v.sessions, it.ID)
	}
	c.Title, c.Zone, c.Start, c.End = info.Title, info.Zone, info.Start, info.End
	c.items, c.Sessions = items, len(items)
	for i := range items {
		v.sessions[items[i].ID] = &items[i]
	}
}

func (v *Venue) settings(id string, m *conference.Machine) {
	v.listed(id, m)
	revoked := map[string]bool{}
	for _, p := range m.Passes() {
		if p.Revoked != 0 {
			revoked[p.ID] = true
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	c := v.conferenceLocked(id)
	c.Code, c.autoOpen, c.revoked = m.Code(), m.AutoOpen(), revoked
}

func (v *Venue) board(id string, m *session.Machine) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.live[id] = m.Live()
	v.opened[id] = m.Opened()
}

func (v *Venue) conferenceLocked(id string) *Conference {
	c := v.confs[id]
	if c == nil {
		c = &Conference{ID: id}
		v.confs[id] = c
	}
	return c
}

// Exists reports whether there is such a topic to watch.
func (v *Venue) Exists(topic oplog.Topic) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if topic.Kind() == oplog.KindSession {
		return v.sessions[topic.ID()] != nil
	}
	return v.confs[topic.ID()] != nil
}

// Sessions lists the sessions of a conference, or of all: live ones first, then
// by start.
func (v *Venue) Sessions(conference string) []Item {
	v.mu.RLock()
	defer v.mu.RUnlock()
	out := []Item{}
	for _, it := range v.sessions {
		if conference == "" || it.Conference == conference {
			out = append(out, v.liveLocked(*it))
		}
	}
	slices.SortFunc(out, func(a, b Item) int {
		if a.Live != b.Live {
			if a.Live {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (v *Venue) liveLocked(it Item) Item {
	it.Live, it.Opened = v.live[it.ID], v.opened[it.ID]
	return it
}

// Item returns one session as it stands in the lists.
func (v *Venue) Item(id string) (Item, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	it := v.sessions[id]
	if it == nil {
		return Item{}, false
	}
	return v.liveLocked(*it), true
}

// Conferences lists the conferences by their start.
func (v *Venue) Conferences() []Conference {
	v.mu.RLock()
	defer v.mu.RUnlock()
	out := []Conference{}
	for _, c := range v.confs {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Conference) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), strings.Compare(a.ID, b.ID))
	})
	return out
}

// Found is what a code opens.
type Found struct {
	Conference string `json:"conference"`
	Session    string `json:"session,omitempty"`
}

// Join finds what a code opens: a session, or a conference and its one live
// session.
func (v *Venue) Join(code string) (Found, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if code == "" {
		return Found{}, false
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, it := range v.sessions {
		if it.Code == code {
			return Found{Conference: it.Conference, Session: it.ID}, true
		}
	}
	for _, c := range v.confs {
		if c.Code == code {
			return Found{Conference: c.ID, Session: v.onlyLiveLocked(c)}, true
		}
	}
	return Found{}, false
}

func (v *Venue) onlyLiveLocked(c *Conference) string {
	only := ""
	for _, it := range c.items {
		if !v.live[it.ID] {
			continue
		}
		if only != "" {
			return ""
		}
		only = it.ID
	}
	return only
}
