package faults

import "encoding/json"

// On runs one of majlis' commands on another store, under this house's secret.
func (h *House) On(store, name string, args ...string) string {
	h.t.Helper()
	return Run(h.t, append([]string{name, "--store", store, "--secret-file", h.secret}, args...)...)
}

// Folded is what all entries of a store at rest fold to.
type Folded struct {
	Entries int    `json:"entries"`
	Digest  string `json:"digest"`
}

// Fold folds a store at rest.
func (h *House) Fold(store string) (f Folded) {
	h.t.Helper()
	if err := json.Unmarshal([]byte(h.On(store, "replay", "--json")), &f); err != nil {
		h.t.Fatal(err)
	}
	return f
}

// FoldSnapshots folds a store at rest as a server does: from its snapshots.
func (h *House) FoldSnapshots(store string) (f Folded) {
	h.t.Helper()
	if err := json.Unmarshal([]byte(h.On(store, "replay", "--snapshots", "--json")), &f); err != nil {
		h.t.Fatal(err)
	}
	return f
}

// Offset is how far a node has folded the session.
func (h *House) Offset(n *Node) uint64 {
	h.t.Helper()
	v, err := h.look(n)
	if err != nil {
		h.t.Fatal(err)
	}
	return v.Offset
}

// Files is how many files the node has open, its sockets among them.
func (n *Node) Files() int { return n.openFiles() }
