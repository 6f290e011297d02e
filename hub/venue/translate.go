package venue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// Lacking lists up to most translations that live sessions lack.
func (v *Venue) Lacking(ctx context.Context, most int) ([]session.Wanted, error) {
	var out []session.Wanted
	for _, it := range v.Sessions("") {
		if !it.Live || len(out) >= most {
			break // the live ones come first
		}
		t, err := v.hub.Open(ctx, oplog.MakeTopic(oplog.KindSession, it.ID))
		if err != nil {
			return out, fmt.Errorf("open session %s: %w", it.ID, err)
		}
		err = read(ctx, t, func(m *session.Machine) {
			out = append(out, m.Lacking(time.Now().UnixMilli(), most-len(out))...)
		})
		if err != nil {
			return out, fmt.Errorf("read session %s: %w", it.ID, err)
		}
	}
	return out, nil
}

// Interpret gives a machine's translation to its session.
func (v *Venue) Interpret(ctx context.Context, w session.Wanted, text string) error {
	raw, err := json.Marshal(map[string]any{
		"type": "translation.put", "id": w.ID, "lang": w.To, "text": text, "machine": true,
	})
	if err != nil {
		return err
	}
	t, err := v.hub.Open(ctx, w.Topic)
	if err != nil {
		return err
	}
	c, reason := t.Prepare(raw, Person, oplog.System, "")
	if reason != "" {
		return &RefusedError{reason}
	}
	c.Seen = w.Seen
	return send(ctx, t, c)
}
