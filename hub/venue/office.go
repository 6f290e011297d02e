package venue

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"majlis/hub"
	"majlis/hub/conference"
	"majlis/hub/oplog"
	"majlis/hub/pass"
)

// Person is who the hub itself is in the logs.
const Person = "hub"

// RefusedError is a command that the fold refused.
type RefusedError struct{ Reason oplog.Reason }

func (e *RefusedError) Error() string {
	switch e.Reason {
	case oplog.StoreFull:
		return "the store is full: make room on its disk and try again"
	case oplog.Unavailable:
		return "the store takes nothing: look at its disk, restart the server and try again"
	}
	return "refused: " + string(e.Reason)
}

// submit gives one command to a topic and waits until it has been judged. Where
// there is a crowd before the store it is sent again until ctx ends; a store that
// takes nothing is an error at once.
func (v *Venue) submit(ctx context.Context, topic oplog.Topic, person string, role oplog.Role, raw string) error {
	t, err := v.hub.Open(ctx, topic)
	if err != nil {
		return err
	}
	c, reason := t.Prepare(json.RawMessage(raw), person, role, "")
	if reason != "" {
		return &RefusedError{reason}
	}
	return send(ctx, t, c)
}

// send submits a command and waits until it has been judged.
func send(ctx context.Context, t *hub.Topic, c oplog.Command) error {
	for {
		a, err := t.Submit(ctx, c)
		switch {
		case err != nil:
			return err
		case !a.Outcome.Accepted():
			return &RefusedError{a.Outcome.Reason}
		case a.Retry == 0:
			return nil
		}
		select {
		case <-time.After(a.Retry):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Say gives one command to a topic in somebody's name, and waits until it has
// been judged.
func (v *Venue) Say(ctx context.Context, topic oplog.Topic, person string, role oplog.Role, raw json.RawMessage) error {
	return v.submit(ctx, topic, person, role, string(raw))
}

// Wanted is what an access link should be.
type Wanted struct {
	Conference string     `json:"conference"` // empty: that of the scope, or the only one
	Role       oplog.Role `json:"role"`
	Scope      string     `json:"scope"` // "", "conference/<id>", "room/<id>", "session/<id>"
	Label      string     `json:"label"`
	Hours      int        `json:"hours"`  // that it lives; 0: the default
	Person     string     `json:"person"` // who asked for it
}

// Link is an access link. Whoever has it has the role.
type Link struct {
	ID    string `json:"id"`
	Link  string `json:"link"`
	Role  string `json:"role"`
	Scope string `json:"scope"`
	Until int64  `json:"until"`
}

// Mint makes an access link and notes it in the conference.
func (v *Venue) Mint(ctx context.Context, want Wanted) (Link, error) {
	if err := v.checkWanted(&want); err != nil {
		return Link{}, err
	}
	until := time.Now().Add(time.Duration(want.Hours) * time.Hour)
	claims := pass.Claims{
		ID: NewULID(), Role: want.Role, Scope: want.Scope,
		Conference: want.Conference, Label: want.Label, Expires: until,
	}
	command, err := json.Marshal(map[string]any{
		"type": "pass.issue", "id": claims.ID, "role": want.Role.String(), "scope": want.Scope,
		"label": want.Label, "until": until.UnixMilli(),
	})
	if err != nil {
		return Link{}, fmt.Errorf("note the access link: %w", err)
	}
	topic := oplog.MakeTopic(oplog.KindConference, want.Conference)
	if err := v.submit(ctx, topic, want.Person, oplog.System, string(command)); err != nil {
		return Link{}, fmt.Errorf("note the access link: %w", err)
	}
	token, err := v.signer.Mint(claims)
	if err != nil {
		return Link{}, fmt.Errorf("sign the access link: %w", err)
	}
	// Behind the # it stays in the browser: no proxy and no log sees it.
	return Link{
		ID: claims.ID, Link: v.publicURL + "/enter#" + token,
		Role: want.Role.String(), Scope: want.Scope, Until: until.UnixMilli(),
	}, nil
}

// checkWanted completes what was asked for and refuses what makes no sense.
func (v *Venue) checkWanted(want *Wanted) error {
	if err := v.checkScope(want); err != nil {
		return err
	}
	if len(want.Label) > MaxLabel {
		return fmt.Errorf("the label is longer than %d bytes", MaxLabel)
	}
	if want.Hours < 0 || want.Hours > MaxLinkHours {
		return fmt.Errorf("an access link lives between 1 and %d hours", MaxLinkHours)
	}
	if want.Hours == 0 {
		want.Hours = DefaultLinkHours
	}
	if want.Person == "" {
		want.Person = Person
	}
	return nil
}

// checkScope completes conference and scope from each other. A scope never leads
// out of a conference that was named: whoever runs one has no say in another.
func (v *Venue) checkScope(want *Wanted) error {
	kind, id, _ := strings.Cut(want.Scope, "/")
	if err := v.fillConference(want, kind, id); err != nil {
		return err
	}
	c := want.Conference
	switch {
	case !oplog.ValidID(c) || !v.Exists(oplog.MakeTopic(oplog.KindConference, c)):
		return fmt.Errorf("there is no conference %.80q", c)
	case want.Scope == "" || want.Scope == "conference/"+c:
		want.Scope = "conference/" + c
		return nil
	case kind == "session" && !v.hasSession(c, id):
		return fmt.Errorf("there is no session %.80q in %s", id, c)
	case kind == "room" && !v.hasRoom(c, id):
		return fmt.Errorf("there is no room %.80q in %s", id, c)
	case kind != "session" && kind != "room":
		return fmt.Errorf("%.80q is not a scope of %s: want conference/<id>, room/<id> or session/<id>", want.Scope, c)
	case want.Role == oplog.Organiser || want.Role == oplog.Operator:
		return fmt.Errorf("an %s runs a whole conference: leave the scope out", want.Role)
	}
	return nil
}

// fillConference names the conference where the scope tells it, or where there
// is no other.
func (v *Venue) fillConference(want *Wanted, kind, id string) error {
	if want.Conference != "" {
		return nil
	}
	switch kind {
	case "conference":
		want.Conference = id
		return nil
	case "session":
		it, ok := v.Item(id)
		if !ok {
			return fmt.Errorf("there is no session %.80q", id)
		}
		want.Conference = it.Conference
		return nil
	}
	all := v.Conferences()
	if len(all) != 1 {
		return fmt.Errorf("say which conference: there are %d", len(all))
	}
	want.Conference = all[0].ID
	return nil
}

func (v *Venue) hasSession(conference, id string) bool {
	it, ok := v.Item(id)
	return ok && it.Conference == conference
}

func (v *Venue) hasRoom(conference, room string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := v.confs[conference]
	return c != nil && slices.ContainsFunc(c.items, func(it Item) bool { return it.room == room })
}

// Pass is one access link in a list; the link itself is not kept.
type Pass struct {
	Conference string `json:"conference"`
	conference.Pass
}

// Passes lists the access links of a conference, or of all.
func (v *Venue) Passes(ctx context.Context, id string) ([]Pass, error) {
	out := []Pass{}
	for _, c := range v.Conferences() {
		if id != "" && c.ID != id {
			continue
		}
		t, err := v.hub.Open(ctx, oplog.MakeTopic(oplog.KindConference, c.ID))
		if err != nil {
			return nil, err
		}
		err = read(ctx, t, func(m *conference.Machine) {
			for _, p := range m.Passes() {
				out = append(out, Pass{Conference: c.ID, Pass: p})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Revoke ends an access link, by its id.
func (v *Venue) Revoke(ctx context.Context, id string) error {
	passes, err := v.Passes(ctx, "")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(passes, func(p Pass) bool { return p.ID == id })
	if i < 0 {
		return fmt.Errorf("there is no access link %q; --list shows them", id)
	}
	command, err := json.Marshal(map[string]any{"type": "pass.revoke", "id": id})
	if err != nil {
		return err
	}
	return v.submit(ctx, oplog.MakeTopic(oplog.KindConference, passes[i].Conference), Person, oplog.System, string(command))
}
