package frab

import (
	"strconv"
	"strings"
)

// jsonReader takes a programme out of a document.
type jsonReader struct {
	out *file
}

func readJSON(body []byte) (*file, error) {
	root, err := readTree(body)
	if err != nil {
		return nil, err
	}
	if err := recognise(&root); err != nil {
		return nil, err
	}
	r := &jsonReader{out: &file{}}
	if err := r.schedule(root.get("schedule")); err != nil {
		return nil, err
	}
	return r.out, nil
}

// recognise refuses documents of other formats by their names.
func recognise(root *node) error {
	if root.kind == '[' {
		if len(root.items) > 0 && root.items[0].has("start_date") && root.items[0].has("venue") {
			return refuse(root.line, OtherFormat, "this is a flat list of talks as Electromagnetic Field publishes it; take its schedule.frab instead: %s", reads)
		}
		return refuse(root.line, OtherFormat, "this is a list, not a programme; %s", reads)
	}
	schedule := root.get("schedule")
	switch {
	case schedule == nil && root.has("talks") && (root.has("speakers") || root.has("rooms")):
		return refuse(root.line, OtherFormat, "this is the JSON of pretalx's schedule widget; take the schedule.json or schedule.xml of its export page instead: %s", reads)
	case schedule == nil && root.has("sessions") && (root.has("session_types") || root.has("speakers")):
		return refuse(root.line, OtherFormat, "this is the JSON of OPass; %s", reads)
	case schedule == nil:
		return refuse(root.line, OtherFormat, "the document has no schedule; %s", reads)
	case schedule.kind != '{':
		return refuse(schedule.line, OtherFormat, "schedule is not an object; %s", reads)
	}
	return recogniseSchedule(schedule)
}

func recogniseSchedule(schedule *node) error {
	conf := schedule.get("conference")
	if conf == nil || conf.kind != '{' {
		return refuse(schedule.line, OtherFormat, "schedule.conference is not there or not an object; %s", reads)
	}
	days := conf.get("days")
	withRooms := false
	if days != nil && days.kind == '[' {
		for i := range days.items {
			withRooms = withRooms || days.items[i].get("rooms") != nil
		}
	}
	if !withRooms && (schedule.has("talks") || schedule.has("events") || schedule.has("persons")) {
		return refuse(schedule.line, OtherFormat, "this is the c3voc's schedule2 (alpha), which lists its talks beside the days; %s", reads)
	}
	if days == nil || days.kind != '[' {
		return refuse(conf.line, OtherFormat, "schedule.conference.days is not there or not a list; %s", reads)
	}
	return nil
}

func (r *jsonReader) schedule(s *node) error {
	var err error
	if r.out.version, err = scalar(s, "version"); err != nil {
		return err
	}
	if r.out.conf.base, err = scalar(s, "base_url"); err != nil {
		return err
	}
	if s.has("rooms") {
		r.odd(s.get("rooms"), "schedule.rooms is not part of the format; rooms are taken from the days")
	}
	conf := s.get("conference")
	r.out.conf.line = conf.line
	for i, key := range conf.keys {
		if to := r.out.conf.field(key); to != nil && conf.items[i].kind != '0' {
			if *to, err = scalar(conf, key); err != nil {
				return err
			}
		}
	}
	days := conf.get("days")
	for i := range days.items {
		if err := r.day(&days.items[i]); err != nil {
			return err
		}
	}
	return nil
}

// scalar is the text of a member; a list or an object there is a mistake.
func scalar(n *node, key string) (string, error) {
	v := n.get(key)
	text, ok := v.scalar()
	if !ok {
		return "", refuse(v.line, Shape, "%s is a list or an object; want a text", quote(key))
	}
	return strings.TrimSpace(text), nil
}

func (r *jsonReader) odd(at *node, text string) {
	line := 0
	if at != nil {
		line = at.line
	}
	r.out.oddity = append(r.out.oddity, Warning{Line: line, Text: text})
}

func (r *jsonReader) day(n *node) error {
	if n.kind != '{' {
		return refuse(n.line, Shape, "a day is not an object")
	}
	d := rawDay{line: n.line}
	var err error
	for i, to := range []*string{&d.index, &d.date, &d.start, &d.end} {
		key := [...]string{"index", "date", "day_start", "day_end"}[i]
		if *to, err = scalar(n, key); err != nil {
			return err
		}
	}
	if rooms := n.get("rooms"); rooms != nil {
		if rooms.kind != '{' {
			return refuse(rooms.line, Shape, "the rooms of a day are not an object of lists by room")
		}
		for i, name := range rooms.keys {
			if err := r.room(&d, name, &rooms.items[i]); err != nil {
				return err
			}
		}
	}
	r.out.days = append(r.out.days, d)
	return nil
}

func (r *jsonReader) room(d *rawDay, name string, list *node) error {
	if list.kind == '0' {
		return nil
	}
	if list.kind != '[' {
		return refuse(list.line, Shape, "room %s is not a list of talks", quote(name))
	}
	for i := range list.items {
		e, err := r.event(name, &list.items[i])
		if err != nil {
			return err
		}
		d.events = append(d.events, e)
	}
	return nil
}

func (r *jsonReader) event(room string, n *node) (rawEvent, error) {
	e := rawEvent{line: n.line, room: room}
	if n.kind != '{' {
		return e, refuse(n.line, Shape, "a talk is not an object")
	}
	var err error
	for _, key := range n.keys {
		if to := e.field(key); to != nil {
			if *to, err = scalar(n, key); err != nil {
				return e, err
			}
		}
	}
	if id := n.get("id"); id != nil && id.kind == 's' {
		r.odd(id, "a talk's id is a text, not a number")
	}
	return e, r.persons(&e, n.get("persons"))
}

func (r *jsonReader) persons(e *rawEvent, list *node) error {
	if list == nil {
		return nil
	}
	if list.kind != '[' {
		return refuse(list.line, Shape, "the persons of a talk are not a list")
	}
	for i := range list.items {
		p := &list.items[i]
		if p.kind == 's' {
			e.persons = append(e.persons, p.text)
			continue
		}
		if id := p.get("id"); id != nil {
			if _, err := strconv.ParseInt(id.text, 10, 64); err != nil {
				r.odd(id, "a person's id is not a number")
			}
		}
		for _, key := range []string{"public_name", "name", "full_public_name"} {
			name, err := scalar(p, key)
			if err != nil {
				return err
			}
			if name != "" {
				e.persons = append(e.persons, name)
				break
			}
		}
	}
	return nil
}
