package gateway

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"majlis/hub"
	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/strict"
	"majlis/hub/wire"
)

// document serves what a role sees of a topic, encoded and compressed once per
// version.
func (g *Gateway) document(c echo.Context) error {
	topic, role, err := topicAndRole(c)
	if err != nil {
		return err
	}
	if _, reason := g.admit(g.reader(c, role), topic, role); reason != "" {
		return problem(reason, "")
	}
	t, err := g.cfg.Hub.Open(c.Request().Context(), topic)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	d, err := t.Document(c.Request().Context(), role)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	h := c.Response().Header()
	h.Set("ETag", d.ETag)
	h.Set("Vary", "Accept-Encoding, Authorization, Cookie")
	h.Set("Cache-Control", "no-store")
	if role == oplog.Attendee {
		h.Set("Cache-Control", "public, no-cache")
		if c.Request().Header.Get("If-None-Match") == d.ETag {
			return c.NoContent(http.StatusNotModified)
		}
	}
	body := d.JSON
	if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = d.Gzip()
	}
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
}

// reader is who reads a document: an attendee's is the same for everybody, so
// nobody has to be somebody to read it.
func (g *Gateway) reader(c echo.Context, role oplog.Role) identity {
	who := g.identify(c.Request())
	if role == oplog.Attendee {
		who.known = true
	}
	return who
}

// mine serves what belongs to the one who asks.
func (g *Gateway) mine(c echo.Context) error {
	topic, _, err := topicAndRole(c)
	if err != nil {
		return err
	}
	as, reason := g.admit(g.identify(c.Request()), topic, oplog.Attendee)
	if reason != "" {
		return problem(reason, "")
	}
	t, err := g.cfg.Hub.Open(c.Request().Context(), topic)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	doc, at, err := t.Own(c.Request().Context(), as.person)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	if doc == nil {
		doc = entity.Patch{} // {} and not null, as in frames
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]any{
		"topic": topic, "epoch": at.Epoch, "offset": at.Offset, "h": at.Hash.String(), "doc": doc,
	})
}

// command takes one command over plain HTTP and answers with frames.
func (g *Gateway) command(c echo.Context) error {
	topic, role, err := topicAndRole(c)
	if err != nil {
		return err
	}
	r := c.Request()
	who := g.identify(r)
	if err := g.mayWrite(r, who); err != nil {
		return err
	}
	as, reason := g.admit(who, topic, role)
	if reason != "" {
		return problem(reason, "")
	}
	body, err := readAll(r, wire.MaxClientFrame)
	if err != nil {
		return err
	}
	d, reason := wire.DecodeDo(body, topic)
	if reason != "" {
		return problem(reason, "the body is not a command: want id, dev, n, seen and cmd")
	}
	g.cfg.Observer.Received("post")
	got := make(chan hub.Answer, 1)
	a, ok := g.submit(r.Context(), d, as, nil, func(a hub.Answer, _ []byte) { got <- a })
	if ok {
		select {
		case a = <-got:
		case <-r.Context().Done():
			return problem(oplog.Unavailable, "the answer did not come in time; send the same command again")
		}
	}
	frame := g.answer(d.ID, topic, a, nil)
	return c.JSON(http.StatusOK, map[string]any{"frames": []json.RawMessage{frame}})
}

// reacted shows a reaction that came over plain HTTP.
func (g *Gateway) reacted(c echo.Context) error {
	topic, role, err := topicAndRole(c)
	if err != nil {
		return err
	}
	r := c.Request()
	who := g.identify(r)
	if err := g.mayWrite(r, who); err != nil {
		return err
	}
	as, reason := g.admit(who, topic, role)
	if reason != "" {
		return problem(reason, "")
	}
	body, err := readAll(r, MaxReactBody)
	if err != nil {
		return err
	}
	f, reason := wire.DecodeReact(body, topic)
	if reason != "" {
		return problem(reason, "the body is not a reaction: want a kind")
	}
	g.cfg.Observer.Received("react")
	t, err := g.cfg.Hub.Open(r.Context(), topic)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	g.react(t, as, f.Kind)
	return c.NoContent(http.StatusNoContent)
}

// mayWrite refuses what another site's page makes a browser send (CSRF): a
// browser names the origin of every POST. A program with a pass in the header
// names none.
func (g *Gateway) mayWrite(r *http.Request, who identity) error {
	ok, missing := g.allow.Origin(r)
	if ok || missing && r.Header.Get("Sec-Fetch-Site") == "" {
		return nil
	}
	return problem(oplog.BadOrigin, "the request comes from another site's page")
}

// hello gives a program the identity that a page gets with its first visit.
func (g *Gateway) hello(c echo.Context) error {
	g.setVisitor(c.Response(), g.identify(c.Request()))
	return c.NoContent(http.StatusNoContent)
}

// enter exchanges an access link for a cookie and says where to go.
func (g *Gateway) enter(c echo.Context) error {
	r := c.Request()
	if err := g.mayWrite(r, identity{}); err != nil {
		return err
	}
	var body struct {
		Pass string `json:"pass"`
	}
	if err := decodeBody(r, &body, MaxPassBody); err != nil {
		return err
	}
	var who identity
	who.add(g, body.Pass)
	if len(who.passes) == 0 {
		return problem(oplog.BadPass, "this access link is broken, has expired or was revoked; ask for a new one")
	}
	claims := who.passes[0]
	c.SetCookie(g.hold(r, body.Pass, claims.Expires))
	return c.JSON(http.StatusOK, map[string]any{
		"role": claims.Role.String(), "scope": claims.Scope, "conference": claims.Conference,
		"to": g.cfg.Venue.Door(claims),
	})
}

// forget drops the passes that a browser holds.
func (g *Gateway) forget(c echo.Context) error {
	if err := g.mayWrite(c.Request(), identity{}); err != nil {
		return err
	}
	c.SetCookie(g.cookie(passCookie, "", -time.Second))
	return c.NoContent(http.StatusNoContent)
}

// me says which passes came with the request.
func (g *Gateway) me(c echo.Context) error {
	type held struct {
		Role       string `json:"role"`
		Scope      string `json:"scope"`
		Conference string `json:"conference"`
		Until      int64  `json:"until"`
	}
	passes := []held{}
	for _, p := range g.identify(c.Request()).passes {
		passes = append(passes, held{p.Role.String(), p.Scope, p.Conference, p.Expires.UnixMilli()})
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]any{"passes": passes})
}

func (g *Gateway) livez(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says whether this node should be sent anybody, and also what is amiss
// without being a reason not to.
func (g *Gateway) readyz(c echo.Context) error {
	reasons := []string{}
	if !g.ready.Load() {
		reasons = append(reasons, "loading")
	}
	if g.draining.Load() {
		reasons = append(reasons, "draining")
	}
	if g.cfg.Failed != nil && g.cfg.Failed() != nil {
		reasons = append(reasons, "store-failed")
	}
	if g.cfg.Hub.Elsewhere() {
		reasons = append(reasons, "topics-elsewhere")
	}
	ready, status := len(reasons) == 0, http.StatusOK
	if !ready {
		status = http.StatusServiceUnavailable
	}
	if g.cfg.Degraded != nil && g.cfg.Degraded() != nil {
		reasons = append(reasons, "store-away")
	}
	if ready && len(g.cfg.Hub.Unserved()) > 0 {
		reasons = append(reasons, "topics-unserved")
	}
	return c.JSON(status, map[string]any{"ready": ready, "level": g.cfg.Level(), "reasons": reasons})
}

// decodeBody reads one JSON object of a bounded size.
func decodeBody(r *http.Request, v any, limit int) error {
	body, err := readAll(r, limit)
	if err != nil {
		return err
	}
	if err := strict.Decode(body, v); err != nil {
		return problem(oplog.BadRequest, "the body is not what is expected here: "+err.Error())
	}
	return nil
}

// fail writes what a handler returned as a problem document.
func (g *Gateway) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	var p Problem
	var he *echo.HTTPError
	switch {
	case errors.As(err, &p):
	case errors.As(err, &he):
		p = httpProblem(he.Code)
	default:
		g.cfg.Log.Error("request failed", "route", c.Path(), "error", err)
		p = problem(oplog.Internal, "something went wrong here; it has been noted")
	}
	g.cfg.Observer.Refused(p.Code)
	WriteProblem(c.Response(), p)
}

func (g *Gateway) panicked(c echo.Context, err error, stack []byte) error {
	g.cfg.Log.Error("handler panicked", "route", c.Path(), "error", err, "stack", string(stack))
	return err
}

// guardHost refuses requests that name a host which is not ours (DNS
// rebinding). Probes name the machine by its address, and learn nothing.
func (g *Gateway) guardHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		probe := c.Path() == "/livez" || c.Path() == "/readyz"
		if !probe && !g.allow.Host(c.Request()) {
			return Problem{
				Type: "about:blank", Title: "Wrong host", Status: http.StatusMisdirectedRequest,
				Code: oplog.BadOrigin, Detail: "this server does not answer to that name; see --public-url",
			}
		}
		return next(c)
	}
}

// whenReady keeps everybody waiting until all is loaded: before that a session
// may seem not to exist, and a pass not to be revoked.
func (g *Gateway) whenReady(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !g.ready.Load() {
			return g.comeBack(c)
		}
		return next(c)
	}
}

// comeBack refuses what the server cannot do while it starts or stops.
func (g *Gateway) comeBack(c echo.Context) error {
	c.Response().Header().Set("Retry-After", strconv.Itoa(ByeRetryMax/1000))
	return problem(oplog.Unavailable, "the server is starting or stopping; come back shortly")
}

func (g *Gateway) apiHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		g.headers.API(c.Response().Header())
		return next(c)
	}
}
