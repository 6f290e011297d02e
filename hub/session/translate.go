package session

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/lang"
	"majlis/hub/oplog"
)

var errNoLang = errors.New("a language is a subtag of 2 to 8 lower-case letters")

// translation is a question's text in another language, as somebody wrote it;
// without a text there is none. It is also its own form in a snapshot.
//
//	            put              agree, if two must see it
//	none ──────────────▶ waiting ─────────────────────────▶ shown
//	  ▲                      │                                │
//	  └──────────────────────┴────────────────────────────────┘
//	          taken away; out of sight as soon as the question is reworded
type translation struct {
	Text    words    `json:"t,omitzero"`
	Of      fold.Sum `json:"o,omitzero"` // the wording that it renders
	By      int32    `json:"y,omitempty"`
	Machine bool     `json:"m,omitempty"`
	// Eye is the first of two who must see it, and 0 once both have.
	Eye int32 `json:"e,omitempty"`
}

// nobody is in place of a person where a machine wrote.
const nobody = -1

func (x translation) bare() translation {
	x.Text = x.Text.bare()
	return x
}

func (x *translation) is() bool { return x.Text.Size > 0 }

// rendering is one question in one language: the translation, and who is at it.
type rendering struct {
	lang string
	translation

	held    int32      // in staff.list: who has it; 0: nobody
	until   int64      // milliseconds since 1970
	claimed fold.Stamp // last lock
	written fold.Register

	entity, hold *entity.Item
}

// heldBy is who has a translation at a time, 0 for nobody.
func (r *rendering) heldBy(ms int64) int32 {
	if r == nil || ms >= r.until {
		return 0
	}
	return r.held
}

// renderingChange is what a step changed of one translation.
type renderingChange struct {
	Q    int32
	Lang string
	pair[translation]
}

func renderingID(q *question, lang string) string { return q.id + "." + lang }

// find gives a rendering its places in the table.
func (r *rendering) find(t *entity.Table, q *question) {
	id := renderingID(q, r.lang)
	r.entity, r.hold = t.Item(kindTranslation, id), t.Item(kindLock, id)
}

// inLang is the question in another language, nil if nobody ever was at that.
func (q *question) inLang(lang string) *rendering {
	i, ok := q.langAt(lang)
	if !ok {
		return nil
	}
	return q.inOther[i]
}

func (q *question) langAt(lang string) (int, bool) {
	return slices.BinarySearchFunc(q.inOther, lang, func(r *rendering, lang string) int { return cmp.Compare(r.lang, lang) })
}

// forLang is inLang, made if there is none.
func (m *Machine) forLang(q *question, lang string) *rendering {
	i, ok := q.langAt(lang)
	if !ok {
		r := &rendering{lang: lang}
		r.find(m.table, q)
		q.inOther = slices.Insert(q.inOther, i, r)
	}
	return q.inOther[i]
}

// renderingOf finds a rendering by the id of its entity.
func (m *Machine) renderingOf(id string) (*question, *rendering) {
	of, lang, _ := strings.Cut(id, ".")
	q := m.board.byID[of]
	if q == nil {
		return nil, nil
	}
	return q, q.inLang(lang)
}

func (q *question) renderedSize() int {
	n := 0
	for _, r := range q.inOther {
		n += r.Text.Size
	}
	return n
}

// readers is who sees a translation: everybody, once it is agreed upon and says
// what the question says now; until then those who work on it. Of what is not on
// the board translators see nothing.
func (m *Machine) readers(q *question, r *rendering) entity.Roles {
	switch {
	case !r.is():
		return 0
	case !q.on():
		return seers(q.Fate)
	case r.Of != q.Text.Sum, r.Eye != 0 && m.rules().Eyes:
		return desk
	}
	return everyone
}

// touchRenderings says that a question's translations may be seen by others now,
// and differently by some.
func (m *Machine) touchRenderings(t *fold.Turn, q *question, differs entity.Roles) {
	for _, r := range q.inOther {
		m.table.Touch(r.entity, t.Offset, m.readers(q, r), differs)
		m.touchHold(t, q, r, 0)
	}
}

func (m *Machine) touchHold(t *fold.Turn, q *question, r *rendering, differs entity.Roles) {
	sees := desk
	if r.held == 0 || !q.on() {
		sees = 0
	}
	m.table.Touch(r.hold, t.Offset, sees, differs)
}

// interpret judges what translators and moderators do about languages, and what
// an asker says of the own question.
func (m *Machine) interpret(t *fold.Turn) oplog.Outcome {
	asker := t.Type == typeLang && t.Actor.Role == oplog.Attendee
	switch {
	case !desk.Has(t.Actor.Role) && !asker || !m.reaches(t.Actor):
		return oplog.Refuse(oplog.NotAllowed)
	case t.Rules < 3:
		return oplog.Refuse(oplog.BadCommand)
	case asker:
		return m.setLang(t)
	case t.Type == typeLang:
		return m.record(t, m.setLang)
	case t.Type == typeLock:
		return m.claim(t)
	}
	return m.record(t, m.translate)
}

// translatable finds the question that somebody would translate.
func (m *Machine) translatable(t *fold.Turn, a langArgs) (*question, oplog.Reason) {
	q := m.board.byID[a.ID]
	switch {
	case a.Lang == "" || !validLang(a.Lang):
		return nil, oplog.BadCommand
	case q == nil || q.Fate == void:
		return nil, oplog.NotFound
	case !q.on() && staff.Has(t.Actor.Role):
		return nil, oplog.WrongState
	case !q.on():
		return nil, oplog.NotFound
	case a.Lang == q.Lang:
		return nil, oplog.BadChoice
	case q.inLang(a.Lang) == nil && len(q.inOther) >= MaxRenderings:
		return nil, oplog.TooMany
	}
	return q, ""
}

// claim judges taking a translation for a while, so that two do not write the
// same, or giving it back. Whoever takes one gives back any other. Moderators
// give back what somebody forgot.
func (m *Machine) claim(t *fold.Turn) oplog.Outcome {
	var a lockArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q, why := m.translatable(t, a.langArgs)
	if why != "" {
		return oplog.Refuse(why)
	}
	r := q.inLang(a.Lang)
	by := r.heldBy(t.Ms)
	own := by != 0 && by == m.staff.number[t.Actor.ID]
	switch {
	case r != nil && r.claimed.Repeated(t):
		return oplog.Repeated()
	case by != 0 && !own && (a.On || !staff.Has(t.Actor.Role)):
		return oplog.Refuse(oplog.Locked)
	case !a.On && by == 0:
		return oplog.Repeated()
	case a.On && m.staffFull(t):
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	r = m.forLang(q, a.Lang)
	r.claimed.Mark(t)
	m.giveBack(t, m.staffNo(t))
	r.held, r.until = 0, 0
	if a.On {
		r.held, r.until = m.staffNo(t), t.Ms+LockMs
	}
	m.touchHold(t, q, r, desk)
	return oplog.Done()
}

// staffFull reports whether the actor is nobody that is told apart, and cannot be.
func (m *Machine) staffFull(t *fold.Turn) bool {
	return t.Actor.Role == oplog.System || m.staff.number[t.Actor.ID] == 0 && len(m.staff.list) > MaxStaff
}

// giveBack ends what somebody holds, and what nobody holds any more.
func (m *Machine) giveBack(t *fold.Turn, no int32) {
	for _, q := range m.board.list {
		for _, r := range q.inOther {
			if r.held != 0 && (r.held == no || t.Ms >= r.until) {
				r.held, r.until = 0, 0
				m.touchHold(t, q, r, 0)
			}
		}
	}
}

// translate judges writing a translation, agreeing with one by writing the same,
// and taking one away. A machine writes only where nobody has.
func (m *Machine) translate(t *fold.Turn) oplog.Outcome {
	var a renderArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.Text.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Machine != (t.Actor.Role == oplog.System) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	q, why := m.translatable(t, a.langArgs)
	if why != "" {
		return oplog.Refuse(why)
	}
	if a.Text.Bytes > 0 {
		if r := a.Text.within(MaxTextChars, MaxTextBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	r := q.inLang(a.Lang)
	if r == nil {
		r = &rendering{lang: a.Lang}
	}
	to := m.rendered(t, q, r, &a)
	switch {
	case r.written.Repeated(t):
		return oplog.Repeated()
	case to.bare() == r.bare():
		if r.entity == nil {
			return oplog.Repeated()
		}
		return r.written.Settle(t)
	case a.Machine && r.is() && !r.Machine:
		return oplog.Refuse(oplog.Exists)
	}
	if why := m.mayTranslate(t, q, r, to); why != "" {
		return oplog.Refuse(why)
	}
	if t.Dry {
		return oplog.Done()
	}
	if to.Text.At == t.Offset {
		to = m.signed(t, to)
		q.offsets = append(q.offsets, m.texts.Bring(t))
		m.touchFor(t, q, staff)
	}
	m.render(t, q, a.Lang, to)
	m.giveBack(t, m.staffNo(t))
	return oplog.Done()
}

// rendered is the translation that a command asks for.
func (m *Machine) rendered(t *fold.Turn, q *question, r *rendering, a *renderArgs) translation {
	if a.Text.Bytes == 0 {
		return translation{}
	}
	if r.Text.Sum == a.Text.Sum && r.Of == q.Text.Sum {
		to := r.translation
		if no := m.staff.number[t.Actor.ID]; to.Eye != no {
			to.Eye = 0
		}
		return to
	}
	return translation{
		Text: wordsOf(t, a.Text, fold.Opened[private](t.Command).Text), Of: q.Text.Sum, Machine: a.Machine,
	}
}

// signed is a new translation with the number of who wrote it, who is the first
// of two to see it if it takes two.
func (m *Machine) signed(t *fold.Turn, to translation) translation {
	if to.By = m.staffNo(t); m.rules().Eyes {
		to.Eye = cmp.Or(to.By, nobody)
	}
	return to
}

func (m *Machine) mayTranslate(t *fold.Turn, q *question, r *rendering, to translation) oplog.Reason {
	by := r.heldBy(t.Ms)
	grows := to.Text.Size - r.Text.Size
	switch {
	case q.wording.Overtaken(t), r.written.Overtaken(t):
		return oplog.Changed
	case by != 0 && by != m.staff.number[t.Actor.ID]:
		return oplog.Locked
	case len(q.offsets) >= MaxTexts:
		return oplog.TooMany
	case grows > 0 && !m.board.shown.fits(0, grows, MaxLive, MaxLiveText):
		return oplog.BoardFull
	}
	return ""
}

// render gives a question another translation, as a step.
func (m *Machine) render(t *fold.Turn, q *question, lang string, to translation) {
	r := m.forLang(q, lang)
	if m.open.Rendered = nil; r.bare() != to.bare() {
		m.open.Rendered = &renderingChange{q.number, lang, pair[translation]{r.translation, to}}
	}
	m.board.leave(q)
	r.translation = to
	m.board.enter(q)
	r.written.Write(t)
	m.table.Touch(r.entity, t.Offset, m.readers(q, r), everyone)
}

// bare is what is decided by, without the places in the table.
func (r *rendering) bare() translation { return r.translation.bare() }

// renderedBack reports whether a step's translation is still the one that it
// left. The pool is then as it will be: b is a copy to try that out on.
func (b *board) renderedBack(c *renderingChange) bool {
	q := b.list[c.Q]
	if p := b.pool(q.Fate); p != nil {
		p.bytes += c.Was.Text.Size - c.Is.Text.Size
	}
	return !q.over() && q.inLang(c.Lang).bare() == c.Is.bare()
}

type translationView struct {
	Q       string `json:"q"`
	Lang    string `json:"lang"`
	Dir     string `json:"dir"`
	Text    string `json:"text"`
	Machine bool   `json:"machine,omitempty"` // a machine made it
	Gone    bool   `json:"gone,omitempty"`
	*translationDesk
}

// translationDesk is what those who translate see beside.
type translationDesk struct {
	By     int32        `json:"by,omitempty"`
	Old    bool         `json:"old,omitempty"` // the question has been reworded since
	Eye    int32        `json:"eye,omitempty"` // who saw it first of two; -1: a machine
	Offset oplog.Offset `json:"offset,omitempty"`
}

// translationView hides the words when those that they render are gone.
func (m *Machine) translationView(id string, role oplog.Role) translationView {
	q, r := m.renderingOf(id)
	v := translationView{Q: q.id, Lang: r.lang, Dir: lang.Dir(r.lang), Text: r.Text.Text, Machine: r.Machine, Gone: r.Text.Gone}
	if q.Text.Gone {
		v.Text, v.Gone = "", true
	}
	if desk.Has(role) {
		v.translationDesk = &translationDesk{By: r.By, Old: r.Of != q.Text.Sum, Eye: r.Eye, Offset: r.Text.At}
	}
	return v
}

type lockView struct {
	Q     string `json:"q"`
	Lang  string `json:"lang"`
	By    int32  `json:"by"`
	Until int64  `json:"until"`
}

func (m *Machine) lockView(id string) lockView {
	q, r := m.renderingOf(id)
	return lockView{Q: q.id, Lang: r.lang, By: r.held, Until: r.until}
}
