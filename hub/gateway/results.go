package gateway

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// resultsJSON serves everything that was said and counted in a session.
func (g *Gateway) resultsJSON(c echo.Context) error {
	res, err := g.results(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, res)
}

// resultsCSV serves the same as one table: a row for each question and each
// option.
func (g *Gateway) resultsCSV(c echo.Context) error {
	res, err := g.results(c)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+c.Param("id")+`.csv"`)
	t := NewCSV(c.Response())
	t.Row("what", "id", "state", "text", "option", "count", "people", "name", "language", "time",
		"against", "answer", "labels", "reason", "merged into", "entered from")
	for _, q := range res.Questions {
		t.Row("question", q.ID, q.State, q.Text, "", strconv.Itoa(q.Votes), "", q.Name, q.Lang, stamp(q.At),
			strconv.Itoa(q.Down), q.Answer, strings.Join(q.Labels, ", "), q.Why, q.Into, q.From)
	}
	for _, p := range res.Polls {
		for _, o := range p.Options {
			t.Row("poll", p.ID, p.State, p.Title, o.Text, strconv.Itoa(o.Count), strconv.Itoa(p.People), "", "", stamp(p.At),
				"", "", "", "", "", "")
		}
	}
	return t.Flush()
}

func stamp(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// results reads a session's results for one who may see them.
func (g *Gateway) results(c echo.Context) (res session.Results, err error) {
	id := c.Param("id")
	if !oplog.ValidID(id) {
		return res, problem(oplog.NotFound, "there is no such session")
	}
	topic := oplog.MakeTopic(oplog.KindSession, id)
	if _, reason := g.admit(g.identify(c.Request()), topic, oplog.Moderator); reason != "" {
		return res, problem(reason, "this needs the access link of a moderator or an organiser")
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	res, ok, err := g.cfg.Venue.Results(c.Request().Context(), id)
	if err != nil {
		return res, problem(oplog.Unavailable, "the session cannot be read now")
	}
	if !ok {
		return res, problem(oplog.NotFound, "there is no such session")
	}
	return res, nil
}

// archive serves the questions that left the board to make room, newest first.
func (g *Gateway) archive(c echo.Context) error {
	topic, _, err := topicAndRole(c)
	if err != nil {
		return err
	}
	before, err := number[int](c.QueryParam("before"))
	if err != nil {
		return err
	}
	if topic.Kind() != oplog.KindSession || !g.cfg.Venue.Exists(topic) {
		return problem(oplog.NotLive, "there is no such session")
	}
	page, err := g.cfg.Venue.Archive(c.Request().Context(), topic, before, DefaultPage)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	return c.JSON(http.StatusOK, page)
}
