package sqlitelog

import "time"

// The limits of this package, each with its reason.
const (
	// maxPublic and maxPrivate bound one entry: an import of a whole programme
	// comes in parts far below this; anything larger is a mistake.
	maxPublic  = 1 << 20
	maxPrivate = 1 << 20
	// maxDrafts and maxAppendBytes bound one Append, so that one caller cannot
	// hold up the writer, and with it everybody, for long.
	maxDrafts      = 4096
	maxAppendBytes = 16 << 20

	// groupRequests and groupBytes bound one transaction: what waits longer than
	// one fsync gains nothing from joining it.
	groupRequests = 1024
	groupBytes    = 8 << 20

	// rowEntries and rowBytes bound one stored row. Larger rows read no faster,
	// and who stands inside a row must read it from its start.
	rowEntries = 256
	rowBytes   = 256 << 10

	// pageEntries and pageBytes bound what one Read or Append returns: enough
	// that the cost of a page is its entries, little enough to hold many.
	pageEntries = 4096
	pageBytes   = 16 << 20

	// maxSnapshot bounds a machine's sealed state.
	maxSnapshot = 64 << 20

	// readers is how many connections read at the same time: more than cores
	// gains nothing, a few more hide a slow one (backup, check).
	readers = 6

	// writerBusy is how long a WAL truncation waits for readers while everyone
	// waits for the writer; readerBusy how long a reader waits for recovery.
	writerBusy = 100 * time.Millisecond
	readerBusy = 5 * time.Second
	// scrubRetry is the pause before a truncation that readers prevented is
	// tried again.
	scrubRetry = time.Second

	// checkpointBytes of new log make a checkpoint worth its two fsyncs, when
	// nobody waits; checkpointForce makes it due even if somebody does.
	checkpointBytes = 4 << 20
	checkpointForce = 32 << 20
	// commitOverhead is what a commit writes to the WAL beside its entries: a
	// few pages of indexes and heads.
	commitOverhead = 16 << 10
)
