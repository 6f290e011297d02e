package frab

// file is what both formats say, as it stands there.
type file struct {
	version string
	conf    rawConference
	days    []rawDay
	oddity  []Warning // what the decoder itself met
}

type rawConference struct {
	line                   int
	acronym, title         string
	start, end             string
	zone, dayChange, slots string // slots: timeslot_duration
	url, base              string
}

type rawDay struct {
	line                    int
	index, date, start, end string
	events                  []rawEvent
}

type rawEvent struct {
	line                       int
	room                       string
	guid, id                   string
	date, start, duration, end string
	title, subtitle            string
	track, kind, language      string
	abstract, description, url string
	persons                    []string
}

// field is where a text of the conference goes; nil for others.
func (c *rawConference) field(name string) *string {
	switch name {
	case "acronym":
		return &c.acronym
	case "title":
		return &c.title
	case "start":
		return &c.start
	case "end":
		return &c.end
	case "time_zone_name":
		return &c.zone
	case "day_change":
		return &c.dayChange
	case "timeslot_duration":
		return &c.slots
	case "url":
		return &c.url
	case "base_url":
		return &c.base
	}
	return nil
}

// field is where a text of an event goes; nil for others. The room is where the
// event is listed, so its own is read only where that has no name.
func (e *rawEvent) field(name string) *string {
	switch name {
	case "guid":
		return &e.guid
	case "id":
		return &e.id
	case "date":
		return &e.date
	case "start":
		return &e.start
	case "duration":
		return &e.duration
	case "end":
		return &e.end
	case "title":
		return &e.title
	case "subtitle":
		return &e.subtitle
	case "track":
		return &e.track
	case "type":
		return &e.kind
	case "language":
		return &e.language
	case "abstract":
		return &e.abstract
	case "description":
		return &e.description
	case "url":
		return &e.url
	case "room":
		if e.room == "" {
			return &e.room
		}
	}
	return nil
}
