// Package redislog is the log of a hub with many nodes: a Redis of version 7.0 or
// newer, alone, watched by sentinels, or a cluster.
//
// # Model
//
// Each topic belongs to one of 64 partitions, for ever; all that it has in Redis
// carries the partition's hash tag and so lies in one slot:
//
//	majlis:{17}:log:<topic>       stream   the entries; the id is <offset>-0
//	majlis:{17}:private:<topic>   hash     offset → salt and box
//	majlis:{17}:freed:<topic>     hash     offsets whose private part may be missing
//	majlis:{17}:key:<topic>       string   the topic's key, wrapped by the server's secret
//	majlis:{17}:snapshot:<topic>  string   a cache
//	majlis:{17}:turn:<topic>      string   whose turn it is to write, for milliseconds
//	majlis:{17}:topics            zset     the topics of the partition, by name
//	majlis:{17}:erased            zset     those that were erased
//	majlis:{17}:news              channel  what was written, and questions for a key
//
// The stream is the truth. There is no counter beside it: the last entry says
// what the next one must follow, and one script (write.lua) compares and appends.
// How a write goes is drawn at its type in write.go, the life of a subscription in
// listen.go; why it is so stands in hub/adr/0007.
//
//	Append ──▶ write.lua ──▶ stream ──▶ PUBLISH ──▶ listener ──▶ tail, wake ──▶ Read
//	                            ▲                                               │
//	                            └──────── what memory does not have ◀───────────┘
//
// A node keeps the newest entries of a topic as the notifications bring them, and
// gives them to who reads on; that there is nothing more it always asks Redis.
// Every two seconds it looks at the heads of all topics that somebody waits for,
// whatever the notifications say.
//
// # Promises
//
// What an acknowledgement means is read from the servers' settings and told by
// Level: redis-memory; redis-disk where every server has appendonly yes and
// appendfsync always; redis-replicated where the URL asks for replicas=N, and then
// every write is confirmed by so many, or its outcome is unknown. A Redis that
// evicts keys is refused.
//
// A call returns about two seconds after Redis stops to answer. Appends are sent
// again by this package alone, never by the driver, and are written once all the
// same. ErrUnknown remains where Redis stays away after it may have got them.
//
// An entry's time is that of the Redis which holds the topic, at most two seconds
// old when it is written (in practice: the way there and back), never in the
// future and never backwards.
//
// A topic's key is drawn by who opens it first, and never while another node that
// can be reached holds one (question.go). What moves in a cluster can be read
// meanwhile and not written: Redis refuses scripts whose keys are in two places.
//
// # Example
//
//	log, err := redislog.Open(ctx, redislog.Config{URL: "redis://127.0.0.1:6379", Secret: secret})
//	if err != nil {
//		return err
//	}
//	defer log.Close()
//	appended, err := log.Append(ctx, topic, known, drafts)
package redislog
