package frab

import (
	"slices"
	"strconv"
	"time"

	"majlis/hub/schedule"
)

// days makes the days that have a talk, with their talks.
func (b *builder) days() error {
	numbers := b.numbers()
	for i := range b.file.days {
		raw := &b.file.days[i]
		if len(raw.events) == 0 {
			continue
		}
		if err := b.day(raw, numbers[i]); err != nil {
			return err
		}
	}
	return nil
}

// numbers are the days' own indices where those make sense, else they are
// counted.
func (b *builder) numbers() []int {
	out := make([]int, len(b.file.days))
	seen, fine := map[int]bool{}, true
	for i := range b.file.days {
		d := &b.file.days[i]
		n, err := strconv.Atoi(d.index)
		if err != nil || n < 1 || n > schedule.MaxDays || seen[n] {
			b.warn(d.line, DayIndex, "a day's index %s is no number of its own; days are counted as they stand", quote(d.index))
			fine = false
		}
		seen[n], out[i] = true, n
	}
	if !fine {
		for i := range out {
			out[i] = i + 1
		}
	}
	return out
}

func (b *builder) day(raw *rawDay, n int) error {
	d := schedule.Day{N: n}
	begin := b.declared(raw, raw.start)
	d.Start, d.End = begin, b.declared(raw, raw.end)
	change := b.change
	if !begin.IsZero() && timeOfDay(begin) < change {
		change = timeOfDay(begin)
	}
	listed := len(b.out.Sessions)
	for i := range raw.events {
		e := &raw.events[i]
		start, err := b.start(raw, e, change)
		if err != nil {
			return err
		}
		end, err := b.end(e, start)
		if err != nil {
			return err
		}
		b.out.Sessions = append(b.out.Sessions, b.session(e, n, raw.date, start, end))
		if d.Start.IsZero() || start.Before(d.Start) {
			d.Start = start
		}
		if end.After(d.End) {
			d.End = end
		}
	}
	d.Date = b.date(raw, begin, b.out.Sessions[listed:])
	sortDay(b.out.Sessions[listed:])
	b.out.Days = append(b.out.Days, d)
	return nil
}

// declared is when the file says that a day begins or ends; zero if it does not.
func (b *builder) declared(raw *rawDay, text string) time.Time {
	s, ok := parseStamp(text, b.zone)
	if !ok || !s.clock {
		if text != "" {
			b.warn(raw.line, DayBounds, "a day begins or ends at %s, which is no time", quote(text))
		}
		return time.Time{}
	}
	return s.t.In(b.zone)
}

// date is the date that a day goes by: the one on which it begins, or that it
// says, if its talks agree; a night belongs to the day before.
func (b *builder) date(raw *rawDay, begin time.Time, talks []schedule.Session) string {
	date := raw.date
	if !begin.IsZero() {
		date = begin.Format(time.DateOnly)
	}
	if !agree(date, talks) {
		first := slices.MinFunc(talks, func(a, c schedule.Session) int { return a.Start.Compare(c.Start) })
		date = first.Start.Format(time.DateOnly)
	}
	if date != raw.date {
		b.warn(raw.line, DayDate, "the day is dated %s, but its talks are on %s", quote(raw.date), date)
	}
	return date
}

// agree reports whether half of the talks at least are on a date or in the night
// after it.
func agree(date string, talks []schedule.Session) bool {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return false
	}
	next, there := day.AddDate(0, 0, 1).Format(time.DateOnly), 0
	for i := range talks {
		start := talks[i].Start
		if on := start.Format(time.DateOnly); on == date || on == next && start.Hour() < 12 {
			there++
		}
	}
	return 2*there >= len(talks)
}

// start is when a talk begins. Its date decides, if it has a time.
func (b *builder) start(d *rawDay, e *rawEvent, change time.Duration) (time.Time, error) {
	at, timed := clock(e.start)
	if s, ok := parseStamp(e.date, b.zone); ok && s.clock {
		start := s.t.In(b.zone)
		if timed && timeOfDay(start) != at {
			b.drift = append(b.drift, e)
		}
		if e.start != "" && !timed {
			b.warn(e.line, Start, "the start %s is no time of day; the date has one", quote(e.start))
		}
		return start, nil
	} else if ok && timed {
		return atClock(s.t, at), nil
	} else if e.date != "" && !ok {
		b.warn(e.line, Date, "the date %s cannot be read; the day's date and the start are used", quote(e.date))
	}
	if !timed {
		return time.Time{}, refuse(e.line, NoTime, "the talk %s has no date with a time and no start: want <date> like 2026-12-01T14:00:00+01:00", quote(e.title))
	}
	s, ok := parseStamp(d.date, b.zone)
	if !ok {
		return time.Time{}, refuse(e.line, NoTime, "the talk %s has no date, and its day's date %s is none either", quote(e.title), quote(d.date))
	}
	date := s.t.In(b.zone)
	if at < change {
		date = date.AddDate(0, 0, 1)
	}
	return atClock(date, at), nil
}

// end is when a talk ends.
func (b *builder) end(e *rawEvent, start time.Time) (time.Time, error) {
	length, seconds, ok := duration(e.duration)
	if s, is := parseStamp(e.end, b.zone); !ok && is && s.clock {
		length, ok = s.t.Sub(start), true
	}
	switch {
	case !ok:
		return start, refuse(e.line, NoTime, "the talk %s has the duration %s: want hours:minutes, like 0:45", quote(e.title), quote(e.duration))
	case length < 0 || length > schedule.MaxDuration:
		return start, refuse(e.line, NoTime, "the talk %s lasts %s; at most 31 days can be imported", quote(e.title), length)
	case length == 0:
		b.warn(e.line, NoLength, "a talk has no length; it gets one timeslot (%s)", b.slot)
		length = b.slot
	case seconds:
		b.warn(e.line, Seconds, "the duration %s can only be hours, minutes and seconds", quote(e.duration))
	case length >= 24*time.Hour:
		b.warn(e.line, Days, "the duration %s means %s", quote(e.duration), length)
	}
	return start.Add(length), nil
}

// tellDrift tells of talks whose start is another time than their date in the
// zone of the file: the instant is what counts.
func (b *builder) tellDrift() {
	if len(b.drift) == 0 {
		return
	}
	e := b.drift[0]
	b.warn(e.line, Drift, "the file's zone contradicts its dates: in %s, %s is not %s (%d of %d talks); the dates count",
		b.zone, quote(e.date), quote(e.start), len(b.drift), len(b.out.Sessions))
}
