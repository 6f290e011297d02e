package gateway

import (
	"net/http"
	"slices"
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

// resultsCSV serves the same as one table: a row for each question, and for each
// option, step, number or word of each round of a poll.
func (g *Gateway) resultsCSV(c echo.Context) error {
	res, err := g.results(c)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+c.Param("id")+`.csv"`)
	t := NewCSV(c.Response())
	langs := languages(res.Questions)
	head := []string{
		"what", "id", "state", "text", "option", "count", "people", "name", "language", "time",
		"against", "answer", "labels", "reason", "merged into", "entered from", "kind", "round", "share", "rank",
	}
	for _, lang := range langs {
		head = append(head, "text in "+lang)
	}
	t.Row(head...)
	for _, q := range res.Questions {
		row := []string{
			"question", q.ID, q.State, q.Text, "", strconv.Itoa(q.Votes), "", q.Name, q.Lang, stamp(q.At),
			strconv.Itoa(q.Down), q.Answer, strings.Join(q.Labels, ", "), q.Why, q.Into, q.From, "", "", "", "",
		}
		for _, lang := range langs {
			row = append(row, inLanguage(&q, lang))
		}
		t.Row(row...)
	}
	for _, p := range res.Polls {
		for _, r := range append(slices.Clone(p.Rounds), p.RoundResult) {
			pollRows(t, &p, &r)
		}
	}
	return t.Flush()
}

// languages are those that any question was translated into and still is, sorted.
func languages(list []session.QuestionResult) []string {
	var out []string
	for _, q := range list {
		for _, x := range q.Translations {
			if i, known := slices.BinarySearch(out, x.Lang); !known && !x.Old && !x.Waits {
				out = slices.Insert(out, i, x.Lang)
			}
		}
	}
	return out
}

// inLanguage is a question's present translation, empty for none.
func inLanguage(q *session.QuestionResult, lang string) string {
	for _, x := range q.Translations {
		if x.Lang == lang && !x.Old && !x.Waits {
			return x.Text
		}
	}
	return ""
}

// pollRows writes one round of a poll. A share is one of people, in percent with
// two decimals. The reason is why words are not shown.
func pollRows(t *CSV, p *session.PollResult, r *session.RoundResult) {
	why := ""
	row := func(option, count, share, rank string) {
		t.Row("poll", p.ID, p.State, p.Title, option, count, strconv.Itoa(r.People), "", "", stamp(p.At),
			"", "", "", why, "", "", p.Kind, strconv.Itoa(r.Round), share, rank)
	}
	people := func(option string, n int) { row(option, strconv.Itoa(n), percent(n, r.People), "") }
	switch {
	case len(r.Won) > 0:
		for i, o := range p.Options {
			row(o.Text, strconv.Itoa(r.First[i]), percent(r.Won[i], r.Met[i]), rankOf(r.Order, i+1))
		}
	case p.Steps > 0:
		for i, n := range r.Counts {
			people(strconv.Itoa(*p.From+i), n)
		}
	case p.Kind == "points":
		for i, o := range p.Options {
			row(o.Text, strconv.Itoa(r.Counts[i]), percent(r.Counts[i], 100*r.People), "")
		}
	case len(r.Counts) > 0:
		for i, o := range p.Options {
			people(optionText(p, o), r.Counts[i])
		}
	case r.Number != nil:
		n := r.Number
		for i, many := range n.Bins {
			from := n.From + int64(i)*n.Width
			people(decimal(from, p.Decimals)+" … "+decimal(from+n.Width-1, p.Decimals), many)
		}
		for _, q := range []struct {
			name string
			v    int64
		}{{"low", n.Low}, {"q1", n.Q1}, {"median", n.Median}, {"q3", n.Q3}, {"high", n.High}} {
			row(q.name+" "+decimal(q.v, p.Decimals), "", "", "")
		}
	case len(r.Words) > 0:
		for _, w := range r.Words {
			why = w.State
			people(w.Text, w.People)
		}
	default:
		row("", "", "", "")
	}
}

// optionText is an option as a table names it; those of a yesno have no text.
func optionText(p *session.PollResult, o session.OptionResult) string {
	if p.Kind == "yesno" {
		return [...]string{"yes", "no", "abstain"}[o.ID-1]
	}
	return o.Text
}

// percent is a share in hundredths of a percent, rounded half up, as 12.34.
func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	return decimal((int64(n)*20_000+int64(of))/(2*int64(of)), 2)
}

// decimal writes a whole number of units of 10^-places.
func decimal(n int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := strconv.FormatInt(n, 10)
	if places == 0 {
		return sign + s
	}
	if len(s) <= places {
		s = strings.Repeat("0", places+1-len(s)) + s
	}
	return sign + s[:len(s)-places] + "." + s[len(s)-places:]
}

// rankOf is the place of an option in an order of groups: who is level shares it.
func rankOf(order [][]int, id int) string {
	ahead := 0
	for _, group := range order {
		if slices.Contains(group, id) {
			return strconv.Itoa(ahead + 1)
		}
		ahead += len(group)
	}
	return ""
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
