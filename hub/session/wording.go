package session

import (
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// wording is all that a poll says and how it is answered, as one entry brought it.
// It is also its own form in a snapshot. Its lists are never changed in place, but
// to blank them.
type wording struct {
	Spec     spec
	Text     words
	Options  []string `json:",omitempty"`
	Ends     []string `json:",omitempty"`
	Redacted bool     `json:",omitempty"`
}

// changeBytes is how many bytes of a poll's texts a step remembers for what one
// changed question weighs: so steps stay within what MaxStepChanges means.
const changeBytes = 100

func (p *poll) wording() wording { return wording{p.spec, p.text, p.options, p.ends, p.redacted} }

// bare is what everybody may know of a wording.
func (w wording) bare() wording {
	w.Text = w.Text.bare()
	w.Options, w.Ends = make([]string, len(w.Options)), make([]string, len(w.Ends))
	return w
}

// drop takes the texts away that came with an entry.
func (w *wording) drop(at oplog.Offset) {
	if dropFrom(at, &w.Text) {
		w.Redacted = true
		w.Options, w.Ends = make([]string, len(w.Options)), make([]string, len(w.Ends))
	}
}

func (w *wording) fits() bool { return w.Spec.judge(len(w.Options)) == "" && w.Text.Size >= 0 }

// noteMade keeps that a poll was not there before a command. Before version 5 its
// making could not be taken back.
func (m *Machine) noteMade(t *fold.Turn, p *poll) {
	if m.open == nil || t.Rules < 5 {
		return
	}
	before := p.stand
	before.State = unmade
	m.turned = append(m.turned, pollSnap{p: p, stand: before, wording: p.wording()})
}

// noteWording keeps what a poll says before it is written anew.
func (m *Machine) noteWording(t *fold.Turn, p *poll) {
	if t.Rules >= 5 {
		m.notePoll(t, p)
	}
}

// mayUnmake reports whether a poll may cease to be, or be again: only as the draft
// that it was made as.
func (m *Machine) mayUnmake(p *poll, c *pollChange) bool {
	if p.State == unmade {
		return m.mayMake(p)
	}
	return p.text.At == c.Says && m.unseen(p) && m.polls.lead(p).Eye == 0 && len(m.polls.parts(p)) == 1
}

// mayMake reports whether a poll that was unmade may be again: a survey's question
// only while that is a draft, too, which nobody of two has asked to open as it is.
func (m *Machine) mayMake(p *poll) bool {
	lead := m.polls.lead(p)
	fits := lead == p || lead.State == draft && lead.Opened == 0 && lead.Eye == 0 && len(m.polls.parts(lead)) <= MaxSurvey
	return fits && len(m.polls.there()) < MaxPolls
}

// makeAgain judges a poll that was made before and taken back: whoever sends its file
// once more wants it.
func (m *Machine) makeAgain(t *fold.Turn, p *poll, a *createArgs) oplog.Outcome {
	switch {
	case p.first != a.digest():
		return oplog.Refuse(oplog.Exists)
	case p.textR.Repeated(t):
		return oplog.Repeated()
	case p.edits >= MaxEdits, len(m.polls.there()) >= MaxPolls:
		return oplog.Refuse(oplog.TooMany)
	case !m.mayMake(p):
		return oplog.Refuse(oplog.WrongState)
	case m.polls.bytes-p.text.Size+a.size() > MaxPollText:
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	m.notePoll(t, p)
	m.overwrite(t, p, a)
	m.putStand(t, p, stand{Results: a.Results, Screen: a.Screen, Fixed: a.Fixed, Secs: a.Secs})
	return oplog.Done()
}

// unseen reports whether nobody but moderators has seen a poll.
func (m *Machine) unseen(p *poll) bool {
	lead := m.polls.lead(p)
	return lead.Opened == 0 && !m.answered(lead)
}

// mayReword reports whether a poll may say again what it said before a step: if it
// still says what that step made of it, and neither anybody has seen it nor one of
// two moderators has asked for it since.
func (m *Machine) mayReword(p *poll, c *pollChange) bool {
	eye := int32(0)
	if c.Stand != nil {
		eye = c.Stand.Is.Eye
	}
	size := m.polls.bytes - p.text.Size + c.Wording.Was.Text.Size
	return p.text.At == c.Wording.Is.Text.At && (p.State == unmade || m.unseen(p)) && m.polls.lead(p).Eye == eye && size <= MaxPollText
}

// rephrase lets a poll say something else.
func (m *Machine) rephrase(t *fold.Turn, p *poll, to *wording) {
	m.notePoll(t, p)
	m.polls.bytes += to.Text.Size - p.text.Size
	p.spec, p.text, p.redacted = to.Spec, to.Text, to.Redacted
	p.options, p.ends = slices.Clone(to.Options), slices.Clone(to.Ends)
	p.counter = newCounter(&p.spec, len(p.options))
	p.textR.Write(t)
	m.touchPoll(t, p)
	m.touchCounts(t, p)
}
