package gateway

import "majlis/hub/whisper"

// voice is what the edge tells the other nodes.
type voice struct{ g *Gateway }

// Speak implements [whisper.Voice].
func (v voice) Speak(w *whisper.Word) {
	w.Node.Connections = v.g.wheel.len()
	w.Node.Ready = v.g.ready.Load() && !v.g.draining.Load() && !v.g.cfg.Hub.Elsewhere()
}

// Hear implements [whisper.Voice].
func (v voice) Hear(*whisper.Word) {}

// Forget implements [whisper.Voice].
func (v voice) Forget(string) {}
