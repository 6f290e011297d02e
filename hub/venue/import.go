package venue

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"majlis/hub/conference"
	"majlis/hub/oplog"
	"majlis/hub/schedule"
	"majlis/hub/schedule/frab"
)

// Upload is a programme's file on its way in.
type Upload struct {
	Conference string `json:"conference"` // empty: from the file
	File       string `json:"file"`       // its name, for messages
	Zone       string `json:"zone"`       // of files that name none
	Body       []byte `json:"body"`
	Dry        bool   `json:"dry"` // tell what would change, change nothing
	Person     string `json:"person"`
}

// Report is what a file says, and what it changes.
type Report struct {
	File       string         `json:"file"`
	Format     string         `json:"format"`
	Conference string         `json:"conference"`
	Zone       string         `json:"zone"`
	Days       int            `json:"days"`     // that have a session
	Rooms      int            `json:"rooms"`    // that are used
	Sessions   int            `json:"sessions"` // talks
	First      string         `json:"first"`    // the earliest start, RFC 3339
	Last       string         `json:"last"`     // the latest end
	Warnings   []frab.Warning `json:"warnings"`

	Diff    *schedule.Difference `json:"diff,omitempty"`
	Applied bool                 `json:"applied,omitempty"`
}

// Read says what is in a file. It looks at nothing else.
func Read(up Upload) (Report, error) {
	r, _, err := readFile(up)
	return r, err
}

func readFile(up Upload) (Report, schedule.Programme, error) {
	f, err := frab.Read(bytes.NewReader(up.Body), filepath.Base(up.File), frab.Options{Zone: up.Zone})
	if err != nil {
		return Report{}, schedule.Programme{}, err
	}
	p := f.Programme
	if up.Conference != "" {
		p.Conference.ID = up.Conference
	}
	if p, err = p.Complete(); err != nil {
		return Report{}, p, &frab.Error{Kind: frab.Unfit, Reason: err.Error()}
	}
	warnings := f.Warnings
	if warnings == nil {
		warnings = []frab.Warning{}
	}
	return Report{
		File: up.File, Format: f.Format, Conference: p.Conference.ID, Zone: f.Zone,
		Days: f.Days, Rooms: f.Rooms, Sessions: f.Sessions,
		First: instant(f.First), Last: instant(f.Last), Warnings: warnings,
	}, p, nil
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Import makes a conference's programme what a file says. Nothing is half
// imported: the fold takes all parts at the last one, or none.
func (v *Venue) Import(ctx context.Context, up Upload) (Report, error) {
	report, programme, err := readFile(up)
	if err != nil {
		return report, err
	}
	diff, err := v.difference(ctx, programme)
	if err != nil {
		return report, err
	}
	report.Diff = &diff
	if up.Dry {
		return report, nil
	}
	if err := v.Bring(ctx, programme, up.Person); err != nil {
		return report, err
	}
	report.Applied = true
	return report, nil
}

// difference tells what a programme would change. A conference that does not
// exist yet has nothing to compare with, and gets no topic by being asked about.
func (v *Venue) difference(ctx context.Context, p schedule.Programme) (d schedule.Difference, err error) {
	topic := oplog.MakeTopic(oplog.KindSchedule, p.Conference.ID)
	if !v.Exists(topic) {
		return schedule.Diff(schedule.New(topic), p)
	}
	t, err := v.hub.Open(ctx, topic)
	if err != nil {
		return d, err
	}
	var refused error
	err = read(ctx, t, func(m *schedule.Machine) { d, refused = schedule.Diff(m, p) })
	return d, errors.Join(err, refused)
}

// Bring imports a programme, and makes its conference if there is none.
func (v *Venue) Bring(ctx context.Context, p schedule.Programme, person string) error {
	if person == "" {
		person = Person
	}
	commands, err := schedule.Parts(p, NewULID(), randomCode)
	if err != nil {
		return &frab.Error{Kind: frab.Unfit, Reason: err.Error()}
	}
	topic := oplog.MakeTopic(oplog.KindSchedule, p.Conference.ID)
	for _, c := range commands {
		if err := v.submit(ctx, topic, person, oplog.System, string(c)); err != nil {
			return fmt.Errorf("import into %s: %w", p.Conference.ID, err)
		}
	}
	return v.found(ctx, p.Conference.ID)
}

// found gives a conference its code, unless it has one.
func (v *Venue) found(ctx context.Context, id string) error {
	t, err := v.hub.Open(ctx, oplog.MakeTopic(oplog.KindConference, id))
	if err != nil {
		return err
	}
	code := ""
	if err := read(ctx, t, func(m *conference.Machine) { code = m.Code() }); err != nil || code != "" {
		return err
	}
	command, err := json.Marshal(map[string]string{"type": "settings.set", "code": v.freeCode()})
	if err != nil {
		return err
	}
	return v.submit(ctx, t.Name(), Person, oplog.System, string(command))
}

// freeCode is a code that opens nothing yet.
func (v *Venue) freeCode() string {
	for {
		code := randomCode()
		if _, taken := v.Join(code); !taken {
			return code
		}
	}
}

func randomCode() string {
	var b [8]byte
	rand.Read(b[:])
	return schedule.MakeCode(binary.BigEndian.Uint64(b[:]))
}

// crockford is the alphabet of ULIDs.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewULID makes an id: 48 bits of time and 80 random ones (ULID spec §Components).
func NewULID() string {
	var b [16]byte
	rand.Read(b[6:])
	ms := uint64(time.Now().UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	var out [26]byte
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = crockford[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(out[:])
}
