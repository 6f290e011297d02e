package load

import (
	"bytes"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// The key of all handshakes and its answer: the example of RFC 6455 §1.3. It
// only guards against caches, and there are none here; so the bare send loop can
// answer it without computing SHA-1.
const (
	handshakeKey    = "dGhlIHNhbXBsZSBub25jZQ=="
	handshakeAnswer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
)

// maxHead is how many bytes the header of an answer may have.
const maxHead = 16 << 10

// Upgrade is the request that opens a WebSocket. Extra are header lines, each
// ended by "\r\n".
func Upgrade(path, host, extra string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + host +
		"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
		handshakeKey + "\r\n" + extra + "\r\n")
}

// answer is what a server said to an upgrade.
type answer struct {
	status     int
	retry      time.Duration // of Retry-After; 0: none
	extensions string
}

// readAnswer reads the header at the beginning of b. n is 0 when it is not
// whole.
func readAnswer(b []byte) (a answer, n int, err error) {
	end := bytes.Index(b, []byte("\r\n\r\n"))
	if end < 0 {
		if len(b) > maxHead {
			return a, 0, fmt.Errorf("the answer to the upgrade has more than %d bytes", maxHead)
		}
		return a, 0, nil
	}
	lines := strings.Split(string(b[:end]), "\r\n")
	_, status, _ := strings.Cut(lines[0], " ")
	status, _, _ = strings.Cut(status, " ")
	if a.status, err = strconv.Atoi(status); err != nil {
		return a, 0, fmt.Errorf("the answer to the upgrade begins with %q", lines[0])
	}
	accepted := false
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch textproto.CanonicalMIMEHeaderKey(name) {
		case "Sec-Websocket-Accept":
			accepted = value == handshakeAnswer
		case "Sec-Websocket-Extensions":
			a.extensions = value
		case "Retry-After":
			if s, err := strconv.Atoi(value); err == nil && s >= 0 {
				a.retry = time.Duration(s) * time.Second
			}
		}
	}
	if a.status == 101 && !accepted {
		return a, 0, fmt.Errorf("the answer to the upgrade has the wrong Sec-WebSocket-Accept")
	}
	return a, end + 4, nil
}
