// Package sqlitelog is the log of a hub on one machine: one SQLite database.
//
// # Model
//
//	callers ──requests──▶ writer ──one transaction──▶ <path> (+ -wal, -shm)
//	   ▲                    │                             ▲
//	   └──── answer ◀───────┤ after COMMIT (fsync)        │ read transactions
//	                        └─▶ <path>.mark               │
//	callers ◀──────────── pages, verified ────────── readers
//
// One goroutine with one connection writes. It takes whatever requests wait and
// commits them as one transaction, so that an fsync serves many and nobody
// sleeps for company. A request that cannot be done fails alone. The entries of a
// topic in one transaction are one row (at most 256 a row); private parts lie in a
// table of their own, since rows never change.
//
// A few connections that can only read serve everything else. Every page that
// leaves is verified against the chain and the commitments of its private parts;
// what is not the entry that was written is named, as *oplog.CorruptError.
//
// # Promises
//
// An acknowledgement means that the entries are on disk: WAL, synchronous=FULL,
// read back when the log is opened. When a COMMIT fails, nobody is told that it
// worked: ErrFull if there was no room (later appends work again once there is),
// else ErrUnknown. When the disk itself fails, nothing is acknowledged ever again
// and [Log.Failed] is closed: end the process, a fresh one reads what is there.
//
// One process only: a second one is refused by <path>.lock. The topics' keys lie
// in <path>.keys, wrapped by the server's secret, outside of every backup. The file
// <path>.mark remembers the last acknowledged head, so that a database that lost
// its end is refused and not taken for a shorter truth.
//
// Nothing in this process may open the database file itself: closing it again
// would drop SQLite's locks on it.
//
// # Example
//
//	log, err := sqlitelog.Open(ctx, sqlitelog.Config{Path: "majlis.db", Secret: secret})
//	if err != nil {
//		return err
//	}
//	defer log.Close()
//	appended, err := log.Append(ctx, topic, known, drafts)
package sqlitelog
