// Package hub runs the live topics of one node.
//
// # Model
//
// Each topic has one loop, and the loop alone touches the topic's [Machine]:
//
//	Submit ──▶ waiting ──Check──▶ drafts ──▶ log.Append ──▶ entries ──Apply──▶ outcome ──▶ Reply
//	                                                            │
//	Watch ───▶ Since(role, n), Mine(person, n)                  ├─▶ mine of actor and owner
//	                                                            └─▶ tick ─▶ Since(role, last) ─▶ ring ─▶ connections
//
// A command is checked by a dry run of the rule that will judge it, appended
// with whatever else waits, and folded when the log returns it. The outcome of
// the fold is what the sender is told; an acknowledgement therefore means: on
// disk (see [oplog.Level]) and folded.
//
// # Promises
//
// Order: the outcomes of one topic are told in the order of its log. A reply is
// given after the fold and after the person's own part has been sent to every
// connection of that person.
// Blocking: Submit, Watch and Do wait for the loop, never for a client. An
// append in flight does not stop the loop: frames and catch-ups go on.
// Repair: of a store that other nodes share, a topic that meets another history
// than its own, or none, gives back what was lost, or follows and offers again
// what only this node knew (repair.go, hub/adr/0009).
// Nodes: what is true only now (who is here, what they show) is told to the other
// nodes of the store and by them (crowd.go); states are compared (mark.go); a topic
// that cannot be folded right here is left to others (unserved.go, hub/adr/0012).
// Ownership: a Machine never leaves its loop. [Topic.Do] runs a function there.
//
// # Tests
//
// Beside the tests of each part there is a simulation of several nodes on one store
// that fails in every way it can (sim_*_test.go, hub/adr/0011):
//
//	SIM_SEED=7 go test ./hub -run 'TestSimulation$' -v    tells one seed
//	SIM=10m make sim                                      lives through others
//	make sim-bugs                                         brings back what was found
//
// # Example
//
//	h := hub.New(hub.Config{Store: store, Kinds: kinds, Observer: metrics})
//	go h.Run(ctx) // awaited by whoever starts it
//	topic, err := h.Open(ctx, "session/opening")
//	cmd, reason := topic.Prepare(raw, "visitor:4f…")
//	answer := topic.Submit(ctx, cmd)
package hub
