// Package disktest is a disk that can be told to fail, for tests of what lies on
// it. Pure Go speaks to the kernel by itself, so nothing can be loaded before it;
// but SQLite reaches every file through a table of functions, and that table can
// be exchanged.
//
// # Model
//
//	SQLite ──write, truncate, sync──▶ hook ──nil──▶ SQLite's own unix VFS ──▶ file
//	                                   │
//	                                   └─error──▶ SQLite: no room, or I/O error
//
// [Install] puts itself under every database that the process opens later. A hook
// is told of each operation on the files of one directory before it is done, may
// wait (a slow disk), refuse (a full one, a broken one), or keep a record: a
// [Recorder] rebuilds from its record what may lie on the disk after a loss of
// power at any moment.
//
// # What the record takes for granted
//
// A loss of power keeps everything that was written to a file before its last
// sync. Of what was written later any part may be there, in any order, torn at
// the edges of sectors of 512 bytes. Bytes that a write does not name stay as
// they were (SQLite calls this powersafe overwrite and counts on it). A removal
// holds once the directory is synced, as SQLite does with the first sync of a
// journal or WAL that it has made. Files that are not SQLite's are not seen here.
package disktest
