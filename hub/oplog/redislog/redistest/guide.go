package redistest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// guide stands for a sentinel that is alone with a master: it names the one it
// knows until it is told of another, and knows no other sentinels. A real one
// would, and lead a client to them, since it is only this side that is parted from
// the master and not from them.
type guide struct {
	listen net.Listener
	conns  sync.WaitGroup

	mu     sync.Mutex
	master string            // guarded by mu: host:port
	open   map[net.Conn]bool // guarded by mu: true for those who subscribed
}

func startGuide(t testing.TB, master string) *guide {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &guide{listen: l, master: master, open: map[net.Conn]bool{}}
	g.conns.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			g.conns.Go(func() { g.serve(c) })
		}
	})
	t.Cleanup(g.close)
	return g
}

func (g *guide) close() {
	g.listen.Close()
	g.mu.Lock()
	for c := range g.open {
		c.Close()
	}
	g.mu.Unlock()
	g.conns.Wait()
}

// switchTo names another master, also to those who subscribed.
func (g *guide) switchTo(master string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	words := strings.NewReplacer(":", " ")
	news := MasterName + " " + words.Replace(g.master) + " " + words.Replace(master)
	g.master = master
	for c, subscribed := range g.open {
		if subscribed {
			_, _ = io.WriteString(c, bulks("message", "+switch-master", news)) // gone, perhaps
		}
	}
}

func (g *guide) serve(c net.Conn) {
	g.mu.Lock()
	g.open[c] = false
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		delete(g.open, c)
		g.mu.Unlock()
		c.Close()
	}()
	for in := bufio.NewReader(c); ; {
		words, err := readCommand(in)
		if err != nil {
			return
		}
		if err := g.answer(c, words); err != nil {
			return
		}
	}
}

// answer answers what a client of sentinels asks.
func (g *guide) answer(c net.Conn, words []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	said := "-ERR this guide does not know that\r\n"
	switch asked := strings.ToLower(strings.Join(words[:min(2, len(words))], " ")); {
	case asked == "sentinel get-master-addr-by-name":
		host, port, _ := strings.Cut(g.master, ":")
		said = bulks(host, port)
	case asked == "sentinel sentinels", asked == "sentinel replicas":
		said = "*0\r\n"
	case strings.HasPrefix(asked, "subscribe "):
		g.open[c], said = true, ""
		for i, channel := range words[1:] {
			said += fmt.Sprintf("*3\r\n$9\r\nsubscribe\r\n$%d\r\n%s\r\n:%d\r\n", len(channel), channel, i+1)
		}
	case asked == "ping":
		said = "+PONG\r\n"
	}
	_, err := io.WriteString(c, said)
	return err
}

func bulks(words ...string) string {
	text := fmt.Sprintf("*%d\r\n", len(words))
	for _, w := range words {
		text += fmt.Sprintf("$%d\r\n%s\r\n", len(w), w)
	}
	return text
}

// readCommand reads an array of bulk strings.
func readCommand(in *bufio.Reader) ([]string, error) {
	n, err := readLength(in, '*')
	if err != nil {
		return nil, err
	}
	words := make([]string, n)
	for i := range words {
		size, err := readLength(in, '$')
		if err != nil {
			return nil, err
		}
		word := make([]byte, size+2)
		if _, err := io.ReadFull(in, word); err != nil {
			return nil, err
		}
		words[i] = string(word[:size])
	}
	return words, nil
}

// readLength reads a line of a sign and a number, which must be small.
func readLength(in *bufio.Reader, sign byte) (int, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(line[1:]))
	if line[0] != sign || err != nil || n < 0 || n > 1024 {
		return 0, fmt.Errorf("%q is not what a client says", line)
	}
	return n, nil
}
