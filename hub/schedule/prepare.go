package schedule

import (
	"encoding/json"

	"github.com/rivo/uniseg"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// The types of command.
const (
	typeMove     = "session.move"
	typeCancel   = "session.cancel"
	typeRename   = "session.rename"
	typeRoom     = "room.rename"
	typePost     = "announcement.post"
	typeWithdraw = "announcement.withdraw"
	typeSet      = "conference.set"
	typePart     = "import.part"
	typeCommit   = "import.commit"
	typeTick     = "tick"
)

// Prepare turns a command as a client sent it into one that can be stored:
// strictly decoded, texts cleaned, summed and moved to the private part, limits
// checked that need no state. It sets Type, Args and Private. The same command
// gives the same bytes.
func Prepare(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason) {
	return strict.Prepare(raw, MaxPartBytes, func(o *strict.Object, kind string) (args, texts any) {
		if len(raw) > MaxCommandBytes && kind != typePart && kind != typeCommit {
			o.Fail(oplog.TooBig)
		}
		r := reader{o, key}
		return r.command(kind)
	})
}

// reader reads one command.
type reader struct {
	*strict.Object
	key *oplog.Key
}

// command reads the members that a type of command has.
func (r *reader) command(kind string) (args, texts any) {
	switch kind {
	case typeMove:
		return r.move(), nil
	case typeCancel:
		a := onArgs{ID: r.id("id")}
		r.Need("on", &a.On)
		return a, nil
	case typeRename:
		return r.rename("title", MaxTitle)
	case typeRoom:
		return r.rename("name", MaxWord)
	case typePost:
		return r.post()
	case typeWithdraw:
		return idArgs{ID: r.ULID("id")}, nil
	case typeSet:
		return r.set()
	case typePart:
		return r.part()
	case typeCommit:
		return r.commit()
	case typeTick:
		return struct{}{}, nil
	case oplog.TypeRedact:
		return r.Redact(MaxRedact), nil
	}
	r.Fail(oplog.BadCommand)
	return nil, nil
}

// id takes the id of a session or a room.
func (r *reader) id(name string) string {
	id := r.Text(name)
	if !oplog.ValidID(id) {
		r.Fail(oplog.BadCommand)
	}
	return id
}

// text takes a line that must not be empty, of at most limit bytes as JSON.
func (r *reader) text(name string, limit int) string {
	if !r.Has(name) {
		r.Fail(oplog.BadCommand)
	}
	return r.line(r.Text(name), limit, true)
}

// optional takes an id that need not be there.
func (r *reader) optional(name string) *string {
	if !r.Has(name) {
		return nil
	}
	id := r.id(name)
	return &id
}

// when takes a time that need not be there: milliseconds since 1970.
func (r *reader) when(name string) *int64 {
	var ms int64
	if !r.Take(name, &ms) {
		return nil
	}
	if ms <= 0 || ms >= maxTime {
		r.Fail(oplog.BadTime)
	}
	return &ms
}

func (r *reader) move() moveArgs {
	a := moveArgs{ID: r.id("id"), Start: r.when("start"), End: r.when("end"), Room: r.optional("room")}
	if a.Start == nil && a.End == nil && a.Room == nil {
		r.Fail(oplog.BadCommand)
	}
	return a
}

func (r *reader) rename(field string, limit int) (any, any) {
	id, text := r.id("id"), r.text(field, limit)
	return renameArgs{ID: id, Text: sumOf(r.key, field, text)}, textPrivate{Text: text}
}

func (r *reader) post() (any, any) {
	a := postArgs{ID: r.ULID("id")}
	text := r.text("text", 6*MaxAnnouncementBytes)
	if len(text) > MaxAnnouncementBytes || uniseg.GraphemeClusterCount(text) > MaxAnnouncementChars {
		r.Fail(oplog.TooLong)
	}
	a.Text = sumOf(r.key, "announcement", text)
	if until := r.when("until"); until != nil {
		a.Until = *until
	}
	if room := r.optional("room"); room != nil {
		a.Room = *room
	}
	if session := r.optional("session"); session != nil {
		a.Session = *session
	}
	r.Take("urgent", &a.Urgent)
	return a, textPrivate{Text: text}
}

func (r *reader) set() (any, any) {
	var a setArgs
	var private any
	var zone string
	if r.Take("zone", &zone) {
		if a.Zone = &zone; !validZone(zone) {
			r.Fail(oplog.BadCommand)
		}
	}
	if r.Has("title") {
		text := r.text("title", MaxTitle)
		title := sumOf(r.key, "title", text)
		a.Title, private = &title, textPrivate{Text: text}
	}
	if a.Zone == nil && a.Title == nil {
		r.Fail(oplog.BadCommand)
	}
	return a, private
}
