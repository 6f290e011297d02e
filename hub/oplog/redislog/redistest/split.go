package redistest

import (
	"net"
	"strings"
	"testing"
)

// Split is a master whose network can be parted. On its side is a guide (see
// there), on the other two replicas and three sentinels, of which two must agree.
type Split struct {
	Master   *Server
	Replicas []*Server

	sentinels []*Server
	between   *Proxy
	guide     *guide
}

// StartSplit starts them, and waits until all know each other.
func StartSplit(t testing.TB, settings ...string) *Split {
	t.Helper()
	s := &Split{Master: Start(t, settings...)}
	s.between = NewProxy(t, s.Master)
	for range 2 {
		s.Replicas = append(s.Replicas, startReplica(t, s.between.port(), settings...))
	}
	for range 3 {
		s.sentinels = append(s.sentinels, startSentinel(t, s.between.port()))
	}
	for _, one := range s.sentinels {
		eventually(t, "sentinels that know all", func() error { return one.watches(2, 2) })
	}
	s.guide = startGuide(t, s.Master.Addr())
	return s
}

// Inside is what a log on the master's side is opened with.
func (s *Split) Inside() string {
	return "redis+sentinel://" + s.guide.listen.Addr().String() + "?master_name=" + MasterName
}

// Outside is what a log on the other side is opened with.
func (s *Split) Outside() string {
	return "redis+sentinel://" + s.sentinels[0].Addr() + "?addr=" + s.sentinels[1].Addr() +
		"&addr=" + s.sentinels[2].Addr() + "&master_name=" + MasterName
}

// Part parts the two sides.
func (s *Split) Part() { s.between.Part(true) }

// Join joins them again: the guide hears who is the master now.
func (s *Split) Join() {
	s.Master.t.Helper()
	s.between.Part(false)
	addr, _ := s.sentinels[0].Do("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MasterName).([]any)
	var parts []string
	for _, part := range addr {
		text, _ := part.(string)
		parts = append(parts, text)
	}
	if now := strings.Join(parts, ":"); now != s.between.Addr() {
		s.guide.switchTo(now)
	}
}

func (p *Proxy) port() int { return p.listen.Addr().(*net.TCPAddr).Port }
