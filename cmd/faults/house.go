package faults

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Session is the one that the audience is in; its conference is Conference.
const (
	Session    = "opening"
	Conference = "summit"
)

// House is a store and the nodes that serve it, with the demonstration's
// conference in it. Its methods are for the test's goroutine.
type House struct {
	Nodes []*Node
	Store string // as --store takes it
	Pass  string // an organiser's

	t      testing.TB
	secret string // the file
	flags  []string
}

// FileStore is a store in a new file.
func FileStore(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "hub.db") }

// Open starts so many nodes on an empty store, with these flags beside their own,
// and waits until all are ready.
func Open(t testing.TB, store string, nodes int, flags ...string) *House {
	t.Helper()
	h := &House{t: t, Store: store, secret: filepath.Join(t.TempDir(), "secret"), flags: flags}
	first := h.Node()
	first.Start("--demo")
	link := regexp.MustCompile(`organiser +\S+#(\S+)`).FindStringSubmatch(first.Output())
	if link == nil {
		t.Fatalf("the first node prints no link:\n%s", first.Output())
	}
	h.Pass = link[1]
	for range nodes - 1 {
		h.Node().Start()
	}
	for _, n := range h.Nodes {
		n.rested()
	}
	return h
}

// Node makes another node, with more flags than the others; the caller starts it.
func (h *House) Node(more ...string) *Node {
	flags := append([]string{"--store", h.Store, "--secret-file", h.secret}, h.flags...)
	n := newNode(h.t, append(flags, more...)...)
	h.Nodes = append(h.Nodes, n)
	return n
}

// Add starts another node, perhaps with flags of its own (the last of the same
// name wins), and waits until it is ready.
func (h *House) Add(flags ...string) *Node {
	h.t.Helper()
	n := h.Node(flags...)
	n.Start()
	n.rested()
	return n
}

// Command runs one of majlis' commands on the store.
func (h *House) Command(name string, args ...string) string {
	h.t.Helper()
	return Run(h.t, append([]string{name, "--store", h.Store, "--secret-file", h.secret}, args...)...)
}

// view is what a node shows of the session, and where it stands.
type view struct {
	Epoch  string          `json:"epoch"`
	Offset uint64          `json:"offset"`
	Hash   string          `json:"h"`
	Doc    json.RawMessage `json:"doc"`
}

// look asks a node what it shows to moderators.
func (h *House) look(n *Node) (v view, err error) {
	body, status, err := get(n.URL()+"/api/v1/topics/session/"+Session+"?role=moderator", h.Pass, 5*time.Second)
	if err == nil && status != 200 {
		err = fmt.Errorf("status %d: %.200s", status, body)
	}
	if err == nil {
		err = json.Unmarshal(body, &v)
	}
	return v, err
}

// Agree waits until all nodes that run show the same document at the same place of
// the same history, and returns how long that took.
func (h *House) Agree() time.Duration {
	h.t.Helper()
	var last string
	agreed := false
	defer func() {
		if !agreed {
			h.t.Logf("what the nodes showed last: %s", last)
		}
	}()
	return Soon(h.t, "all nodes show the same", func() bool {
		var all, places []string
		for _, n := range h.Nodes {
			if !n.Alive() {
				continue
			}
			v, err := h.look(n)
			all = append(all, fmt.Sprint(v.Epoch, v.Offset, v.Hash, string(v.Doc), err))
			places = append(places, fmt.Sprintf("%s at %s/%d/%s (%v)", n.addr, v.Epoch, v.Offset, v.Hash, err))
			if err != nil {
				last = strings.Join(places, ", ")
				return false
			}
		}
		last = strings.Join(places, ", ")
		for _, one := range all[1:] {
			if one != all[0] {
				return false
			}
		}
		agreed = true
		return true
	})
}

// Judge waits for the end of a crowd and looks whether all that must always hold
// does (see the package's comment).
func (h *House) Judge(c *Crowd) {
	h.t.Helper()
	r := c.End()
	if !r.Good() {
		h.t.Errorf("the audience finds: %s", r)
	}
	if err := Linear(r.Events); err != nil {
		h.t.Error(err)
	}
	h.Agree()
	h.Rest()
	if strings.HasPrefix(h.Store, "redis") {
		h.Command("doctor")
	}
}

// Rest waits until every node needs no more than at its start (I6).
func (h *House) Rest() {
	h.t.Helper()
	for _, n := range h.Nodes {
		if !n.Alive() || n.goroutines == 0 {
			continue
		}
		var goroutines, files int
		rested := false
		defer func() {
			if !rested {
				h.t.Logf("node %s has %d goroutines and %d files, and had %d and %d:\n%s", n.addr, goroutines, files, n.goroutines, n.files, n.stacks())
			}
		}()
		Soon(h.t, "node "+n.addr+" is at rest", func() bool {
			goroutines, files = int(n.Metric("go_goroutines")), n.openFiles()
			rested = goroutines <= n.goroutines+spareGoroutines() && files <= n.files+spareFiles
			return rested
		})
	}
}
