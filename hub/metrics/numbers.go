package metrics

import (
	"runtime"
	rm "runtime/metrics"
	"time"
)

// Numbers is what the operators' page shows. What counts up does so since the
// process began; the page makes rates of two of them.
type Numbers struct {
	At          int64            `json:"at"`     // milliseconds since 1970
	Uptime      float64          `json:"uptime"` // seconds
	Version     string           `json:"version"`
	Connections map[string]int64 `json:"connections"` // open now, by transport
	Accepted    int64            `json:"accepted"`    // connections, ever
	Closed      map[string]int64 `json:"closed"`      // connections, by close code
	Commands    CommandNumbers   `json:"commands"`
	Append      Latency          `json:"append"`   // of the last 30 to 60 s
	Delivery    Latency          `json:"delivery"` // fold to written, of the last 30 to 60 s
	Published   FrameNumbers     `json:"published"`
	CatchUps    CatchUpNumbers   `json:"catchups"`
	HistoryLost int64            `json:"lost"`    // clients that knew more than the log
	Failed      int64            `json:"failed"`  // appends
	Limited     map[string]int64 `json:"limited"` // times over a limit, by what
	Goroutines  int              `json:"goroutines"`
	Heap        uint64           `json:"heap"` // bytes of live objects
}

// CommandNumbers count commands.
type CommandNumbers struct {
	Accepted int64 `json:"accepted"`
	Again    int64 `json:"again"` // had been done before
	Refused  int64 `json:"refused"`
	Retried  int64 `json:"retried"` // the log did not take them
}

// FrameNumbers count frames: each is encoded once, for so many readers.
type FrameNumbers struct {
	Frames  int64 `json:"frames"`
	Bytes   int64 `json:"bytes"`
	Readers int64 `json:"readers"`
}

// CatchUpNumbers count catch-ups: shared ones cost no encoding.
type CatchUpNumbers struct {
	Encoded int64 `json:"encoded"`
	Shared  int64 `json:"shared"`
}

// Snapshot reads all numbers now.
func (m *Metrics) Snapshot() Numbers {
	now := time.Now()
	results, catchUps := m.judged.by(1), m.catchUps.by(1)
	return Numbers{
		At: now.UnixMilli(), Uptime: now.Sub(m.started).Seconds(), Version: m.version,
		Connections: m.connections.by(0), Accepted: m.accepted.sum(), Closed: m.closed.by(0),
		Commands: CommandNumbers{
			Accepted: results[accepted], Again: results[again], Refused: results[refused], Retried: m.retried.sum(),
		},
		Append: m.recentAppend.latency(now), Delivery: m.recentFan.latency(now),
		Published:   FrameNumbers{m.frames.sum(), m.frameBytes.sum(), m.readers.sum()},
		CatchUps:    CatchUpNumbers{Encoded: catchUps[encoded], Shared: catchUps[shared]},
		HistoryLost: m.historyLost.sum(), Failed: m.appendErrors.sum(), Limited: m.limited.by(0),
		Goroutines: runtime.NumGoroutine(), Heap: heap(),
	}
}

func heap() uint64 {
	sample := []rm.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	rm.Read(sample)
	return sample[0].Value.Uint64()
}
