// Command gws is a server on the gws library that fans out by its Broadcaster:
// a frame is made once for all.
package main

import (
	"log"
	"net/http"
	"sync"

	"github.com/lxzan/gws"

	"majlis/deploy/bench/peers/peer"
)

// room is who listens.
type room struct {
	gws.BuiltinEventHandler

	mu    sync.RWMutex
	conns map[*gws.Conn]struct{}
}

func (r *room) OnOpen(c *gws.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[c] = struct{}{}
}

func (r *room) OnClose(c *gws.Conn, _ error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, c)
}

func (r *room) OnPing(c *gws.Conn, payload []byte) { _ = c.WritePong(payload) }

func (r *room) publish(b []byte) {
	all := gws.NewBroadcaster(gws.OpcodeText, b)
	defer all.Close()
	r.mu.RLock()
	defer r.mu.RUnlock()
	for c := range r.conns {
		_ = all.Broadcast(c) // who has gone is told by OnClose
	}
}

func main() {
	f := peer.Parse()
	r := &room{conns: make(map[*gws.Conn]struct{})}
	up := gws.NewUpgrader(r, &gws.ServerOption{
		PermessageDeflate: gws.PermessageDeflate{Enabled: f.Compress, Threshold: 512},
	})
	ws := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c, err := up.Upgrade(w, req)
		if err != nil {
			log.Print(err)
			return
		}
		go c.ReadLoop() // as its README advises: the request can be collected
	})
	peer.Serve(f, ws, r.publish)
}
