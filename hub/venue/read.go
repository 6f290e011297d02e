package venue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/schedule"
	"majlis/hub/session"
)

// read runs a function on a topic's machine, which must be of a type.
func read[M hub.Machine](ctx context.Context, t *hub.Topic, f func(M)) error {
	return t.Do(ctx, func(m hub.Machine) {
		if mine, ok := m.(M); ok {
			f(mine)
		}
	})
}

// Detail is a session with the texts that are too long for the document.
type Detail struct {
	Item
	Subtitle    string   `json:"subtitle,omitempty"`
	Abstract    string   `json:"abstract,omitempty"`
	Description string   `json:"description,omitempty"`
	Speakers    []string `json:"speakers,omitempty"`
	Track       string   `json:"track,omitempty"`
	Language    string   `json:"lang,omitempty"`
	URL         string   `json:"url,omitempty"`
}

// Session returns one session with everything that is known of it.
func (v *Venue) Session(ctx context.Context, id string) (Detail, bool, error) {
	it, ok := v.Item(id)
	if !ok {
		return Detail{}, false, nil
	}
	t, err := v.hub.Open(ctx, oplog.MakeTopic(oplog.KindSchedule, it.Conference))
	if err != nil {
		return Detail{}, false, err
	}
	d := Detail{Item: it}
	err = read(ctx, t, func(m *schedule.Machine) {
		s, found := m.Session(id)
		if !found {
			return
		}
		d.Subtitle, d.Abstract, d.Description = s.Subtitle, s.Abstract, s.Description
		d.Speakers, d.Track, d.Language, d.URL = s.Speakers, s.Track, s.Language, s.URL
	})
	return d, true, err
}

// Results is everything that was said and counted in a session.
func (v *Venue) Results(ctx context.Context, id string) (res session.Results, ok bool, err error) {
	topic := oplog.MakeTopic(oplog.KindSession, id)
	if !v.Exists(topic) {
		return res, false, nil
	}
	t, err := v.hub.Open(ctx, topic)
	if err != nil {
		return res, false, err
	}
	err = read(ctx, t, func(m *session.Machine) { res = m.Results() })
	return res, true, err
}

// PollFile is a session's polls as they are prepared.
func (v *Venue) PollFile(ctx context.Context, topic oplog.Topic) (f session.PollFile, err error) {
	t, err := v.hub.Open(ctx, topic)
	if err != nil {
		return f, err
	}
	err = read(ctx, t, func(m *session.Machine) { f = m.PollFile() })
	return f, err
}

// Archive is a page of the questions that left a session's board to make room.
func (v *Venue) Archive(ctx context.Context, topic oplog.Topic, before, limit int) (page session.Page, err error) {
	t, err := v.hub.Open(ctx, topic)
	if err != nil {
		return page, err
	}
	err = read(ctx, t, func(m *session.Machine) { page = m.Archived(before, limit) })
	return page, err
}

// Export is everything that all topics hold, as one document.
type Export struct {
	Version     int                `json:"version"`
	Conferences []ConferenceExport `json:"conferences"`
}

// ConferenceExport is one conference in an Export.
type ConferenceExport struct {
	Conference
	// Schedule is the programme's document as everybody sees it: days, rooms,
	// sessions with what was moved, announcements.
	Schedule json.RawMessage `json:"schedule"`
	Access   []Pass          `json:"access"`
	Sessions []SessionExport `json:"programme"`
}

// SessionExport is one session in an Export; its board is there if it was ever
// used.
type SessionExport struct {
	Detail
	Results *session.Results `json:"results,omitempty"`
}

// Export reads everything.
func (v *Venue) Export(ctx context.Context) (Export, error) {
	out := Export{Version: 1, Conferences: []ConferenceExport{}}
	for _, c := range v.Conferences() {
		ce := ConferenceExport{Conference: c, Sessions: []SessionExport{}}
		var err error
		if ce.Access, err = v.Passes(ctx, c.ID); err != nil {
			return out, fmt.Errorf("export %s: %w", c.ID, err)
		}
		if ce.Schedule, err = v.scheduleDocument(ctx, c.ID); err != nil {
			return out, fmt.Errorf("export the schedule of %s: %w", c.ID, err)
		}
		for _, it := range v.Sessions(c.ID) {
			se, err := v.exportSession(ctx, it)
			if err != nil {
				return out, fmt.Errorf("export %s: %w", it.ID, err)
			}
			ce.Sessions = append(ce.Sessions, se)
		}
		out.Conferences = append(out.Conferences, ce)
	}
	return out, nil
}

func (v *Venue) scheduleDocument(ctx context.Context, id string) (doc json.RawMessage, err error) {
	t, err := v.hub.Open(ctx, oplog.MakeTopic(oplog.KindSchedule, id))
	if err != nil {
		return nil, err
	}
	var encoding error
	err = t.Do(ctx, func(m hub.Machine) { doc, encoding = json.Marshal(m.Since(oplog.Organiser, 0)) })
	return doc, errors.Join(err, encoding)
}

func (v *Venue) exportSession(ctx context.Context, it Item) (SessionExport, error) {
	d, _, err := v.Session(ctx, it.ID)
	if err != nil {
		return SessionExport{}, err
	}
	se := SessionExport{Detail: d}
	v.mu.RLock()
	_, used := v.live[it.ID]
	v.mu.RUnlock()
	if !used {
		return se, nil
	}
	res, _, err := v.Results(ctx, it.ID)
	se.Results = &res
	return se, err
}
