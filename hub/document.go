package hub

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"majlis/hub/oplog"
)

// Document is all that a role sees of a topic, ready to be served. It is shared:
// do not change it.
type Document struct {
	At   oplog.Position
	ETag string // quoted, epoch and offset
	JSON []byte

	zip    sync.Once
	zipped []byte
}

// Gzip is the document compressed. Whoever asks first does it, for all, outside
// the topic's loop.
func (d *Document) Gzip() []byte {
	d.zip.Do(func() {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(d.JSON) // a bytes.Buffer takes everything
		z.Close()
		d.zipped = b.Bytes()
	})
	return d.zipped
}

// Document returns what a role sees now, encoded once per version.
func (t *Topic) Document(ctx context.Context, role oplog.Role) (d *Document, err error) {
	ran := make(chan struct{})
	if e := t.ask(ctx, func() {
		defer close(ran)
		d, err = t.documentFor(role)
	}, ran); e != nil {
		return nil, e
	}
	return d, err
}

func (t *Topic) documentFor(role oplog.Role) (*Document, error) {
	at := t.at.Position()
	d := t.document[role]
	kept := d != nil && d.At == at
	t.hub.cfg.Observer.Served(role, !kept)
	if kept {
		return d, nil
	}
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
	d = &Document{At: at, ETag: fmt.Sprintf(`"%s:%d"`, at.Epoch, at.Offset), JSON: body}
	t.document[role] = d
	return d, nil
}
