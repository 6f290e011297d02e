package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/schedule"
	"majlis/hub/venue"
)

const (
	demoConference = "summit"
	demoLive       = "opening"
	demoZone       = "Asia/Riyadh"
	// demoBegan is how long ago the opening began when the server starts.
	demoBegan = 10 * time.Minute
	// demoLinkHours is how long the printed links live: a day of trying out.
	demoLinkHours = 24
)

// demo fills an empty store with the demonstration conference, and prints the
// links to it.
func (d *doors) demo(ctx context.Context, stdout io.Writer) error {
	v := d.house.venue
	if len(v.Conferences()) == 0 {
		if err := fillDemo(ctx, v, time.Now()); err != nil {
			return fmt.Errorf("fill the demonstration: %w", err)
		}
	}
	if !v.Exists(oplog.MakeTopic(oplog.KindSession, demoLive)) {
		return nil // not the demonstration's store
	}
	return d.printLinks(ctx, stdout)
}

func (d *doors) printLinks(ctx context.Context, stdout io.Writer) error {
	publicURL, err := d.c.address()
	if err != nil {
		return err
	}
	live, _ := d.house.venue.Item(demoLive)
	fmt.Fprintf(stdout, "\n  attendee   %s/j/%s\n", publicURL, live.Code)
	for _, p := range []struct {
		role  oplog.Role
		scope string
	}{
		{oplog.Moderator, "session/" + demoLive},
		{oplog.Screen, "session/" + demoLive},
		{oplog.Stage, "session/" + demoLive},
		{oplog.Translator, "session/" + demoLive},
		{oplog.Organiser, "conference/" + demoConference},
	} {
		link, err := d.house.venue.Mint(ctx, venue.Wanted{
			Conference: demoConference, Role: p.role, Scope: p.scope, Label: "demonstration",
			// A server that is started again and again must not fill the list.
			Hours: demoLinkHours,
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "  %-10s %s\n", p.role, link.Link)
	}
	if d.admin != nil {
		fmt.Fprintf(stdout, "  %-10s http://%s/ops\n", oplog.Operator, d.admin.Addr())
	}
	fmt.Fprintln(stdout)
	return nil
}

// fillDemo makes the conference as an organiser, a moderator and some attendees
// would: by commands.
func fillDemo(ctx context.Context, v *venue.Venue, now time.Time) error {
	if err := v.Bring(ctx, demoSummit(now), venue.Person); err != nil {
		return err
	}
	say := func(person string, role oplog.Role, command map[string]any) error {
		raw, err := json.Marshal(command)
		if err != nil {
			return err
		}
		return v.Say(ctx, oplog.MakeTopic(oplog.KindSession, demoLive), person, role, raw)
	}
	steps := demoSteps()
	for _, s := range steps {
		if err := say(s.person, s.role, s.command); err != nil {
			return fmt.Errorf("%v: %w", s.command["type"], err)
		}
	}
	return nil
}

// demoStep is one command of somebody in the live session.
type demoStep struct {
	person  string
	role    oplog.Role
	command map[string]any
}

// demoSteps open the board without moderation, ask and vote, and open the polls
// with some answers.
func demoSteps() []demoStep {
	chair := func(c map[string]any) demoStep { return demoStep{"pass:demonstration", oplog.Moderator, c} }
	guest := func(i int, c map[string]any) demoStep {
		return demoStep{fmt.Sprintf("visitor:demonstration-%d", i), oplog.Attendee, c}
	}
	steps := []demoStep{
		chair(map[string]any{"type": "board.open"}),
		chair(map[string]any{"type": "settings.set", "moderation": false}),
	}
	for i, q := range demoQuestions {
		id := venue.NewULID()
		ask := map[string]any{"type": "question.ask", "id": id, "text": q.text, "lang": q.lang}
		if q.name != "" {
			ask["name"] = q.name
		}
		steps = append(steps, guest(i, ask))
		for voter := range q.votes {
			steps = append(steps, guest(100+voter, map[string]any{"type": "question.vote", "id": id, "on": true}))
		}
	}
	for i, p := range demoPolls {
		id := venue.NewULID()
		steps = append(steps,
			chair(map[string]any{"type": "poll.create", "id": id, "title": p.title, "kind": p.kind, "options": p.options}),
			chair(map[string]any{"type": "poll.open", "id": id}))
		if p.shown {
			steps = append(steps, chair(map[string]any{"type": "poll.reveal", "id": id}))
		}
		for voter := range 31 + 8*i {
			vote := map[string]any{"type": "poll.vote", "id": id, "choice": demoChoice(p, voter)}
			steps = append(steps, guest(100+voter, vote))
		}
	}
	return steps
}

// demoChoice is how a guest answers: the first options are liked better, and
// where several may be chosen every second guest takes two.
func demoChoice(p demoPoll, voter int) []int {
	n := len(p.options)
	first := voter * 7 % (n * (n + 1) / 2)
	option := 0
	for weight := n; first >= weight; weight-- {
		first -= weight
		option++
	}
	if p.kind == "multiple" && voter%2 == 0 && option > 0 && option < n-1 {
		return []int{option, option + 1}
	}
	return []int{option + 1}
}

// demoSummit is the programme, laid around now so that something is always
// live.
func demoSummit(now time.Time) schedule.Programme {
	zone, err := time.LoadLocation(demoZone)
	if err != nil {
		zone = time.UTC
	}
	opening := now.Add(-demoBegan).Truncate(5 * time.Minute).In(zone)
	p := schedule.Programme{Conference: schedule.Conference{
		ID: demoConference, Title: "International Industrial Summit", Zone: demoZone,
		Start: opening, End: opening.AddDate(0, 0, 2).Add(4 * time.Hour), Version: "demonstration",
	}}
	for i := range 3 {
		start := opening.AddDate(0, 0, i)
		p.Days = append(p.Days, schedule.Day{
			N: i + 1, Date: start.Format(time.DateOnly), Start: start, End: start.Add(6 * time.Hour),
		})
	}
	for _, r := range demoRooms {
		p.Rooms = append(p.Rooms, schedule.Room{ID: r.id, Name: r.name})
	}
	for _, s := range demoProgramme {
		start := opening.AddDate(0, 0, s.day).Add(time.Duration(s.start) * time.Minute)
		p.Sessions = append(p.Sessions, schedule.Session{
			Key: s.id, ID: s.id, Title: s.title, Start: start, End: start.Add(time.Duration(s.minutes) * time.Minute),
			Room: demoRooms[s.room].id, Day: s.day + 1, Track: s.track, Type: "talk", Language: s.lang,
			Speakers: s.speakers, Abstract: s.abstract,
		})
	}
	return p
}
