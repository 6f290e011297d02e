package redistest

import (
	"testing"
)

// Split is a master whose network can be parted: on its side a sentinel of its
// own, on the other two replicas and three sentinels, of which two must agree.
// Part stops the sentinel inside as well, which would hear from the replicas
// otherwise: who asks it is told nothing new.
type Split struct {
	Master   *Server
	Replicas []*Server

	inside  *Server
	outside []*Server
	between *Proxy
}

// StartSplit starts them, and waits until all know each other.
func StartSplit(t testing.TB, settings ...string) *Split {
	t.Helper()
	s := &Split{Master: Start(t, settings...)}
	s.between = NewProxy(t, s.Master)
	port := s.between.port()
	for range 2 {
		s.Replicas = append(s.Replicas, startReplica(t, port, settings...))
	}
	s.inside = startSentinel(t, s.Master.port)
	for range 3 {
		s.outside = append(s.outside, startSentinel(t, port))
	}
	for _, one := range append([]*Server{s.inside}, s.outside...) {
		eventually(t, "sentinels that know all", func() error { return one.watches(2, 3) })
	}
	return s
}

// Inside is what a log on the master's side is opened with.
func (s *Split) Inside() string {
	return "redis+sentinel://" + s.inside.Addr() + "?master_name=" + MasterName
}

// Outside is what a log on the other side is opened with.
func (s *Split) Outside() string {
	return "redis+sentinel://" + s.outside[0].Addr() + "?addr=" + s.outside[1].Addr() +
		"&addr=" + s.outside[2].Addr() + "&master_name=" + MasterName
}

// Part parts the two sides, or joins them again.
func (s *Split) Part(on bool) {
	s.Master.t.Helper()
	s.between.Part(on)
	if on {
		s.inside.Pause()
	} else {
		s.inside.Resume()
	}
}
