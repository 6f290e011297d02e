package gateway

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"

	"github.com/coder/websocket"

	"majlis/hub/fanout"
	"majlis/hub/gateway/line"
	"majlis/hub/wire"
)

// upgraded is a connection that has become a WebSocket.
type upgraded struct {
	ws     *websocket.Conn
	raw    *Conn
	buffer *bufio.Reader // through which ws reads raw
	form   fanout.Form   // in which frames go over it
}

// upgrade turns a request into a WebSocket. When it fails the library has
// answered.
func upgrade(w http.ResponseWriter, r *http.Request) (upgraded, error) {
	s := &slim{ResponseWriter: w}
	ws, err := websocket.Accept(s, r, &websocket.AcceptOptions{
		Subprotocols: []string{wire.Subprotocol},
		// Origins have been checked against the exact list before.
		InsecureSkipVerify: true,
		// Nobody's dictionary is kept: what is compressed is compressed for all.
		CompressionMode: websocket.CompressionNoContextTakeover,
	})
	if err != nil {
		return upgraded{}, err
	}
	ws.SetReadLimit(wire.MaxClientFrame)
	s.conn.Upgraded()
	up := upgraded{ws: ws, raw: s.conn, buffer: s.buffer, form: line.Text}
	if w.Header().Get("Sec-WebSocket-Extensions") != "" {
		up.form = line.Deflated
	}
	return up, nil
}

// slim lets a connection that is taken over leave net/http's buffers, of 4 KiB
// each, behind. What the library keeps instead is filled by phones that send a
// hundred bytes now and then, and by pongs.
type slim struct {
	http.ResponseWriter
	conn   *Conn // what was taken over
	buffer *bufio.Reader
}

// Hijack implements [http.Hijacker].
func (s *slim) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, was, err := http.NewResponseController(s.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	early, err := was.Reader.Peek(was.Reader.Buffered())
	if err != nil {
		return nil, nil, err
	}
	var guarded bool
	if s.conn, guarded = conn.(*Conn); !guarded {
		s.conn = &Conn{Conn: conn}
	}
	s.buffer = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(bytes.Clone(early)), s.conn), UpgradedReadBuffer)
	if _, err := s.buffer.Peek(len(early)); err != nil { // the library looks for them in the buffer
		return nil, nil, err
	}
	return s.conn, bufio.NewReadWriter(s.buffer, bufio.NewWriterSize(s.conn, UpgradedWriteBuffer)), nil
}

// Unwrap is for [http.ResponseController].
func (s *slim) Unwrap() http.ResponseWriter { return s.ResponseWriter }
