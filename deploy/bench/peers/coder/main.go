// Command coder is the server that most people write: coder/websocket with a
// goroutine, a channel and a write timeout for each connection.
package main

import (
	"context"
	"log"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"majlis/deploy/bench/peers/peer"
)

const (
	// queue is how many messages wait for one connection before it is cut off.
	queue = 64
	// writeTimeout is how long one message may take.
	writeTimeout = 5 * time.Second
)

// room is who listens.
type room struct {
	compress websocket.CompressionMode

	mu    sync.Mutex
	conns map[*conn]struct{}
}

type conn struct {
	queue chan []byte
	cut   context.CancelFunc
}

func (r *room) publish(b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		select {
		case c.queue <- b:
		default:
			c.cut() // too slow
		}
	}
}

func (r *room) add(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[c] = struct{}{}
}

func (r *room) remove(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, c)
}

func (r *room) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	ws, err := websocket.Accept(w, req, &websocket.AcceptOptions{CompressionMode: r.compress})
	if err != nil {
		log.Print(err)
		return
	}
	defer ws.CloseNow()
	ctx := ws.CloseRead(req.Context())
	ctx, cut := context.WithCancel(ctx)
	defer cut()
	c := &conn{make(chan []byte, queue), cut}
	r.add(c)
	defer r.remove(c)
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-c.queue:
			if write(ctx, ws, b) != nil {
				return
			}
		}
	}
}

func write(ctx context.Context, ws *websocket.Conn, b []byte) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	return ws.Write(ctx, websocket.MessageText, b)
}

func main() {
	f := peer.Parse()
	r := &room{conns: make(map[*conn]struct{})}
	if f.Compress {
		r.compress = websocket.CompressionNoContextTakeover
	}
	peer.Serve(f, r, r.publish)
}
