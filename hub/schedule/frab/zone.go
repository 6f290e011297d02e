package frab

import (
	"fmt"
	"time"
	_ "time/tzdata" // a container may have no zones of its own, and files name them
)

// loadZone reads a name of the time zone database. Go's own "Local" and "" are
// none.
func loadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	return loc, err == nil
}

// halves are places that keep an offset which is no whole number of hours all
// year round: the database has no plain name for these offsets.
var halves = map[int]string{
	3*3600 + 1800:  "Asia/Tehran",
	4*3600 + 1800:  "Asia/Kabul",
	5*3600 + 1800:  "Asia/Kolkata",
	5*3600 + 2700:  "Asia/Kathmandu",
	6*3600 + 1800:  "Asia/Yangon",
	8*3600 + 2700:  "Australia/Eucla",
	9*3600 + 1800:  "Australia/Darwin",
	-9*3600 - 1800: "Pacific/Marquesas",
}

// zoneOfOffset names a zone that has an offset (seconds east of Greenwich): the
// database's own plain ones, whose signs are the other way round.
func zoneOfOffset(offset int) string {
	hours := offset / 3600
	switch {
	case offset == 0:
		return "UTC"
	case offset%3600 == 0 && hours >= -12 && hours <= 14:
		return fmt.Sprintf("Etc/GMT%+d", -hours)
	}
	if name, ok := halves[offset]; ok {
		return name
	}
	return "UTC"
}

// zoneOf decides in which zone a file's times are shown, and in which those
// without an offset stand.
func (b *builder) zoneOf(o Options) (*time.Location, error) {
	c := &b.file.conf
	if loc, ok := loadZone(c.zone); ok {
		return loc, nil
	}
	if c.zone != "" {
		b.warn(c.line, UnknownZone, "the time zone %s is not in the time zone database", quote(c.zone))
	}
	if o.Zone != "" {
		loc, ok := loadZone(o.Zone)
		if !ok {
			return nil, refuse(0, BadZone, "%s is not in the time zone database: want a name like Europe/Berlin", quote(o.Zone))
		}
		return loc, nil
	}
	offset, mixed, found := b.offsets()
	name := zoneOfOffset(offset)
	switch {
	case !found:
		b.warn(c.line, NoZone, "the file names no time zone, and its times no offset: they are taken as UTC; import it with the zone if that is wrong")
	case mixed:
		b.warn(c.line, NoZone, "the file names no time zone, and its times have several offsets: they are shown in %s; import it with the zone", name)
	default:
		b.warn(c.line, NoZone, "the file names no time zone: its times are shown in %s, the offset that they have; import it with the zone", name)
	}
	loc, _ := loadZone(name)
	return loc, nil
}

// offsets finds the offset that most dates in the file have, the smallest of
// equals.
func (b *builder) offsets() (most int, mixed, found bool) {
	count := map[int]int{}
	for i := range b.file.days {
		for _, e := range b.file.days[i].events {
			if s, ok := parseStamp(e.date, time.UTC); ok && s.offset {
				_, offset := s.t.Zone()
				count[offset]++
			}
		}
	}
	for offset, n := range count {
		if !found || n > count[most] || n == count[most] && offset < most {
			most, found = offset, true
		}
	}
	return most, len(count) > 1, found
}
