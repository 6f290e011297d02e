package main

import (
	"bytes"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// take handles one message of the server.
func (l *line) take(ws *websocket.Conn, msg []byte, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = now
	for text := range bytes.SplitSeq(msg, []byte("\n")) {
		switch {
		case bytes.HasPrefix(text, []byte(`{"t":"pulse"`)), len(bytes.TrimSpace(text)) == 0:
		case bytes.HasPrefix(text, []byte(`{"t":"patch"`)):
			l.takePatch(text, now)
		default:
			l.takeFrame(ws, text, now)
		}
	}
}

func (l *line) takeFrame(ws *websocket.Conn, text []byte, now time.Time) {
	f, err := wire.DecodeServer(text)
	if err != nil {
		l.s.note("a frame that makes no sense: " + err.Error())
		return
	}
	switch f := f.(type) {
	case wire.ServerHello:
		l.joined(ws, f, now)
	case wire.Mine:
		l.takeMine(f)
	case wire.Ack:
		l.known = max(l.known, f.Pos.Offset)
		c := l.box.ack(f.ID)
		if c != nil {
			c.at = f.Pos.Offset
		}
		l.s.answered(l, c, now)
	case wire.Refuse:
		l.known = max(l.known, f.Offset)
		if f.Reason == oplog.TooFast {
			l.calm = now.Add(time.Second)
		}
		l.s.answered(l, l.box.refuse(f.ID, f.Reason), now)
	case wire.Retry:
		after := time.Duration(f.After) * time.Millisecond
		l.calm = now.Add(after)
		l.box.retry(f.ID, now.Add(after))
		l.nudge()
	case wire.Error:
		l.s.note("the server says to a " + l.role.String() + ": " + string(f.Reason) + " " + f.Detail)
	case wire.Bye:
		l.bye = f.Retry
	}
}

// joined is called when the server greets: the watch goes out, and behind it
// everything that is open.
func (l *line) joined(ws *websocket.Conn, f wire.ServerHello, now time.Time) {
	l.ws, l.up, l.beat = ws, now, time.Duration(f.Beat)*time.Second
	if l.beat <= 0 {
		l.beat = beatUntilTold
	}
	l.joins++
	l.s.joined(l)
	l.box.up(now)
	l.ask(false)
}

// ask has a watch written, unless one waits for its answer.
func (l *line) ask(anew bool) {
	if l.asked {
		return
	}
	l.asked, l.written, l.anew, l.settled = true, false, anew, false
	l.nudge()
}

func (l *line) takePatch(text []byte, now time.Time) {
	f, err := l.s.library.patch(text)
	if err != nil {
		l.s.note("a patch that makes no sense: " + err.Error())
		return
	}
	step := l.s.library.apply(l.doc, f)
	if step.verdict == reducer.Applied {
		l.doc, l.known = step.next, max(l.known, step.next.Pos.Offset)
	}
	if l.settled && step.verdict == reducer.Applied {
		l.s.received(l, step.appeared, now)
	}
	if l.asked && l.written {
		l.asked, l.settled = false, true
	}
	l.follow(step.verdict)
}

func (l *line) takeMine(f wire.Mine) {
	v := l.mine.Apply(reducer.Frame{From: f.From, Pos: f.Pos, Doc: f.Doc})
	l.known = max(l.known, f.Pos.Offset)
	l.follow(v)
}

// follow watches again when a frame does not fit.
func (l *line) follow(v reducer.Verdict) {
	switch v {
	case reducer.Behind:
		l.ask(false)
	case reducer.Foreign:
		l.ask(true)
	}
}
