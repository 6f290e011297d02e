// Package whisper is what the nodes of one store tell each other that is true
// only now and never logged: who they are, how many people are in their topics,
// what those show, what they have spent of their limits.
//
// # Model
//
// A node says one [Word] a beat, for all that it has to tell, and hears those of
// the others. Whoever has something to tell is a [Voice] of the node's [Circle]:
//
//	hub ─────┐                    ┌──▶ Bus (Redis pub/sub) ──▶ circles of other nodes
//	         ├─Speak──▶ Circle ───┤                               │
//	gateway ─┘ ◀─Hear, Forget───  └──◀────────────────────────────┘
//
//	beat       ▏0 whole  ▏1        ▏2        ▏3        ▏4 whole  ▏
//	word       all       changes   –         changes   all
//
// The first word of every second is whole: what it does not name is nothing. Those
// between are said only if something has changed. So a word that is lost is made
// good within a second, and a node of which nothing is heard for [FadeAfter] is
// forgotten; one that stops says so and is forgotten at once.
//
// A circle without a bus beats all the same: a node alone has its voices too.
//
// # Promises
//
// Words of one node are heard in the order in which they were said, or not at all.
// Speak, Hear and Forget are called one at a time, never at the same time, and
// must not block. A bus that hangs stops nobody: what cannot be said is dropped.
// Bytes that are no word are passed over; what is in a word is bounded before
// anybody hears it. Other versions may say more; that is passed over too.
//
// # Example
//
//	c := whisper.New(whisper.Config{Bus: log, Self: whisper.Node{Name: "hall-1:8080", Version: version}})
//	c.Join(voice)
//	go c.Run(ctx) // awaited by whoever starts it
//	nodes := c.Nodes()
package whisper
