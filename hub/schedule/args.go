package schedule

import (
	"time"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// The public arguments, as Prepare writes them and the fold reads them.
type (
	moveArgs struct {
		ID    string  `json:"id"`
		Start *int64  `json:"start,omitempty"`
		End   *int64  `json:"end,omitempty"`
		Room  *string `json:"room,omitempty"`
	}
	onArgs struct {
		ID string `json:"id"`
		On bool   `json:"on"`
	}
	renameArgs struct {
		ID   string   `json:"id"`
		Text fold.Sum `json:"text"`
	}
	idArgs struct {
		ID string `json:"id"`
	}
	postArgs struct {
		ID      string   `json:"id"`
		Text    fold.Sum `json:"text"`
		Until   int64    `json:"until,omitempty"`
		Room    string   `json:"room,omitempty"`
		Session string   `json:"session,omitempty"`
		Urgent  bool     `json:"urgent,omitempty"`
	}
	setArgs struct {
		Title *fold.Sum `json:"title,omitempty"`
		Zone  *string   `json:"zone,omitempty"`
	}
	roomArgs struct {
		ID    string   `json:"id"`
		Order int      `json:"order"`
		Name  fold.Sum `json:"name"`
	}
	talkArgs struct {
		ID    string   `json:"id"`
		Start int64    `json:"start"`
		End   int64    `json:"end"`
		Room  string   `json:"room"`
		Day   int      `json:"day"`
		Code  string   `json:"code"`
		Title fold.Sum `json:"title"`
		Look  fold.Sum `json:"look"`
		Deep  fold.Sum `json:"deep"`
		Shown int      `json:"shown"` // bytes as JSON of title and look
		Extra int      `json:"extra"` // bytes as JSON of deep
	}
	partArgs struct {
		Import   string     `json:"import"`
		Part     int        `json:"part"`
		Rooms    []roomArgs `json:"rooms,omitempty"`
		Sessions []talkArgs `json:"sessions,omitempty"`
	}
	dayArgs struct {
		N     int    `json:"n"`
		Date  string `json:"date"`
		Start int64  `json:"start"`
		End   int64  `json:"end"`
	}
	commitArgs struct {
		Import   string    `json:"import"`
		Parts    int       `json:"parts"`
		Rooms    int       `json:"rooms"`
		Sessions int       `json:"sessions"`
		Zone     string    `json:"zone"`
		Start    int64     `json:"start"`
		End      int64     `json:"end"`
		Title    fold.Sum  `json:"title"`
		About    fold.Sum  `json:"about"`
		Days     []dayArgs `json:"days,omitempty"`
	}
)

// The private parts.
type (
	textPrivate struct {
		Text string `json:"text"`
	}
	talkPrivate struct {
		Title string `json:"title"`
		Look  look   `json:"look,omitzero"`
		Deep  deep   `json:"deep,omitzero"`
	}
	partPrivate struct {
		Rooms    []string      `json:"rooms,omitempty"`
		Sessions []talkPrivate `json:"sessions,omitempty"`
	}
	commitPrivate struct {
		Title string `json:"title"`
		About about  `json:"about,omitzero"`
	}
	about struct {
		Version string `json:"version,omitempty"`
		URL     string `json:"url,omitempty"`
	}
)

func (a *talkArgs) valid() bool {
	return oplog.ValidID(a.ID) && oplog.ValidID(a.Room) && validSlot(a.Start, a.End) && ValidCode(a.Code) &&
		a.Shown >= 0 && a.Shown <= MaxPartBytes && a.Extra >= 0 && a.Extra <= MaxPartBytes
}

func (a *partArgs) valid() bool {
	if len(a.Rooms)+len(a.Sessions) > MaxPartItems || a.Part < 1 || a.Part > MaxParts {
		return false
	}
	for i := range a.Rooms {
		if r := &a.Rooms[i]; !oplog.ValidID(r.ID) || r.Order < 0 || r.Order > MaxRooms {
			return false
		}
	}
	for i := range a.Sessions {
		if !a.Sessions[i].valid() {
			return false
		}
	}
	return true
}

func (a dayArgs) valid() bool {
	_, err := time.Parse(time.DateOnly, a.Date)
	return err == nil && a.N >= 1 && a.N <= MaxDays && a.Start > 0 && a.End > a.Start && a.End < maxTime
}

func (a *commitArgs) valid() bool {
	if a.Parts < 0 || a.Parts > MaxParts || a.Rooms < 0 || a.Rooms > MaxRooms || a.Sessions < 0 || a.Sessions > MaxSessions {
		return false
	}
	if !validZone(a.Zone) || a.Start <= 0 || a.End < a.Start || a.End >= maxTime || len(a.Days) > MaxDays {
		return false
	}
	seen := map[int]bool{}
	for _, d := range a.Days {
		if !d.valid() || seen[d.N] {
			return false
		}
		seen[d.N] = true
	}
	return true
}
