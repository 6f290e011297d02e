package faults

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Visitor is one person with one tab, who sends commands over plain HTTP.
type Visitor struct {
	cookie string
	device string
}

// Visitor makes one. Every node knows it.
func (h *House) Visitor() *Visitor {
	h.t.Helper()
	res, err := http.Post(h.Nodes[0].URL()+"/api/v1/hello", "application/json", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	res.Body.Close()
	v := &Visitor{device: newDevice()}
	for _, c := range res.Cookies() {
		v.cookie = c.Name + "=" + c.Value
	}
	return v
}

func newDevice() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// NewID is an id of a thing, as clients make them: a ULID.
func NewID() string {
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	var b [23]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = crockford[b[i]%32]
	}
	return "01J" + string(b[:])
}

// Frame is an answer.
type Frame struct {
	T      string `json:"t"` // ack, refuse, retry
	Reason string `json:"reason"`
	Offset uint64 `json:"offset"`
}

// Do sends a command to a node, the n-th of the visitor's, until it is answered;
// nil for the visitor: an organiser's.
func (h *House) Do(node *Node, v *Visitor, id string, n uint64, cmd string) (f Frame) {
	h.t.Helper()
	Soon(h.t, "an answer to "+cmd, func() bool {
		got, err := h.try(node, v, id, n, cmd)
		var refused statusError
		if errors.As(err, &refused) {
			h.t.Fatalf("%s: %v", cmd, err)
		}
		if f = got; err != nil || f.T == "retry" {
			time.Sleep(100 * time.Millisecond)
			return false
		}
		return true
	})
	return f
}

// statusError is an answer that is none to a command, and will not change.
type statusError struct{ error }

func (h *House) try(node *Node, v *Visitor, id string, n uint64, cmd string) (f Frame, err error) {
	body := map[string]any{"id": id, "cmd": json.RawMessage(cmd)}
	role := "moderator"
	if v != nil {
		body["dev"], body["n"], role = v.device, n, "attendee"
	}
	b, err := json.Marshal(body)
	if err != nil {
		return f, err
	}
	r, err := http.NewRequest(http.MethodPost, node.URL()+"/api/v1/topics/session/"+Session+"/commands?role="+role, bytes.NewReader(b))
	if err != nil {
		return f, err
	}
	if v != nil {
		r.Header.Set("Cookie", v.cookie)
	} else {
		r.Header.Set("Authorization", "Bearer "+h.Pass)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return f, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	if err != nil {
		return f, err
	}
	var answer struct{ Frames []Frame }
	if err := json.Unmarshal(text, &answer); err != nil || len(answer.Frames) != 1 {
		err = fmt.Errorf("status %d: %s", res.StatusCode, strings.TrimSpace(string(text)))
		if res.StatusCode < 500 && res.StatusCode != http.StatusTooManyRequests {
			err = statusError{err}
		}
		return f, err
	}
	return answer.Frames[0], nil
}

// LiveQuestion asks a question and approves it: its id.
func (h *House) LiveQuestion() string {
	h.t.Helper()
	id := NewID()
	for _, f := range []Frame{
		h.Do(h.Nodes[0], h.Visitor(), id, 1, fmt.Sprintf(`{"type":"question.ask","id":%q,"text":"What holds?"}`, id)),
		h.Do(h.Nodes[0], nil, NewID(), 0, fmt.Sprintf(`{"type":"question.approve","id":%q}`, id)),
	} {
		if f.T != "ack" {
			h.t.Fatalf("no live question: %+v", f)
		}
	}
	return id
}

// Own is what a node holds of a visitor's own: kind, id, value.
func (h *House) Own(node *Node, v *Visitor) map[string]map[string]json.RawMessage {
	h.t.Helper()
	r, err := http.NewRequest(http.MethodGet, node.URL()+"/api/v1/topics/session/"+Session+"/mine", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Cookie", v.cookie)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	var own struct {
		Doc map[string]map[string]json.RawMessage
	}
	if err := json.NewDecoder(res.Body).Decode(&own); err != nil {
		h.t.Fatal(err)
	}
	return own.Doc
}
