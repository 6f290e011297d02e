package sqlitelog

import (
	"context"
	"fmt"

	"majlis/hub/oplog"
)

// Read implements oplog.Log: a page, its chain and its private parts verified.
func (l *Log) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	}
	wait := l.wait(topic) // before looking, or an entry in between wakes nobody
	if limit <= 0 || limit > pageEntries {
		limit = pageEntries
	}
	t := l.lookup(topic)
	if t.erased {
		return nil, nil, oplog.ErrGone
	}
	if t.id == 0 || after.Offset > 0 && after.Offset == t.head.Offset {
		if err := l.alive(); err != nil {
			return nil, nil, err
		}
		return nil, wait, atEnd(after, t)
	}
	var entries []oplog.Entry
	err := l.view(ctx, func(r *reader) (err error) {
		entries, err = r.page(topic, t.id, after, limit)
		return err
	})
	if err != nil {
		return nil, nil, readError(topic, after.Offset+1, err)
	}
	if len(entries) == 0 {
		return nil, wait, nil
	}
	return entries, nil, nil
}

// atEnd compares a position with the end of a topic.
func atEnd(p oplog.Position, t topicRow) error {
	if p.Offset != t.head.Offset {
		return oplog.ErrFork
	}
	return sameHash(p, t.head.Chain)
}

// scan is one page on its way out of the store.
type scan struct {
	topic   oplog.Topic
	id      int64
	after   oplog.Position
	end     oplog.Head // where the topic's row says it ends
	at      oplog.Head // the last verified entry
	begun   bool       // at stands on after
	limit   int
	bytes   int
	entries []oplog.Entry
	sealed  bool // some entry has a private part
}

// page reads up to limit entries after a position.
func (r *reader) page(topic oplog.Topic, id int64, after oplog.Position, limit int) ([]oplog.Entry, error) {
	s := scan{topic: topic, id: id, after: after, limit: limit, at: oplog.Start(topic)}
	name, row, err := scanTopic(r.topic.QueryRow(id).Scan)
	switch {
	case err != nil:
		return nil, err
	case name != topic:
		return nil, &oplog.CorruptError{Topic: topic, Offset: after.Offset + 1, Reason: fmt.Sprintf("its row belongs to %s", name)}
	case row.erased:
		return nil, oplog.ErrGone
	case after.Offset > row.head.Offset:
		return nil, oplog.ErrFork
	case after.Offset == 0:
		s.begun = true
		if err := sameHash(after, s.at.Chain); err != nil {
			return nil, err
		}
	}
	s.end = row.head
	s.entries = make([]oplog.Entry, 0, min(limit, int(row.head.Offset-after.Offset)))
	if err := r.scanRows(&s); err != nil {
		return nil, err
	}
	if s.sealed {
		err = r.attach(&s)
	}
	return s.entries, err
}

func (r *reader) scanRows(s *scan) error {
	rows, err := r.entries.Query(s.id, int64(max(s.after.Offset, 1)))
	if err != nil {
		return err
	}
	defer rows.Close()
	for !s.filled() && rows.Next() {
		var last int64
		var body []byte
		if err := rows.Scan(&last, &body); err != nil {
			return err
		}
		s.bytes += len(body)
		if err := s.take(oplog.Offset(last), body); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return readError(s.topic, s.expected(), err)
	}
	return s.complete()
}

func (s *scan) filled() bool { return len(s.entries) >= s.limit || s.bytes > pageBytes }

// expected is the offset that must come next.
func (s *scan) expected() oplog.Offset {
	if !s.begun {
		return s.after.Offset
	}
	return s.at.Offset + 1
}

func (s *scan) corrupt(reason string) error {
	return &oplog.CorruptError{Topic: s.topic, Offset: s.expected(), Reason: reason}
}

// take verifies a row's entries one behind the other, from after on.
func (s *scan) take(last oplog.Offset, body []byte) error {
	row := openRow(body)
	var e oplog.Entry
	for len(s.entries) < s.limit && row.next(&e) {
		if !s.begun {
			if err := s.begin(&e); err != nil {
				return err
			}
			continue
		}
		if err := s.at.Follow(s.topic, &e); err != nil {
			return err
		}
		s.sealed = s.sealed || !e.Sealed.None()
		s.entries = append(s.entries, e)
	}
	if row.err != nil {
		return s.corrupt(row.err.Error())
	}
	if len(s.entries) < s.limit && s.begun && s.at.Offset != last {
		return s.corrupt(fmt.Sprintf("its row should end at offset %d", last))
	}
	return nil
}

// begin looks for the entry that the caller stands on.
func (s *scan) begin(e *oplog.Entry) error {
	if e.Offset < s.after.Offset {
		return nil
	}
	if e.Offset > s.after.Offset {
		return s.corrupt("it is missing")
	}
	if err := sameHash(s.after, e.Chain); err != nil {
		return err
	}
	s.begun = true
	s.at = oplog.Head{Offset: e.Offset, Time: e.Time, Chain: e.Chain}
	return nil
}

// complete holds what was read against where the topic ends.
func (s *scan) complete() error {
	switch {
	case s.filled() && s.at.Offset < s.end.Offset:
		return nil
	case !s.begun || s.at.Offset < s.end.Offset:
		return s.corrupt("it is missing")
	case s.at.Offset > s.end.Offset:
		return &oplog.CorruptError{Topic: s.topic, Offset: s.end.Offset + 1, Reason: "it lies beyond the recorded end"}
	case s.at.Chain != s.end.Chain:
		return &oplog.CorruptError{Topic: s.topic, Offset: s.end.Offset, Reason: "the recorded end is another entry"}
	}
	return nil
}
