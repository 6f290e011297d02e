package schedule

import (
	"crypto/sha256"
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// staging is an import whose commit has not come yet. Parts wait as they came,
// so that nothing of them is anywhere else.
type staging struct {
	imp   string
	parts map[int]*part
}

type part struct {
	at      oplog.Offset
	sum     [sha256.Size]byte // of args as they stand in the log
	args    partArgs
	private partPrivate
	gone    bool // a redact entry took the texts away
}

// takePart judges one part of an import. A part of another import drops what
// waited for a commit that never came.
func (m *Machine) takePart(t *fold.Turn) oplog.Outcome {
	if !office(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	var a partArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.Import) || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Import == m.imported {
		return oplog.Repeated()
	}
	sum := sha256.Sum256(t.Args)
	if m.stage != nil && m.stage.imp == a.Import && m.stage.parts[a.Part] != nil {
		if m.stage.parts[a.Part].sum == sum {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	if t.Dry {
		return oplog.Done()
	}
	if m.stage == nil || m.stage.imp != a.Import {
		m.stage = &staging{imp: a.Import, parts: make(map[int]*part)}
	}
	m.stage.parts[a.Part] = &part{
		at: m.texts.Bring(t), sum: sum, args: a, private: fold.Opened[partPrivate](t.Command),
	}
	return oplog.Done()
}

// newTalk is a session as an import wants it.
type newTalk struct {
	talkArgs
	title fold.Held[string]
	look  fold.Held[look]
	deep  fold.Held[deep]
}

// newRoom is a room as an import wants it.
type newRoom struct {
	roomArgs
	name fold.Held[string]
}

// plan is a whole import, ready to be taken over.
type plan struct {
	commitArgs
	rooms []newRoom
	talks []newTalk
}

// plan puts the parts together, and refuses an import that is not whole or does
// not fit together.
func (s *staging) plan(a commitArgs) (*plan, oplog.Reason) {
	if s == nil || s.imp != a.Import || len(s.parts) != a.Parts {
		return nil, oplog.Incomplete
	}
	p := &plan{commitArgs: a}
	for k := 1; k <= a.Parts; k++ {
		if s.parts[k] == nil {
			return nil, oplog.Incomplete
		}
		s.parts[k].into(p)
	}
	if len(p.rooms) != a.Rooms || len(p.talks) != a.Sessions {
		return nil, oplog.Incomplete
	}
	return p, p.check()
}

// into hands the part's rooms and sessions to a plan. A private part that is
// gone, or not what the public part says, leaves texts empty.
func (s *part) into(p *plan) {
	for i, r := range s.args.Rooms {
		n := newRoom{roomArgs: r, name: fold.Held[string]{At: s.at, Sum: r.Name, Gone: s.gone}}
		if i < len(s.private.Rooms) {
			n.name.Value = s.private.Rooms[i]
		}
		p.rooms = append(p.rooms, n)
	}
	for i, a := range s.args.Sessions {
		n := newTalk{
			talkArgs: a,
			title:    fold.Held[string]{At: s.at, Sum: a.Title, Gone: s.gone},
			look:     fold.Held[look]{At: s.at, Sum: a.Look, Gone: s.gone},
			deep:     fold.Held[deep]{At: s.at, Sum: a.Deep, Gone: s.gone},
		}
		if i < len(s.private.Sessions) {
			x := &s.private.Sessions[i]
			n.title.Value, n.look.Value, n.deep.Value = x.Title, x.Look, x.Deep
		}
		p.talks = append(p.talks, n)
	}
}

func (p *plan) check() oplog.Reason {
	rooms, talks, days := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, d := range p.Days {
		days[d.N] = true
	}
	for i := range p.rooms {
		if rooms[p.rooms[i].ID] {
			return oplog.BadCommand
		}
		rooms[p.rooms[i].ID] = true
	}
	shown, extra := 0, 0
	for i := range p.talks {
		s := &p.talks[i]
		if talks[s.ID] || !rooms[s.Room] || !days[s.Day] {
			return oplog.BadCommand
		}
		talks[s.ID] = true
		shown += s.Shown
		extra += s.Extra
	}
	if shown > MaxDocumentText || extra > MaxDetailText {
		return oplog.TooBig
	}
	return ""
}
