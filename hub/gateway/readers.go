package gateway

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// readers handle what sockets have received. Reading and handling a message
// takes 8 KiB of stack, waiting for one 2 KiB: so each socket waits on a
// goroutine of its own, which ends when something has come, and a few others with
// large stacks do the rest, more of them while many are at it.
type readers struct {
	// static
	most int32 // how many stay when there is nothing to do
	work chan *socket
	stop chan struct{}

	idle atomic.Int32
	all  sync.WaitGroup
}

func newReaders() *readers {
	return &readers{
		most: int32(4 * runtime.GOMAXPROCS(0)),
		work: make(chan *socket), stop: make(chan struct{}),
	}
}

// take has a socket's turn done by somebody, at once.
func (r *readers) take(s *socket) {
	select {
	case r.work <- s:
	default:
		r.all.Go(func() { r.serve(s) })
	}
}

func (r *readers) serve(s *socket) {
	for s != nil {
		s.turn()
		s = r.next()
	}
}

// next waits for a socket, if not enough others do.
func (r *readers) next() *socket {
	defer r.idle.Add(-1)
	if r.idle.Add(1) > r.most {
		return nil
	}
	select {
	case s := <-r.work:
		return s
	case <-r.stop:
		return nil
	}
}

// end sends the readers away. No socket may be left.
func (r *readers) end() {
	close(r.stop)
	r.all.Wait()
}
