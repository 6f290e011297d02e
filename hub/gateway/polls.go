package gateway

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// pollFile serves a session's polls as they are prepared, to be put into another.
func (g *Gateway) pollFile(c echo.Context) error {
	topic, _, err := g.desk(c)
	if err != nil {
		return err
	}
	f, err := g.cfg.Venue.PollFile(c.Request().Context(), topic)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", `attachment; filename="`+c.Param("id")+`-polls.json"`)
	return c.JSON(http.StatusOK, f)
}

// pollReport is what became of the polls of a file.
type pollReport struct {
	Created int         `json:"created"`
	Again   int         `json:"again"` // that were there already
	Refused []pollFault `json:"refused"`
}

type pollFault struct {
	Poll   string       `json:"poll"` // its place in the file: 3, or 3.2 in a survey
	Reason oplog.Reason `json:"reason"`
}

// importPolls makes polls of a file. Their ids follow from the file, so that a
// file that is sent again makes none twice.
func (g *Gateway) importPolls(c echo.Context) error {
	topic, as, err := g.desk(c)
	if err != nil {
		return err
	}
	if err := g.mayWrite(c.Request(), g.identify(c.Request())); err != nil {
		return err
	}
	var f struct {
		Majlis  string                       `json:"majlis"`
		Version int                          `json:"v"`
		Polls   []map[string]json.RawMessage `json:"polls"`
	}
	body, err := readAll(c.Request(), MaxPollFile)
	if err != nil {
		return err
	}
	if json.Unmarshal(body, &f) != nil || f.Majlis != session.PollFileKind || f.Version != session.PollFileVersion {
		return problem(oplog.BadRequest, `the body is no file of polls: want {"majlis":"polls","v":1,"polls":[…]}`)
	}
	if len(f.Polls) > session.MaxPolls {
		return problem(oplog.BadRequest, "the file has more polls than a session takes: at most "+strconv.Itoa(session.MaxPolls))
	}
	t, err := g.cfg.Hub.Open(c.Request().Context(), topic)
	if err != nil {
		return problem(oplog.Unavailable, "the session cannot be read now")
	}
	in := importing{c: c, topic: t, as: as, file: sha256.Sum256(body)}
	in.report.Refused = []pollFault{}
	for i, p := range f.Polls {
		if err := in.whole(strconv.Itoa(i+1), p); err != nil {
			return problem(oplog.Unavailable, "the polls up to here were made; send the same file again")
		}
	}
	return c.JSON(http.StatusOK, in.report)
}

// importing is one import on its way.
type importing struct {
	c      echo.Context
	topic  *hub.Topic
	as     capacity
	file   [sha256.Size]byte
	report pollReport
}

// whole makes one poll, and of a survey its questions.
func (in *importing) whole(place string, p map[string]json.RawMessage) error {
	var questions []map[string]json.RawMessage
	if raw := p["questions"]; raw != nil {
		if json.Unmarshal(raw, &questions) != nil {
			in.report.Refused = append(in.report.Refused, pollFault{place, oplog.BadCommand})
			return nil
		}
		if len(questions) > session.MaxSurvey {
			in.report.Refused = append(in.report.Refused, pollFault{place, oplog.TooMany})
			return nil
		}
		delete(p, "questions")
	}
	id, err := in.one(place, p, "")
	for i, q := range questions {
		if err == nil && id != "" {
			_, err = in.one(place+"."+strconv.Itoa(i+1), q, id)
		}
	}
	return err
}

// one makes one poll. The id is empty if it was refused.
func (in *importing) one(place string, p map[string]json.RawMessage, survey string) (id string, err error) {
	if p == nil {
		in.report.Refused = append(in.report.Refused, pollFault{place, oplog.BadCommand})
		return "", nil
	}
	id = in.id(place)
	set := func(name, value string) { p[name] = json.RawMessage(strconv.Quote(value)) }
	set("type", "poll.create")
	set("id", id)
	if survey != "" {
		set("in", survey)
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	c, reason := in.topic.Prepare(raw, in.as.person, in.as.role, in.as.scope)
	again := false
	if reason == "" {
		a, err := in.topic.Submit(in.c.Request().Context(), c)
		if err != nil {
			return "", err
		}
		if a.Retry > 0 {
			return "", hub.ErrStopped
		}
		reason, again = a.Outcome.Reason, a.Outcome.Again
	}
	switch {
	case reason != "":
		in.report.Refused = append(in.report.Refused, pollFault{place, reason})
		return "", nil
	case again:
		in.report.Again++
	default:
		in.report.Created++
	}
	return id, nil
}

// id is a ULID that follows from the file, the session and a place in it.
func (in *importing) id(place string) string {
	sum := sha256.Sum256(append(in.file[:], in.topic.Name()+" "+oplog.Topic(place)...))
	crockford := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
	// 130 bits for 128: the first character has three of them.
	s := []byte(crockford.EncodeToString(sum[:17])[:26])
	s[0] = '0' + s[0]%8
	return string(s)
}

// desk is a session and in what capacity somebody may moderate it.
func (g *Gateway) desk(c echo.Context) (oplog.Topic, capacity, error) {
	id := c.Param("id")
	if !oplog.ValidID(id) {
		return "", capacity{}, problem(oplog.NotFound, "there is no such session")
	}
	topic := oplog.MakeTopic(oplog.KindSession, id)
	as, reason := g.admit(g.identify(c.Request()), topic, oplog.Moderator)
	switch {
	case reason == oplog.NotLive:
		return "", capacity{}, problem(oplog.NotFound, "there is no such session")
	case reason != "":
		return "", capacity{}, problem(reason, "this needs the access link of a moderator or an organiser")
	}
	return topic, as, nil
}
