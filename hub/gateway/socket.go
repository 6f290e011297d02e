package gateway

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// socket serves one WebSocket until it ends.
func (g *Gateway) socket(c echo.Context) error {
	r := c.Request()
	who := g.identify(r)
	if err := g.mayConnect(c, who); err != nil {
		return err
	}
	if !g.seats.take(who.name()) {
		return g.fullHouse(c)
	}
	defer g.seats.leave(who.name())
	ws, err := websocket.Accept(c.Response(), r, &websocket.AcceptOptions{
		Subprotocols: []string{wire.Subprotocol},
		// Origins have been checked against the exact list above.
		InsecureSkipVerify: true,
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		return nil // the library has answered
	}
	defer ws.CloseNow()
	ws.SetReadLimit(wire.MaxClientFrame)
	if guard := GuardFrom(r.Context()); guard != nil {
		guard.Upgraded()
	}
	g.talk(ws, who)
	return nil
}

// mayConnect refuses a connection that must not be: while draining, from a page
// that is not ours, or of nobody.
func (g *Gateway) mayConnect(c echo.Context, who identity) error {
	if g.draining.Load() || !g.ready.Load() {
		return g.comeBack(c)
	}
	if ok, missing := g.allow.Origin(c.Request()); !ok && !(missing && who.bearer) {
		return problem(oplog.BadOrigin, "open the page from this server, or send an access link as Authorization: Bearer")
	}
	if !who.known && !who.staff() {
		return problem(oplog.BadPass, "no identity came with the request; POST /api/v1/hello gives one")
	}
	return nil
}

// talk runs both directions of a socket until one ends.
func (g *Gateway) talk(ws *websocket.Conn, who identity) {
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	c := g.newClient(who, "websocket", end, socketSink(ws))
	g.enlist(c)
	defer g.discharge(c)
	g.cfg.Observer.Connected(c.transport)
	var both errgroup.Group
	both.Go(func() error {
		err := c.conn.Run(ctx)
		end(err)
		return g.hangUp(ws, err)
	})
	both.Go(func() error {
		// The library closes the socket when a read's context ends, so reading
		// ends by the close, never by the context.
		err := c.read(ctx, ws)
		end(err)
		return err
	})
	_ = both.Wait()
	c.leave()
	g.cfg.Observer.Disconnected(c.transport, closeName(context.Cause(ctx)), time.Since(c.since))
}

// socketSink writes messages. One that cannot be handed on within the limit
// ends the connection.
func socketSink(ws *websocket.Conn) fanout.Sink {
	return func(_ context.Context, _ oplog.Topic, _ *fanout.Frame, data []byte) error {
		ctx, cancel := context.WithTimeout(context.Background(), WriteTimeout)
		defer cancel()
		return ws.Write(ctx, websocket.MessageText, data)
	}
}

// hangUp says why, if the peer still listens, and closes.
func (g *Gateway) hangUp(ws *websocket.Conn, why error) error {
	code, reason := closeCode(why)
	done := make(chan struct{})
	go func() { defer close(done); _ = ws.Close(code, reason) }()
	select {
	case <-done:
	case <-time.After(CloseTimeout):
		_ = ws.CloseNow()
		<-done
	}
	return why
}

// closeCode translates why a connection ended.
func closeCode(why error) (websocket.StatusCode, string) {
	var refused refusedError
	switch {
	case errors.Is(why, errDraining):
		return websocket.StatusServiceRestart, "restart"
	case errors.Is(why, errPassEnded):
		return websocket.StatusCode(wire.CloseBadPass), string(oplog.BadPass)
	case errors.Is(why, errMoved):
		return websocket.StatusPolicyViolation, string(oplog.Changed)
	case errors.Is(why, fanout.ErrOverflow), errors.Is(why, context.DeadlineExceeded):
		return websocket.StatusCode(wire.CloseLagging), "lagging"
	case errors.Is(why, errNoHello):
		return websocket.StatusPolicyViolation, string(oplog.FirstHello)
	case errors.As(why, &refused):
		if refused.reason == oplog.NotUTF8 {
			return websocket.StatusInvalidFramePayloadData, string(refused.reason)
		}
		return websocket.StatusPolicyViolation, string(refused.reason)
	}
	return websocket.StatusNormalClosure, ""
}

// closeName is the same for a metric: a small closed set.
func closeName(why error) string {
	if errors.Is(why, errGone) {
		return "client"
	}
	code, _ := closeCode(why)
	return strconv.Itoa(int(code))
}

// refusedError ends a connection for what it sent.
type refusedError struct{ reason oplog.Reason }

func (e refusedError) Error() string { return "refused: " + string(e.reason) }

// read handles what the client sends until the socket ends.
func (c *client) read(ctx context.Context, ws *websocket.Conn) error {
	late := time.AfterFunc(HelloTimeout, func() { c.cut(errNoHello) })
	defer late.Stop()
	greeted := false
	for strikes := 0; ; {
		kind, msg, err := ws.Read(context.Background())
		if err != nil {
			return c.broke(err)
		}
		if kind != websocket.MessageText {
			return refusedError{oplog.BadCommand}
		}
		frame, reason := wire.DecodeClient(msg)
		switch {
		case reason == oplog.NotUTF8:
			return refusedError{reason}
		case reason != "":
			c.refuse("", reason, "")
			if strikes++; strikes >= MaxStrikes {
				return refusedError{reason}
			}
			continue
		}
		if _, hello := frame.(wire.Hello); !greeted && !hello {
			return refusedError{oplog.FirstHello}
		}
		greeted = true
		late.Stop()
		c.handle(ctx, frame)
	}
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
	}
}

func isHTTPS(publicURL string) bool {
	return len(publicURL) >= 8 && publicURL[:8] == "https://"
}
