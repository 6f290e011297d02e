package frab

import (
	"strconv"
	"strings"
	"time"

	"majlis/hub/strict"
)

// keys tells talks apart, and tells them again in a later file.
type keys struct {
	guids, ids, slots map[string]int
}

func newKeys(f *file) *keys {
	k := &keys{guids: map[string]int{}, ids: map[string]int{}, slots: map[string]int{}}
	for i := range f.days {
		for j := range f.days[i].events {
			e := &f.days[i].events[j]
			k.guids[e.guid]++
			if e.guid == "" {
				k.ids[e.id]++
			}
		}
	}
	return k
}

// of is the key of a talk: its guid, else its id, else its place and title.
func (k *keys) of(b *builder, e *rawEvent, date string, start time.Time) string {
	switch {
	case e.guid != "" && k.guids[e.guid] == 1:
		return "guid:" + e.guid
	case e.guid != "":
		b.warn(e.line, GUIDTwice, "the guid %s stands at %d talks; they are told apart by day, start, room and title", quote(e.guid), k.guids[e.guid])
	case e.id != "" && k.ids[e.id] == 1:
		b.warn(e.line, NoGUID, "a talk has no guid; its id tells it again in a later file")
		return "id:" + e.id
	case e.id != "":
		b.warn(e.line, IDTwice, "the id %s stands at %d talks without a guid; they are told apart by day, start, room and title", quote(e.id), k.ids[e.id])
	default:
		b.warn(e.line, NoKey, "a talk has neither guid nor id; it is told again by day, start, room and title")
	}
	key := strings.Join([]string{"slot:" + date, start.Format("15:04"), strict.Line(e.room), strict.Line(e.title)}, "\x1f")
	if k.slots[key]++; k.slots[key] > 1 {
		b.warn(e.line, SameTalk, "%s stands twice at the same time in the same room", quote(e.title))
		key += "\x1f" + strconv.Itoa(k.slots[key])
	}
	return key
}
