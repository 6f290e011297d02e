package main

const (
	majlis = "majlis"
	// usualSize is what one small change has at Majlis, when nobody is there to
	// ask.
	usualSize = 175
)

// frameSize is how many bytes Majlis' message of one change has.
func (b *bench) frameSize(s setup) (int, error) {
	s.conns = 1
	bt, err := b.enter(majlis, s)
	if err != nil {
		return 0, err
	}
	defer bt.leave()
	if err := bt.pool.Open(0, 1+bt.extra, window, bt.crowd, bt.crowd.ready, openWithin); err != nil {
		return 0, err
	}
	_, err = bt.run(pace{changes: 1, period: fastest, periods: 2}, nil)
	p := bt.crowd.(*phones)
	b.version = p.server
	return p.size, err
}

// posterSize is how many bytes a peer's message has where Majlis' change is of
// about so many.
func (b *bench) posterSize(size int) (int, error) {
	if b.hall == nil {
		return size, nil
	}
	if n, ok := b.posters[size]; ok {
		return n, nil
	}
	n, err := b.frameSize(setup{size: size, poster: true})
	if err == nil {
		b.posters[size] = n
	}
	return n, err
}
