package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"majlis/hub/oplog"
)

const (
	attendee   = oplog.Attendee
	moderating = oplog.Moderator
)

var (
	// errNowhere: the server never answered.
	errNowhere = errors.New("no phone ever connected")
	// errPass: it answered that the pass is not enough.
	errPass = errors.New("--pass does not make a moderator of this session")
)

// swarm is the audience and what is counted of it.
type swarm struct {
	// static
	config  config
	topic   oplog.Topic
	clients []*client // one for each server
	library *library
	stderr  io.Writer
	history *history
	start   time.Time // set before the phones
	end     time.Time
	enough  context.Context // done when somebody has said so

	// any goroutine
	online, commands, acked, refused, reconnects atomic.Int64
	everJoined                                   atomic.Bool
	latency                                      latencies
	public                                       publications
	reading                                      atomic.Uint32 // whose turn it is to be read

	mu sync.Mutex
	// guarded by mu, with writing to stderr
	noted map[string]bool
	dial  error
}

func newSwarm(c config, h *history, stderr io.Writer) *swarm {
	s := &swarm{
		config: c, topic: c.topic(), library: newLibrary(),
		stderr: stderr, history: h, noted: make(map[string]bool),
	}
	for _, url := range c.urls {
		s.clients = append(s.clients, newClient(url))
	}
	return s
}

// reader is the server that is read from; when it does not answer, the next one
// takes its turn.
func (s *swarm) reader() *client { return s.clients[int(s.reading.Load())%len(s.clients)] }

// run is the whole play: it returns what there is to judge. Errors: errNowhere,
// or what made judging impossible.
func (s *swarm) run(ctx context.Context) (evidence, error) {
	before, err := s.before(ctx)
	if err != nil {
		return evidence{}, err
	}
	var heard context.CancelFunc
	s.enough, heard = signal.NotifyContext(ctx, syscall.SIGUSR1)
	defer heard()
	s.start = time.Now()
	s.end = s.start.Add(s.config.duration)
	phones := newPhones(s, s.start)
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	s.launch(ctx, &all, phones)
	all.Go(func() { s.progress(ctx) })
	e, err := s.conclude(ctx, phones, before)
	cancel()
	all.Wait()
	return e, err
}

// launch starts the phones over the ramp, and the moderator.
func (s *swarm) launch(ctx context.Context, all *sync.WaitGroup, phones []*phone) {
	for i, p := range phones {
		late := s.config.ramp * time.Duration(i) / time.Duration(len(phones))
		all.Go(func() {
			sleep(ctx, late)
			p.run(ctx)
		})
		all.Go(func() {
			sleep(ctx, late)
			p.act(ctx, p.step)
		})
	}
	if s.config.pass != "" {
		m := newModerator(s, s.config.pass)
		all.Go(func() { m.run(ctx) })
		all.Go(func() { m.act(ctx, m.step) })
	}
}

// before waits for the server and notes what stands already.
func (s *swarm) before(ctx context.Context) (standing, error) {
	var now standing
	err := s.patiently(ctx, joinWithin, func() (err error) {
		now, err = s.look(ctx)
		return err
	})
	switch {
	case err == nil:
		return now, nil
	case s.config.pass != "" && forbidden(err):
		return now, fmt.Errorf("%w: %w", errPass, err)
	}
	return now, fmt.Errorf("%w: %w", errNowhere, err)
}

// patiently tries until it works, the server says that it never will, or the
// time is over.
func (s *swarm) patiently(ctx context.Context, most time.Duration, try func() error) (err error) {
	for end := time.Now().Add(most); ; sleep(ctx, firstWait) {
		if err = try(); err == nil || denied(err) || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
		s.reading.Add(1)
	}
}

// look notes what the server shows: to moderators, with a pass.
func (s *swarm) look(ctx context.Context) (standing, error) {
	if s.config.pass == "" {
		doc, err := s.reader().document(ctx, s.topic, attendee, nil)
		return standing{document: countsOf(doc.Doc)}, err
	}
	who := staff(s.config.pass)
	doc, err := s.reader().document(ctx, s.topic, moderating, who)
	if err != nil {
		return standing{}, err
	}
	res, err := s.reader().results(ctx, s.config.session, who)
	return standing{document: countsOf(doc.Doc), results: &res}, err
}

// conclude waits for the end, until the outboxes are empty and the topic is
// quiet, and gathers what there is to judge.
func (s *swarm) conclude(ctx context.Context, phones []*phone, before standing) (evidence, error) {
	sleep(s.enough, time.Until(s.end))
	within(ctx, s.config.settle, func() bool { return s.drained(phones) })
	if !s.everJoined.Load() {
		return evidence{}, fmt.Errorf("%w: %w", errNowhere, s.dialError())
	}
	head, err := s.quiet(ctx)
	if err != nil {
		return evidence{}, fmt.Errorf("the server cannot be read at the end: %w", err)
	}
	within(ctx, equalWithin, func() bool { return allEqual(phones, head.Doc) })
	return s.gather(ctx, phones, before, head)
}

// within waits until something holds, for some time at most.
func within(ctx context.Context, most time.Duration, holds func() bool) {
	for end := time.Now().Add(most); !holds() && time.Now().Before(end) && ctx.Err() == nil; {
		sleep(ctx, 50*time.Millisecond)
	}
}

// drained reports whether every command has been answered and every phone is
// there.
func (s *swarm) drained(phones []*phone) bool {
	for _, p := range phones {
		p.mu.Lock()
		ok := p.ended != "" || p.settled && len(p.box.pending()) == 0
		p.mu.Unlock()
		if !ok {
			return false
		}
	}
	return true
}

// quiet returns the attendees' document once it has stood still for a moment.
func (s *swarm) quiet(ctx context.Context) (head document, err error) {
	for end := time.Now().Add(s.config.settle); ; {
		var next document
		if next, err = s.reader().document(ctx, s.topic, attendee, nil); err == nil {
			if next.Offset == head.Offset && next.Epoch == head.Epoch {
				return next, nil
			}
			head = next
		} else {
			s.reading.Add(1)
		}
		if ctx.Err() != nil || time.Now().After(end) && err != nil {
			return head, errors.Join(err, ctx.Err())
		}
		if time.Now().After(end) {
			s.note("the session never came to rest: somebody else is at work")
			return head, nil
		}
		sleep(ctx, quietFor)
	}
}

// busy reports whether the phones still act.
func (s *swarm) busy(now time.Time) bool { return now.Before(s.end) && s.enough.Err() == nil }

// joined counts a connection; the line's mutex is held.
func (s *swarm) joined(l *line) {
	if l.role != attendee {
		return
	}
	s.online.Add(1)
	s.everJoined.Store(true)
	if l.joins > 1 {
		s.reconnects.Add(1)
	}
}

func (s *swarm) commanded(l *line) {
	if l.role == attendee {
		s.commands.Add(1)
	}
}

// sending notes when something is made public; the line's mutex is held.
func (s *swarm) sending(l *line, c *command, now time.Time) {
	if !c.sent.Equal(now) {
		return // written before
	}
	if c.kind == "question.approve" || c.kind == anAsk && !l.doc.board().moderation {
		s.public.note(c.target, now, l)
	}
}

// received times questions that became live in a phone's document; the line's
// mutex is held. Only a connection that stood the whole time counts.
func (s *swarm) received(l *line, appeared []string, now time.Time) {
	if l.role != attendee {
		return
	}
	for _, id := range appeared {
		if p, ok := s.public.find(id); ok && p.by != l && l.up.Before(p.at) {
			s.latency.add(now.Sub(p.at))
		}
	}
}

// answered counts an answer; nil is one to a command that was answered before.
func (s *swarm) answered(l *line, c *command, now time.Time) {
	if c == nil {
		return
	}
	s.history.command(l, c, now)
	switch {
	case l.role != attendee:
		if c.fate == refused {
			s.note("the moderator's " + c.kind + " was refused: " + string(c.reason))
		}
	case c.fate == acked:
		s.acked.Add(1)
	default:
		s.refused.Add(1)
	}
}

// note tells something strange once.
func (s *swarm) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.noted[what] && len(s.noted) < maxDetails {
		s.noted[what] = true
		fmt.Fprintln(s.stderr, "swarm:", what)
	}
}

// noteDial remembers why nobody got in.
func (s *swarm) noteDial(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dial = err
}

func (s *swarm) dialError() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dial == nil {
		return errors.New("no attempt was answered in time")
	}
	return s.dial
}

// progress writes one line a second.
func (s *swarm) progress(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			s.tell(now)
		}
	}
}

func (s *swarm) tell(now time.Time) {
	commands, acked, refused := s.commands.Load(), s.acked.Load(), s.refused.Load()
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.stderr, "%3.0fs  online %d  commands %d  acked %d  refused %d  open %d  reconnects %d\n",
		now.Sub(s.start).Seconds(), s.online.Load(), commands, acked, refused, commands-acked-refused, s.reconnects.Load())
}
