// Package peer is what the measured servers in Go have in common: their flags,
// their ports, and how they are told what to publish. Everything that is
// measured lies in the servers.
package peer

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof" // the admin port
	"os"
	"os/signal"
)

// MaxPayload is the largest message that is published.
const MaxPayload = 1 << 20

// Flags are what every peer is told.
type Flags struct {
	Listen   string // WebSockets
	Control  string // messages to publish
	Admin    string // profiles
	Compress bool   // offer permessage-deflate without context takeover
}

// Parse reads the flags.
func Parse() Flags {
	var f Flags
	flag.StringVar(&f.Listen, "listen", "127.0.0.1:8001", "address for WebSockets")
	flag.StringVar(&f.Control, "control", "127.0.0.1:8002", "address for what is to be published")
	flag.StringVar(&f.Admin, "admin", "127.0.0.1:8003", "address for profiles")
	flag.BoolVar(&f.Compress, "compress", false, "agree to permessage-deflate")
	flag.Parse()
	return f
}

// Serve serves WebSockets by a handler, and publishes what comes on the control
// port, each message prefixed by its length in four bytes, big-endian. It
// returns when the process is interrupted.
func Serve(f Flags, ws http.Handler, publish func([]byte)) {
	control, err := net.Listen("tcp", f.Control)
	if err != nil {
		log.Fatal(err)
	}
	fail := func(err error) { log.Fatal(err) }
	go func() { fail(http.ListenAndServe(f.Admin, nil)) }()
	go func() { fail(http.ListenAndServe(f.Listen, ws)) }()
	go func() {
		for {
			c, err := control.Accept()
			if err != nil {
				log.Fatal(err)
			}
			if err := read(c, publish); err != io.EOF {
				log.Print(err)
			}
			c.Close()
		}
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
}

func read(c io.Reader, publish func([]byte)) error {
	in := bufio.NewReader(c)
	for {
		var size [4]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return err
		}
		n := binary.BigEndian.Uint32(size[:])
		if n > MaxPayload {
			return fmt.Errorf("a message of %d bytes; the most is %d", n, MaxPayload)
		}
		b := make([]byte, n)
		if _, err := io.ReadFull(in, b); err != nil {
			return err
		}
		publish(b)
	}
}
