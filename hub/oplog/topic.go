package oplog

import (
	"fmt"
	"regexp"
	"strings"
)

// Topic is the unit of order and of fan-out: "session/opening".
type Topic string

// Kind tells which machine folds a topic.
type Kind string

// The kinds of topic.
const (
	KindSession    Kind = "session"
	KindSchedule   Kind = "schedule"
	KindConference Kind = "conference"
)

// idShape is what an id inside a topic name may be; it is the same in URLs, in
// Redis keys and in file names, so that none of them needs escaping.
var idShape = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// ValidID reports whether s can name a session or a conference: 1 to 64 lower-case
// letters, digits and inner hyphens.
func ValidID(s string) bool { return idShape.MatchString(s) }

// MakeTopic joins a kind and an id. It panics on an id that is not valid:
// what comes from outside goes through [ParseTopic].
func MakeTopic(kind Kind, id string) Topic {
	t, err := ParseTopic(string(kind) + "/" + id)
	if err != nil {
		panic(err)
	}
	return t
}

// ParseTopic checks a topic's name as it came from outside.
func ParseTopic(s string) (Topic, error) {
	kind, id, ok := strings.Cut(s, "/")
	if !ok || !ValidID(id) {
		return "", fmt.Errorf("%.80q is not a topic: want kind/id, the id of a-z, 0-9 and hyphens", s)
	}
	switch Kind(kind) {
	case KindSession, KindSchedule, KindConference:
		return Topic(s), nil
	}
	return "", fmt.Errorf("%.80q is not a topic: the kinds are session, schedule and conference", s)
}

// Kind returns the part before the slash.
func (t Topic) Kind() Kind {
	kind, _, _ := strings.Cut(string(t), "/")
	return Kind(kind)
}

// ID returns the part behind the slash.
func (t Topic) ID() string {
	_, id, _ := strings.Cut(string(t), "/")
	return id
}
