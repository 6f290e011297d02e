// Package reducer is the client's side of a document: the one rule by which
// patches are applied, in Go for simulated audiences and for tests.
//
// A client stands at an offset o of one history. A frame leads from an offset to
// another, and says the present value of everything that changed in between, so
// it is right for whoever stands anywhere in from ≤ o < to:
//
//	from = 0       replaces everything
//	to ≤ o         known already, passed over
//	from ≤ o < to  applied; o = to
//	o < from       something is missing: watch again with the own position
//
// Applying a frame with to ≤ o would set old values; applying one with o < from
// would skip changes. Document and own part ("mine") are two clients in this
// sense, each with its own offset.
package reducer

import (
	"encoding/json"
	"maps"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// Verdict is what became of a frame.
type Verdict int

// The verdicts.
const (
	Applied Verdict = iota
	Passed          // known already
	Behind          // something before it is missing: watch again with the own position
	Foreign         // another history or projection: watch again without a position
)

func (v Verdict) String() string {
	return [...]string{"applied", "passed", "behind", "foreign"}[v]
}

// Frame is a patch or mine frame, decoded. Pos is where it leads.
type Frame struct {
	View int // of a patch; 0 in mine
	From oplog.Offset
	Pos  oplog.Position
	Doc  entity.Patch
}

// Client is a document and the place up to which it is known. The zero Client
// knows nothing. It is touched by one goroutine.
type Client struct {
	Doc  entity.Patch
	Pos  oplog.Position
	View int
}

// Apply takes in one frame. It keeps the entities of the frame, which must not
// be changed afterwards, but not its maps.
func (c *Client) Apply(f Frame) Verdict {
	switch {
	case f.From == 0:
		c.Doc = entity.Patch{}
	case f.Pos.Epoch != c.Pos.Epoch || f.View != c.View:
		return Foreign
	case f.Pos.Offset <= c.Pos.Offset:
		return Passed
	case f.From > c.Pos.Offset:
		return Behind
	}
	Merge(c.Doc, f.Doc)
	c.Pos, c.View = f.Pos, f.View
	return Applied
}

// Merge replaces whole entities of doc by those of the patch; null takes one
// away. A kind that has none left leaves the document.
func Merge(doc, patch entity.Patch) {
	for kind, entities := range patch {
		for id, e := range entities {
			if string(e) == "null" {
				delete(doc[kind], id)
				continue
			}
			if doc[kind] == nil {
				doc[kind] = map[string]json.RawMessage{}
			}
			doc[kind][id] = e
		}
		if len(doc[kind]) == 0 {
			delete(doc, kind)
		}
	}
}

// Copy is a document that shares no map with doc.
func Copy(doc entity.Patch) entity.Patch {
	out := make(entity.Patch, len(doc))
	for kind, entities := range doc {
		out[kind] = maps.Clone(entities)
	}
	return out
}

// Diff names the first entity in which two documents differ, in no special
// order; empty if they are equal, byte for byte.
func Diff(a, b entity.Patch) string {
	for kind, entities := range a {
		for id, e := range entities {
			if string(b[kind][id]) != string(e) {
				return kind + "/" + id + ": " + string(e) + " ≠ " + string(b[kind][id])
			}
		}
	}
	for kind, entities := range b {
		for id, e := range entities {
			if _, ok := a[kind][id]; !ok {
				return kind + "/" + id + ": nothing ≠ " + string(e)
			}
		}
	}
	return ""
}
