package hub

import (
	"time"

	"majlis/hub/whisper"
)

// Circle is this node among the others that use its store. Who has something to
// tell them joins it.
func (h *Hub) Circle() *whisper.Circle { return h.circle }

// murmur is what the topics tell other nodes, and hear of them.
type murmur struct{ hub *Hub }

// Speak implements [whisper.Voice].
func (m murmur) Speak(w *whisper.Word) {
	now := time.Now()
	for _, t := range m.hub.Topics() {
		if s, say := t.crowd.beat(now, w.Whole); say {
			w.Tell(t.name, s)
		}
	}
}

// Hear implements [whisper.Voice].
func (m murmur) Hear(w *whisper.Word) {
	for _, t := range m.hub.Topics() {
		if s, said := w.Topics[t.name]; said || w.Whole {
			t.crowd.hear(w.Node.ID, s)
		}
	}
}

// Forget implements [whisper.Voice].
func (m murmur) Forget(id string) {
	for _, t := range m.hub.Topics() {
		t.crowd.hear(id, whisper.Said{})
	}
}
