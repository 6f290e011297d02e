package frab

// Kind says what sort of thing is wrong with a file: a closed set, for pages
// that word it in the reader's language.
type Kind string

// Why a file is refused.
const (
	Empty       Kind = "empty"        // nothing in it, or no talk
	Encoding    Kind = "encoding"     // not UTF-8
	OtherFormat Kind = "other-format" // something else than a programme that is read here
	Broken      Kind = "broken"       // not well-formed, or cut off
	Shape       Kind = "shape"        // a part is not built as the format says
	TooMuch     Kind = "too-much"     // over a limit of the reader
	NoName      Kind = "no-name"      // the conference has neither acronym nor title
	NoTime      Kind = "no-time"      // a talk without a time or length that can be read
	BadZone     Kind = "bad-zone"     // the zone that was asked for is not known
	Unfit       Kind = "unfit"        // read, but not a programme that can be kept
)

// What is odd about a file that was read all the same.
const (
	Odd             Kind = "odd" // a member of another sort than the format's
	NoID            Kind = "no-id"
	ConferenceDates Kind = "conference-dates"
	NoRoom          Kind = "no-room"
	NoTitle         Kind = "no-title"
	Cut             Kind = "cut"
	DayIndex        Kind = "day-index"
	DayBounds       Kind = "day-bounds"
	DayDate         Kind = "day-date"
	Start           Kind = "start"
	Date            Kind = "date"
	NoLength        Kind = "no-length"
	Seconds         Kind = "seconds"
	Days            Kind = "days"
	Drift           Kind = "drift"
	GUIDTwice       Kind = "guid-twice"
	NoGUID          Kind = "no-guid"
	IDTwice         Kind = "id-twice"
	NoKey           Kind = "no-key"
	SameTalk        Kind = "same-talk"
	UnknownZone     Kind = "unknown-zone"
	NoZone          Kind = "no-zone"
)
