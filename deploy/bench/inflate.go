package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"

	"majlis/deploy/bench/load"
)

// inflate undoes permessage-deflate without context takeover (RFC 7692 §7.2.2).
func inflate(b []byte) ([]byte, error) {
	// The tail that the sender cut off, and an empty last block.
	tail := []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}
	r := flate.NewReader(io.MultiReader(bytes.NewReader(b), bytes.NewReader(tail)))
	out, err := io.ReadAll(io.LimitReader(r, load.MaxMessage))
	if err != nil {
		return nil, fmt.Errorf("inflate a message: %w", err)
	}
	return out, nil
}

// offerDeflate is the header by which phones offer it.
const offerDeflate = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
