package redislog

import "majlis/hub/oplog"

// StreamKey is the key of a topic's stream, for tests that damage it.
func (l *Log) StreamKey(name oplog.Topic) string { return keysOf(l.prefix, name).log }
