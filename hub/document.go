package hub

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"

	"majlis/hub/oplog"
)

// Document is all that a role sees of a topic, ready to be served. It is shared:
// do not change it.
type Document struct {
	At   oplog.Position
	ETag string // quoted, epoch and offset
	JSON []byte
	Gzip []byte // the same, compressed
}

// Document returns what a role sees now, encoded once per version.
func (t *Topic) Document(ctx context.Context, role oplog.Role) (d *Document, err error) {
	ran := make(chan struct{})
	if e := t.ask(ctx, func() {
		defer close(ran)
		d, err = t.document(role)
	}, ran); e != nil {
		return nil, e
	}
	return d, err
}

func (t *Topic) document(role oplog.Role) (*Document, error) {
	t.cache.keep(t.at.Offset)
	if d, ok := t.cache.documents[role]; ok {
		return d, nil
	}
	at := t.at.Position()
	body, err := json.Marshal(struct {
		Topic  oplog.Topic  `json:"topic"`
		Role   string       `json:"role"`
		View   int          `json:"view"`
		Epoch  string       `json:"epoch"`
		Offset oplog.Offset `json:"offset"`
		Hash   string       `json:"h"`
		Doc    any          `json:"doc"`
	}{t.name, role.String(), t.kind.View, at.Epoch, at.Offset, at.Hash.String(), t.machine.Since(role, 0)})
	if err != nil {
		return nil, fmt.Errorf("document of %s: %w", t.name, err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body) // a bytes.Buffer takes everything
	z.Close()
	d := &Document{At: at, ETag: fmt.Sprintf(`"%s:%d"`, at.Epoch, at.Offset), JSON: body, Gzip: b.Bytes()}
	t.cache.documents[role] = d
	return d, nil
}
