package gateway

import (
	"time"

	"majlis/hub/whisper"
)

// voice is what the edge tells the other nodes.
type voice struct{ g *Gateway }

// Speak implements [whisper.Voice].
func (v voice) Speak(w *whisper.Word) {
	w.Node.Connections = v.g.wheel.len()
	w.Node.Ready = v.g.ready.Load() && !v.g.draining.Load() && !v.g.cfg.Hub.Elsewhere()
	if !w.Whole || v.g.cfg.Hub.Circle().Alone() {
		return
	}
	for _, q := range v.g.quotas() {
		q.tell(w)
	}
}

// Hear implements [whisper.Voice].
func (v voice) Hear(w *whisper.Word) {
	if len(w.Spent) == 0 {
		return
	}
	now := time.Now()
	for _, q := range v.g.quotas() {
		q.hear(w, now)
	}
}

// Forget implements [whisper.Voice].
func (v voice) Forget(string) {}
