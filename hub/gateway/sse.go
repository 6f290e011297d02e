package gateway

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/gateway/line"
	"majlis/hub/oplog"
)

// events serves the same frames as server-sent events (HTML Living Standard
// §9.2), for walls that WebSockets do not pass. One stream is one topic.
func (g *Gateway) events(c echo.Context) error {
	topic, role, err := topicAndRole(c)
	if err != nil {
		return err
	}
	who := g.identify(c.Request())
	if err := g.serving(c); err != nil {
		return err
	}
	if _, reason := g.admit(who, topic, role); reason != "" {
		return problem(reason, "")
	}
	has, err := standOf(c)
	if err != nil {
		return err
	}
	if err := g.letIn(c); err != nil {
		return err
	}
	if _, err := g.cfg.Hub.Open(c.Request().Context(), topic); err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	if !g.seats.take(who.name()) {
		return g.fullHouse(c)
	}
	defer g.seats.leave(who.name())
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would hold the events back
	c.Response().WriteHeader(http.StatusOK)
	g.stream(c.Request().Context(), http.NewResponseController(c.Response()), c.Response(), who, topic, role, has)
	return nil
}

func (g *Gateway) stream(ctx context.Context, rc *http.ResponseController, w http.ResponseWriter, who identity, topic oplog.Topic, role oplog.Role, has hub.Stand) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	c := &client{g: g, who: who, transport: "sse", since: time.Now()}
	c.conn = fanout.NewStream(&events{rc: rc, w: w, end: end})
	g.enlist(c)
	defer g.discharge(c)
	g.cfg.Observer.Connected(c.transport)
	c.watch(ctx, topic, role, has)
	end(c.conn.Run(ctx))
	c.leave()
	g.cfg.Observer.Disconnected(c.transport, closeName(context.Cause(ctx)), time.Since(c.since))
}

// events is the line of a stream. It blocks; only the stream's own goroutine
// sends.
type events struct {
	rc  *http.ResponseController
	w   http.ResponseWriter
	end func(error)
}

// Send writes messages as events.
func (e *events) Send(batch []fanout.Message) (taken int, clear bool, err error) {
	if err := e.rc.SetWriteDeadline(time.Now().Add(WriteTimeout)); err != nil {
		return 0, false, err
	}
	for _, m := range batch {
		if m.Frame != nil {
			if _, err := e.w.Write(m.Frame.In(line.Events, frameEvents)); err != nil {
				return taken, false, err
			}
		}
		if m.Own != nil {
			if _, err := e.w.Write(appendEvents(nil, m.Own)); err != nil {
				return taken, false, err
			}
		}
		taken++
	}
	return taken, true, e.rc.Flush()
}

// Wait returns at once: Send leaves nothing.
func (e *events) Wait(context.Context) error { return nil }

// End ends the stream.
func (e *events) End(why error) { e.end(why) }

// frameEvents is a frame as events. The id is its position, which the browser
// sends back when it reconnects by itself.
func frameEvents(f *fanout.Frame) []byte {
	var b []byte
	if f.To > f.From {
		b = fmt.Appendf(b, "id: %s:%d:%s\n", f.Epoch, f.To, f.Hash)
	}
	return appendEvents(b, f.Data)
}

// appendEvents appends each frame of a message as one event.
func appendEvents(dst, data []byte) []byte {
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		dst = append(append(append(dst, "data: "...), line...), "\n\n"...)
	}
	return dst
}

// standOf reads what a client has: from the address, or from the id of the last
// event when the browser reconnects by itself.
func standOf(c echo.Context) (hub.Stand, error) {
	var has hub.Stand
	var err error
	if has.View, err = number[int](c.QueryParam("view")); err != nil {
		return has, err
	}
	if has.Mine, err = number[oplog.Offset](c.QueryParam("mine")); err != nil {
		return has, err
	}
	epoch, offset, hash := c.QueryParam("epoch"), c.QueryParam("offset"), c.QueryParam("h")
	if last := strings.Split(c.Request().Header.Get("Last-Event-ID"), ":"); len(last) == 3 {
		epoch, offset, hash = last[0], last[1], last[2]
	}
	if has.Pos.Offset, err = number[oplog.Offset](offset); err != nil {
		return has, err
	}
	if has.Pos.Hash, err = oplog.ParseHash(hash); err != nil {
		return has, problem(oplog.BadRequest, err.Error())
	}
	has.Pos.Epoch = epoch
	return has, nil
}

func number[T ~int | ~uint64](s string) (T, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 53)
	if err != nil {
		return 0, problem(oplog.BadRequest, fmt.Sprintf("%.40q is not a number that fits", s))
	}
	return T(n), nil
}

// topicAndRole reads what a request is about.
func topicAndRole(c echo.Context) (oplog.Topic, oplog.Role, error) {
	topic, err := oplog.ParseTopic(c.Param("kind") + "/" + c.Param("id"))
	if err != nil {
		return "", 0, problem(oplog.BadRequest, err.Error())
	}
	name := c.QueryParam("role")
	if name == "" {
		return topic, oplog.Attendee, nil
	}
	role, err := oplog.ParseRole(name)
	if err != nil {
		return "", 0, problem(oplog.BadRequest, err.Error())
	}
	return topic, role, nil
}
