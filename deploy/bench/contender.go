package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"majlis/deploy/bench/load"
	"majlis/deploy/bench/process"
)

// contenderNames are the servers that can take part, in the order of the table.
var contenderNames = []string{majlis, "sendloop", "gws", "coder", "centrifuge"}

// bout is one server that runs, and the crowd in front of it.
type bout struct {
	server  string
	dir     string
	process *process.Process
	admin   string
	host    string
	pool    *load.Pool
	crowd   crowd
	conns   int // those that receive
	extra   int // those that only publish
	// rest lets timers, pools and the kernel settle before memory is read.
	rest time.Duration
}

// setup is what a bout begins with.
type setup struct {
	conns    int
	size     int  // bytes of a message of the peers
	poster   bool // Majlis' changes are of that size too
	silent   bool // nobody but the watchers says anything
	compress bool
}

// enter starts a server and prepares a crowd for it. Nothing is connected yet.
func (b *bench) enter(name string, s setup) (*bout, error) {
	dir, err := os.MkdirTemp(b.dir, name+"-")
	if err != nil {
		return nil, err
	}
	bt := &bout{server: name, dir: dir, conns: s.conns, rest: b.rest}
	if name == majlis {
		err = b.enterMajlis(bt, s)
	} else {
		err = b.enterPeer(bt, s)
	}
	if err != nil {
		bt.leave()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return bt, nil
}

func (b *bench) enterMajlis(bt *bout, s setup) (err error) {
	if err := b.hall.copy(bt.dir); err != nil {
		return err
	}
	var at addresses
	if bt.process, at, err = b.hall.serve(bt.dir); err != nil {
		return err
	}
	var who publisher = &voters{}
	switch {
	case s.silent:
		who = nobody{}
	case s.poster:
		poll, err := b.hall.makePoster(at.listen, s.size)
		if err != nil {
			return err
		}
		who = &chair{poll: poll}
	}
	p := newPhones(b.hall, s.conns, who)
	bt.extra = who.conns()
	if err := bt.open(at); err != nil {
		return err
	}
	p.pool, p.host, p.deflate = bt.pool, at.listen, s.compress
	bt.crowd = p
	return nil
}

func (b *bench) enterPeer(bt *bout, s setup) error {
	at, err := freeAddresses()
	if err != nil {
		return err
	}
	if s.poster {
		if s.size, err = b.posterSize(s.size); err != nil {
			return err
		}
	}
	args := []string{"-listen", at.listen, "-control", at.control, "-admin", at.admin}
	if s.compress {
		args = append(args, "-compress")
	}
	admin := at.admin
	if bt.server == "sendloop" {
		args, admin = []string{portOf(at.listen), portOf(at.control)}, ""
	}
	if bt.process, err = process.Start(bt.dir, admin, filepath.Join(b.peers, bt.server), args...); err != nil {
		return err
	}
	l := &listeners{
		host: at.listen, tongue: plain{"/"}, byData: make(map[string]*span),
		stands: make([]int64, s.conns), asleep: make([]bool, s.conns), holed: make([]bool, s.conns),
	}
	if bt.server == "centrifuge" {
		l.tongue = centrifugeTongue{}
	}
	if s.compress {
		l.headers = offerDeflate
	}
	for i := range l.stands {
		l.stands[i] = -1
	}
	l.payload = padded(s.size - l.tongue.envelope())
	for _, port := range []string{at.listen, at.control, admin} {
		if port == "" {
			continue
		}
		err := bt.process.WaitFor("listener at "+port, startWithin, func() bool {
			c, err := net.Dial("tcp", port)
			if err != nil {
				return false
			}
			if port == at.control {
				l.control = c
			} else {
				c.Close()
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	if err := bt.open(at); err != nil {
		return err
	}
	l.pool, bt.crowd = bt.pool, l
	return nil
}

// open makes the pool.
func (bt *bout) open(at addresses) (err error) {
	bt.admin, bt.host = at.admin, at.listen
	bt.pool, err = load.NewPool(netip.MustParseAddrPort(at.listen), bt.conns+bt.extra)
	return err
}

// leave ends the bout: the connections, then the server.
func (bt *bout) leave() error {
	if bt.crowd != nil {
		bt.crowd.close()
	}
	if bt.pool != nil {
		bt.pool.Close()
	}
	var err error
	if bt.process != nil {
		err = bt.process.Stop()
	}
	os.RemoveAll(bt.dir)
	return err
}

func portOf(address string) string {
	_, port, _ := net.SplitHostPort(address)
	return port
}
