package main

import "time"

// moderator runs the board: it opens what is closed, approves what waits, puts
// polls and pushes something to the screen now and then.
type moderator struct {
	*line

	// owned by act
	done   map[string]bool // what has been asked for already
	polls  []string        // made here
	stages int
	staged time.Time
}

func newModerator(s *swarm, pass string) *moderator {
	return &moderator{line: newLine(s, moderating, "moderator", staff(pass)), done: make(map[string]bool)}
}

// step looks at the board and does what is to be done.
func (m *moderator) step(now time.Time) time.Time {
	if !m.s.busy(now) {
		return time.Time{}
	}
	m.mu.Lock()
	doc, nothing, full := m.doc, m.doc == m.s.library.nobody, len(m.box.pending()) > 2*approveAtOnce
	m.mu.Unlock()
	if nothing || full {
		return now.Add(moderatorPace)
	}
	v := doc.board()
	m.open(v, now)
	m.approve(v, now)
	m.poll(v, now)
	m.stage(v, now)
	return now.Add(moderatorPace)
}

// once asks for something unless it has been asked for.
func (m *moderator) once(kind, id string, more map[string]any, now time.Time) {
	if key := kind + " " + id; !m.done[key] {
		m.done[key] = true
		m.command(order(kind, id, more), now)
	}
}

func (m *moderator) open(v *view, now time.Time) {
	if !v.live {
		m.once("board.open", "", nil, now)
	}
	if v.live && v.qa != "open" {
		m.once("settings.set", "", map[string]any{"qa": "open"}, now)
	}
}

// approve takes what waits, but dismisses one question in thirty-two.
func (m *moderator) approve(v *view, now time.Time) {
	left := approveAtOnce
	for _, id := range v.pending {
		if m.done["question.approve "+id] || m.done["question.dismiss "+id] {
			continue
		}
		if left--; left < 0 {
			return
		}
		if id[len(id)-1] == '7' {
			m.once("question.dismiss", id, nil, now)
		} else {
			m.once("question.approve", id, nil, now)
		}
	}
}

// stage pushes the oldest live question to the screen, and counts it as
// answered a while later.
func (m *moderator) stage(v *view, now time.Time) {
	if len(v.questions) < 5 || now.Sub(m.staged) < 3*time.Second {
		return
	}
	m.staged = now
	id := v.questions[0]
	if m.stages++; m.stages%2 == 1 {
		m.once("question.highlight", id, map[string]any{"on": true}, now)
	} else {
		m.once("question.answer", id, nil, now)
	}
}
