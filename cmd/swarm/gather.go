package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
)

// gather takes down what every phone says and holds, and what the server says.
func (s *swarm) gather(ctx context.Context, phones []*phone, before standing, head document) (evidence, error) {
	e := evidence{alone: s.config.alone, before: before, differs: make(map[int]string)}
	err := s.patiently(ctx, s.config.settle, func() (err error) {
		e.after, err = s.look(ctx)
		return err
	})
	if err != nil {
		return e, fmt.Errorf("the server cannot be read at the end: %w", err)
	}
	told := make(map[*state]string) // phones share documents
	for i, p := range phones {
		p.mu.Lock()
		says, doc := witness{commands: p.box.all, mine: reducer.Copy(p.mine.Doc)}, p.doc
		s.history.last(p, &says, time.Now())
		p.mu.Unlock()
		e.phones = append(e.phones, says)
		if _, known := told[doc]; !known {
			told[doc] = strays(doc, head)
		}
		if told[doc] != "" {
			e.differs[i] = "document: " + told[doc]
		}
	}
	return e, s.gatherMine(ctx, phones, &e)
}

// strays says how a phone's document is not the server's.
func strays(doc *state, head document) string {
	switch {
	case doc.Pos.Epoch != head.Epoch:
		return fmt.Sprintf("it holds history %q, the server %q", doc.Pos.Epoch, head.Epoch)
	case doc.Pos.Offset > head.Offset:
		return fmt.Sprintf("it is at %d, beyond the server's %d", doc.Pos.Offset, head.Offset)
	}
	return difference(doc.Doc, head.Doc)
}

// gatherMine compares the own parts of some phones with what the server has. What
// one person is told alone of others' answers comes a moment later.
func (s *swarm) gatherMine(ctx context.Context, phones []*phone, e *evidence) error {
	end := time.Now().Add(equalWithin)
	for i := 0; i < len(phones); i += max(1, len(phones)/sampleMine) {
		p := phones[i]
		p.mu.Lock()
		who := p.who
		p.mu.Unlock()
		if who == nil {
			continue // it never got in, which its document tells
		}
		var server document
		var diff string
		var err error
		within(ctx, time.Until(end), func() bool {
			err = s.patiently(ctx, s.config.settle, func() (err error) {
				server, err = s.reader().mine(ctx, s.topic, who)
				return err
			})
			p.mu.Lock()
			diff = difference(p.mine.Doc, server.Doc)
			p.mu.Unlock()
			return err != nil || diff == ""
		})
		if err != nil {
			return fmt.Errorf("read what belongs to phone %d: %w", i, err)
		}
		if diff != "" && e.differs[i] == "" {
			e.differs[i] = "own part: " + diff
		}
	}
	return ctx.Err()
}

// allEqual reports whether every phone shows what the server shows.
func allEqual(phones []*phone, head entity.Patch) bool {
	told := make(map[*state]bool)
	for _, p := range phones {
		p.mu.Lock()
		doc := p.doc
		p.mu.Unlock()
		if _, known := told[doc]; !known {
			told[doc] = difference(doc.Doc, head) == ""
		}
		if !told[doc] {
			return false
		}
	}
	return true
}

// difference names an entity in which a phone's document is not the server's;
// empty if there is none. Spelling does not matter: documents over HTTP may be
// encoded by another encoder.
func difference(phone, server entity.Patch) string {
	for kind, entities := range server {
		for id, want := range entities {
			if got := phone[kind][id]; !sameEntity(got, want) {
				return fmt.Sprintf("%s/%s is %.120s, the server says %.120s", kind, id, or(got, "not there"), want)
			}
		}
	}
	for kind, entities := range phone {
		for id, got := range entities {
			if _, ok := server[kind][id]; !ok {
				return fmt.Sprintf("%s/%s is %.120s, the server has none", kind, id, got)
			}
		}
	}
	return ""
}

func sameEntity(a, b json.RawMessage) bool {
	if string(a) == string(b) {
		return true
	}
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

func or(raw json.RawMessage, none string) string {
	if len(raw) == 0 {
		return none
	}
	return string(raw)
}
