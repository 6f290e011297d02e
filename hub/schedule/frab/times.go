package frab

import (
	"regexp"
	"strconv"
	"time"
)

var (
	clockShape    = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?$`)
	durationShape = regexp.MustCompile(`^(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?$`)
)

// clock is a time of day, as a part of the day that has passed. ok is false for
// what is none.
func clock(s string) (d time.Duration, ok bool) {
	m := clockShape.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	h, min, sec := number(m[1]), number(m[2]), number(m[3])
	if h > 23 || min > 59 || sec > 59 {
		return 0, false
	}
	return time.Duration(h)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second, true
}

// duration reads h:mm, or d:hh:mm. With more than 23 hours in the middle three
// parts can only be h:mm:ss, and seconds is true.
func duration(s string) (d time.Duration, seconds, ok bool) {
	m := durationShape.FindStringSubmatch(s)
	if m == nil {
		return 0, false, false
	}
	a, b, c := time.Duration(number(m[1])), time.Duration(number(m[2])), time.Duration(number(m[3]))
	switch {
	case m[3] == "":
		return a*time.Hour + b*time.Minute, false, true
	case b > 23:
		return a*time.Hour + b*time.Minute + c*time.Second, true, true
	}
	return a*24*time.Hour + b*time.Hour + c*time.Minute, false, true
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// Layouts of dates in the field.
var (
	withOffset = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00"}
	withClock  = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}
)

// stamp is a date as a file gives it.
type stamp struct {
	t      time.Time
	offset bool // it names its offset: t is the instant
	clock  bool // it names a time of day; else t is midnight
}

// parseStamp reads a date; what names no offset is taken to be in a zone.
func parseStamp(s string, zone *time.Location) (stamp, bool) {
	for _, layout := range withOffset {
		if t, err := time.Parse(layout, s); err == nil {
			return stamp{t: t, offset: true, clock: true}, true
		}
	}
	for _, layout := range withClock {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return stamp{t: t, clock: true}, true
		}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	return stamp{t: t}, err == nil
}

// atClock is a time of day on a date, in the date's zone.
func atClock(date time.Time, c time.Duration) time.Time {
	y, m, d := date.Date()
	return time.Date(y, m, d, int(c/time.Hour), int(c/time.Minute)%60, int(c/time.Second)%60, 0, date.Location())
}

// timeOfDay is how much of its day has passed at a time.
func timeOfDay(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}
