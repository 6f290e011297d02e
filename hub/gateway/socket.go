package gateway

import (
	"bufio"
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/gateway/line"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// socket is a client over a WebSocket. It is read by one goroutine at a time;
// what is written goes out through the line, by whoever has something to say.
type socket struct {
	// static
	client
	out    fanout.Conn
	line   line.Line
	ws     *websocket.Conn
	raw    *Conn
	buffer *bufio.Reader // the library's

	why error // set once, when the connection is ended

	// owned by whoever reads
	late    *time.Timer // until hello
	greeted bool
	strikes int
}

// socket lets one WebSocket in. The request's goroutine, with all that HTTP put on
// its stack, ends here.
func (g *Gateway) socket(c echo.Context) error {
	r := c.Request()
	if err := g.serving(c); err != nil {
		return err
	}
	if r.Header.Get("Upgrade") == "" {
		return g.door(c)
	}
	who := g.identify(r)
	if err := g.mayConnect(c, who); err != nil {
		return err
	}
	if err := g.letIn(c); err != nil {
		return err
	}
	if !g.seats.take(who.name()) {
		return g.fullHouse(c)
	}
	g.sockets.Add(1)
	up, err := upgrade(c.Response(), r)
	if err != nil {
		g.sockets.Done()
		g.seats.leave(who.name())
		return nil // the library has answered
	}
	s := &socket{
		client: client{g: g, who: who, transport: "websocket", since: time.Now()},
		ws:     up.ws, raw: up.raw, buffer: up.buffer,
	}
	up.raw.Over(&s.line, &g.forms, up.form, s.over)
	g.cfg.Hub.Connect(&s.out, &s.line)
	s.conn = &s.out
	s.enter()
	return nil
}

// mayConnect refuses a connection that must not be: from a page that is not ours,
// or of nobody.
func (g *Gateway) mayConnect(c echo.Context, who identity) error {
	if ok, missing := g.allow.Origin(c.Request()); !ok && !(missing && who.bearer) {
		return problem(oplog.BadOrigin, "open the page from this server, or send an access link as Authorization: Bearer")
	}
	if !who.known && !who.staff() {
		return problem(oplog.BadPass, "no identity came with the request; POST /api/v1/hello gives one")
	}
	return nil
}

// wait waits until the peer has sent something, on a small stack of its own, and
// then leaves the socket to the readers.
func (s *socket) wait() {
	if !s.received() {
		line.Readable(s.raw.Conn)
	}
	s.g.readers.take(s)
}

// received reports whether something has been read ahead.
func (s *socket) received() bool { return s.raw.Held() || s.buffer.Buffered() > 0 }

// turn handles what has come. When that is all there is, the socket waits again.
func (s *socket) turn() {
	why, more := s.read()
	if more {
		go s.wait()
		return
	}
	s.conn.End(why)
	// Until the peer's close frame has come, or the line is cut. One that has gone
	// sends none; one that broke the protocol may never.
	for !errors.Is(why, errGone) {
		if _, _, err := s.ws.Read(context.Background()); err != nil {
			break
		}
	}
	s.leave()
}

// enter begins to serve a socket.
func (s *socket) enter() {
	s.late = time.AfterFunc(HelloTimeout, func() { s.cut(errNoHello) })
	s.g.enlist(&s.client)
	s.g.cfg.Observer.Connected(s.transport)
	go s.wait()
}

// leave gives back all that a socket had.
func (s *socket) leave() {
	if s.late != nil {
		s.late.Stop()
	}
	_ = s.ws.CloseNow()
	s.client.leave()
	s.g.discharge(&s.client)
	s.g.seats.leave(s.who.name())
	s.g.cfg.Observer.Disconnected(s.transport, closeName(s.why), time.Since(s.since))
	s.g.sockets.Done()
}

// over says goodbye when nothing more will be sent, and cuts the line when the
// peer does not answer that.
func (s *socket) over(why error) {
	if s.why = why; errors.Is(why, errGone) {
		return
	}
	s.line.Close(closeCode(why))
	time.AfterFunc(CloseTimeout, func() { _ = s.raw.Close() })
}

// closeCode translates why a connection ended.
func closeCode(why error) (code uint16, reason string) {
	var refused refusedError
	switch {
	case errors.Is(why, errDraining):
		return wire.CloseRestart, "restart"
	case errors.Is(why, errPassEnded):
		return wire.CloseBadPass, string(oplog.BadPass)
	case errors.Is(why, errMoved):
		return wire.ClosePolicy, string(oplog.Changed)
	case errors.Is(why, fanout.ErrOverflow), errors.Is(why, line.ErrStalled):
		return wire.CloseLagging, "lagging"
	case errors.Is(why, errNoHello): // a phone that slept meanwhile may come again
		return wire.ClosePolicy, string(oplog.BadRequest)
	case errors.As(why, &refused):
		if refused.reason == oplog.NotUTF8 {
			return wire.CloseNotUTF8, string(refused.reason)
		}
		return wire.ClosePolicy, string(refused.reason)
	}
	return wire.CloseNormal, ""
}

// closeName is the same for a metric: a small closed set.
func closeName(why error) string {
	code, _ := closeCode(why)
	if code == wire.CloseNormal { // never said by us
		return "client"
	}
	return strconv.Itoa(int(code))
}

// refusedError ends a connection for what it sent.
type refusedError struct{ reason oplog.Reason }

func (e refusedError) Error() string { return "refused: " + string(e.reason) }

// read handles messages until nothing more has been received. When the socket
// has ended instead, it says why.
func (s *socket) read() (why error, more bool) {
	for {
		kind, msg, err := s.ws.Read(context.Background())
		if err != nil {
			return s.broke(err), false
		}
		if kind != websocket.MessageText {
			return refusedError{oplog.BadCommand}, false
		}
		if err := s.take(msg); err != nil {
			return err, false
		}
		if !s.received() {
			return nil, true
		}
	}
}

// take handles one message. An error ends the socket.
func (s *socket) take(msg []byte) error {
	frame, reason := wire.DecodeClient(msg)
	switch {
	case reason == oplog.NotUTF8:
		return refusedError{reason}
	case reason != "":
		s.refuse("", reason, "")
		if s.strikes++; s.strikes >= MaxStrikes {
			return refusedError{reason}
		}
		return nil
	}
	if _, hello := frame.(wire.Hello); !s.greeted && !hello {
		return refusedError{oplog.FirstHello}
	}
	if !s.greeted {
		s.greeted = true
		s.late.Stop()
		s.late = nil // most of a connection's life it would only take room
	}
	s.handle(context.Background(), frame)
	return nil
}

// broke says why a read failed: the guard below had enough, or the client has
// gone.
func (c *client) broke(err error) error {
	var guard *GuardError
	if errors.As(err, &guard) {
		c.g.cfg.Observer.Limited(guard.What)
		return refusedError{guard.Reason}
	}
	return errGone
}

// handle takes one frame.
func (c *client) handle(ctx context.Context, frame wire.ClientFrame) {
	switch f := frame.(type) {
	case wire.Hello:
		c.g.cfg.Observer.Received("hello")
		c.say(wire.AppendHello(nil, wire.ServerHello{
			V: wire.Version, Node: c.g.cfg.Node, Version: c.g.cfg.Version, Beat: int(BeatEvery.Seconds()),
		}))
	case wire.Watch:
		c.g.cfg.Observer.Received("watch")
		c.watch(ctx, f.Topic, f.Role, hub.Stand{View: f.View, Pos: f.Pos, Mine: f.Mine})
	case wire.Unwatch:
		c.g.cfg.Observer.Received("unwatch")
		c.unwatch(ctx, f.Topic)
	case wire.Do:
		c.g.cfg.Observer.Received("do")
		c.do(ctx, f)
	case wire.Beat:
		c.g.cfg.Observer.Received("beat")
		c.say(wire.AppendBeat(nil, time.Now().UnixMilli()))
	case wire.React:
		c.g.cfg.Observer.Received("react")
		c.react(f)
	}
}

func isHTTPS(publicURL string) bool {
	return len(publicURL) >= 8 && publicURL[:8] == "https://"
}
