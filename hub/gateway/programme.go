package gateway

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
	"majlis/hub/venue"
)

// sessions lists the sessions, live ones first.
func (g *Gateway) sessions(c echo.Context) error {
	limit, err := number[int](c.QueryParam("limit"))
	if err != nil {
		return err
	}
	if limit == 0 {
		limit = DefaultPage
	}
	after, err := number[int](c.QueryParam("after"))
	if err != nil {
		return err
	}
	items := g.cfg.Venue.Sessions(c.QueryParam("conference"))
	items = items[min(after, len(items)):]
	var next *string
	if n := min(limit, MaxPage); len(items) > n {
		items = items[:n]
		cursor := strconv.Itoa(after + n)
		next = &cursor
	}
	return c.JSON(http.StatusOK, map[string]any{"items": items, "next": next})
}

// session is one session with the texts that are too long for the document.
func (g *Gateway) session(c echo.Context) error {
	s, ok, err := g.cfg.Venue.Session(c.Request().Context(), c.Param("id"))
	if err != nil {
		return problem(oplog.Unavailable, "the programme cannot be read now")
	}
	if !ok {
		return problem(oplog.NotFound, "there is no such session")
	}
	return c.JSON(http.StatusOK, s)
}

func (g *Gateway) conferences(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{"items": g.cfg.Venue.Conferences()})
}

// join finds what a code opens. Guessing is slow: per visitor, and for all
// visitors of one network together.
func (g *Gateway) join(c echo.Context) error {
	who := g.setVisitor(c.Response(), g.identify(c.Request()))
	now := time.Now()
	for _, b := range []struct {
		limit interface {
			Take(key string, now time.Time) (bool, time.Duration)
		}
		key string
	}{{g.codes, who.visitor.Person()}, {g.places, Place(c.RealIP())}} {
		if ok, wait := b.limit.Take(b.key, now); !ok {
			g.cfg.Observer.Limited("codes")
			c.Response().Header().Set("Retry-After", strconv.Itoa(1+int(wait.Seconds())))
			return problem(oplog.TooFast, "too many codes were tried; wait a little")
		}
	}
	found, ok := g.cfg.Venue.Join(c.Param("code"))
	if !ok {
		return problem(oplog.UnknownCode, "no conference or session has this code; check it on the screen")
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, found)
}

// programme takes a schedule file: what would change, and with dry unset, the
// change.
func (g *Gateway) programme(c echo.Context) error {
	r := c.Request()
	conference := c.Param("id")
	person, err := g.organiser(c, conference)
	if err != nil {
		return err
	}
	body, err := readAll(r, MaxProgramme)
	if err != nil {
		return err
	}
	report, err := g.cfg.Venue.Import(r.Context(), venue.Upload{
		Conference: conference, File: c.QueryParam("file"), Zone: c.QueryParam("zone"),
		Body: body, Dry: c.QueryParam("dry") == "1", Person: person,
	})
	if err != nil {
		return programmeProblem(err)
	}
	return c.JSON(http.StatusOK, report)
}

// mint makes an access link.
func (g *Gateway) mint(c echo.Context) error {
	conference := c.Param("id")
	person, err := g.organiser(c, conference)
	if err != nil {
		return err
	}
	var want struct {
		Role  string `json:"role"`
		Scope string `json:"scope"`
		Label string `json:"label"`
		Hours int    `json:"hours"`
	}
	if err := decodeBody(c.Request(), &want, MaxPassBody); err != nil {
		return err
	}
	role, err := oplog.ParseRole(want.Role)
	if err != nil || role == oplog.Operator {
		return problem(oplog.BadRequest, "want a role of screen, moderator or organiser")
	}
	link, err := g.cfg.Venue.Mint(c.Request().Context(), venue.Wanted{
		Conference: conference, Role: role, Scope: want.Scope, Label: want.Label,
		Hours: want.Hours, Person: person,
	})
	if err != nil {
		return mintProblem(err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusCreated, link)
}

// organiser checks that a request may run a conference, and says who it is.
func (g *Gateway) organiser(c echo.Context, conference string) (person string, err error) {
	who := g.identify(c.Request())
	if err := g.mayWrite(c.Request(), who); err != nil {
		return "", err
	}
	if !oplog.ValidID(conference) {
		return "", problem(oplog.NotFound, "there is no such conference")
	}
	as, reason := g.admit(who, oplog.MakeTopic(oplog.KindConference, conference), oplog.Organiser)
	if reason != "" {
		return "", problem(oplog.NotAllowed, "this needs the access link of this conference's organiser")
	}
	return as.person, nil
}
