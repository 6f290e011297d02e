package redislog

import (
	"context"
	"errors"

	"majlis/hub/oplog"
)

// A node that finds no key for a topic asks the others before it draws one: a
// Redis that has lost everything has lost the keys too, and texts that were sealed
// under a key cannot be read under another.
//
//	asker                         every node that listens to the partition
//	  │ question: topic, where to answer │
//	  ├─────────────────────────────────▶│ holds the key: puts it back, looks at
//	  │                                  │ the topic's head
//	  │◀─────────────────────────────────┤ answer: topic
//	  all have answered: is there a key now? else draw one
//
// Redis says how many have heard the question. It travels on the channel of the
// partition, the answer on that of the asker's probes:
//
//	question   version (2) · topic · channel     answer   version (3) · topic
const (
	questionVersion = 2
	answerVersion   = 3
)

// question is one that has been read.
type question struct {
	topic   oplog.Topic
	channel string
}

func appendQuestion(b []byte, q question) []byte {
	b = append(b, questionVersion)
	b = appendBytes(b, []byte(q.topic))
	return appendBytes(b, []byte(q.channel))
}

func appendAnswer(b []byte, topic oplog.Topic) []byte {
	return appendBytes(append(b, answerVersion), []byte(topic))
}

var errQuestion = errors.New("neither a question nor an answer")

// readQuestion reads a question, or an answer, which has no channel.
func readQuestion(b []byte) (q question, err error) {
	r := cutter{b: b}
	version := r.take(1)
	if r.bad || version[0] != questionVersion && version[0] != answerVersion {
		return q, errQuestion
	}
	if q.topic, err = oplog.ParseTopic(string(r.bytes())); err != nil {
		return q, errQuestion
	}
	if version[0] == questionVersion {
		q.channel = string(r.bytes())
		r.bad = r.bad || q.channel == ""
	}
	if r.bad || len(r.b) > 0 {
		return question{}, errQuestion
	}
	return q, nil
}

// askAround waits until every other node that can be reached has put back the
// topic's key if it holds it, answerWait at most.
func (l *Log) askAround(ctx context.Context, t *topic) {
	ctx, cancel := context.WithTimeout(ctx, answerWait)
	defer cancel()
	s := l.listener(t.partition)
	for s.heard.Load() == 0 { // else no answer would be heard
		if !pause(ctx, l.closing, retryPause) {
			return
		}
	}
	answers := t.asking()
	defer t.asked()
	q := appendQuestion(nil, question{topic: t.name, channel: s.probe()})
	heard, err := l.publish(ctx, l.channel(t.partition), string(q))
	for ; err != nil; heard, err = l.publish(ctx, l.channel(t.partition), string(q)) {
		if l.link.moved(ctx); !pause(ctx, l.closing, retryPause) {
			return
		}
	}
	for range heard { // this node is among them
		select {
		case <-answers:
		case <-ctx.Done():
			return
		case <-l.closing:
			return
		}
	}
}

// questioned puts back the key of a topic if this node holds it, and answers. It
// does so beside the listener, which must not wait.
func (l *Log) questioned(q question) {
	if !l.begin() {
		return
	}
	go func() {
		defer l.work.Done()
		ctx, cancel := context.WithTimeout(context.Background(), answerWait)
		defer cancel()
		if t := l.known(q.topic); t != nil {
			if key := t.sealedKey(); key != nil {
				_, _ = l.change(ctx, t, l.scripts.key, []any{key}) // it was asked for as a favour
				t.forget()
				t.wake()
			}
		}
		_, _ = l.publish(ctx, q.channel, string(appendAnswer(nil, q.topic)))
	}()
}

// answeredBy takes in that a node has answered.
func (l *Log) answeredBy(q question) {
	t := l.known(q.topic)
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.answers != nil {
		select {
		case t.answers <- struct{}{}:
		default: // more than anybody waits for
		}
	}
}

// asking is the channel that answers come through, until [topic.asked].
func (t *topic) asking() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.answers == nil {
		t.answers = make(chan struct{}, maxAnswers)
	}
	return t.answers
}

func (t *topic) asked() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answers = nil
}
