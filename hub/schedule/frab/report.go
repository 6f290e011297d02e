package frab

import (
	"fmt"
	"time"

	"majlis/hub/schedule"
)

// Report is what a file says.
type Report struct {
	Format    string // "frab-xml" or "schedule-json"
	Programme schedule.Programme
	Zone      string // in which First and Last stand; the programme's
	Days      int    // that have a session
	Rooms     int    // that have a session
	Sessions  int
	First     time.Time // the earliest start
	Last      time.Time // the latest end
	Warnings  []Warning
}

// Warning is something in the file that is not as it should be and that was
// understood all the same.
type Warning struct {
	Line  int    `json:"line"` // from 1; 0: of the whole file
	Kind  Kind   `json:"kind"`
	Times int    `json:"times"` // in the file; line and text are of the first
	Text  string `json:"text"`
}

// Error says why a file was refused, and what to do.
type Error struct {
	Line   int // from 1; 0: of the whole file
	Kind   Kind
	Reason string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Options are what the file does not say.
type Options struct {
	// Zone is the time zone of files that name none, as in the time zone
	// database ("Europe/Berlin"). Empty: what the times themselves say, else UTC.
	Zone string
}
