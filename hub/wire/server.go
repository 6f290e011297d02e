package wire

import (
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// ServerFrame is what the hub sends: [ServerHello], [Patch], [Mine], [Ack],
// [Refuse], [Retry], [Error], [Pulse], [ServerBeat] or [Bye], each by value.
type ServerFrame interface{ serverFrame() }

// ServerHello answers a client's hello.
type ServerHello struct {
	V       int
	Node    string
	Version string // of the program
	Beat    int    // seconds: the longest silence of the hub
}

// Patch leads a document from an offset to a position. From 0 it is the whole
// document.
type Patch struct {
	Topic oplog.Topic
	View  int // version of the projection
	Pos   oplog.Position
	From  oplog.Offset
	Doc   entity.Patch // nil: nothing changed
}

// Mine is the same for what belongs to the one who reads.
type Mine struct {
	Topic oplog.Topic
	Pos   oplog.Position
	From  oplog.Offset
	Doc   entity.Patch
}

// Ack says that a command took effect. On the wire it has no hash.
type Ack struct {
	ID    string
	Topic oplog.Topic
	Pos   oplog.Position
	Level oplog.Level
	Again bool // it had been done already
}

// Refuse says that a command did not take effect and never will.
type Refuse struct {
	ID     string
	Topic  oplog.Topic
	Offset oplog.Offset // as of where it was judged
	Reason oplog.Reason
}

// Retry asks for the same command again, after so many milliseconds.
type Retry struct {
	ID    string
	After int
}

// Error is about a frame that has no id, or about a watch (then with its topic).
type Error struct {
	Topic  oplog.Topic
	Reason oplog.Reason
	Detail string // for the programmer
}

// Pulse is what is true only now. Counts are of people, at all nodes.
type Pulse struct {
	Topic oplog.Topic
	// Online is who is here; [Untold] where the reader is not told.
	Online    int
	Reactions map[string]int // feelings since the last pulse; nil: none
	Pace      map[string]int // who finds it so now; nil: nobody, or the reader is not told
}

// Untold is a number that the reader is not told.
const Untold = -1

// ServerBeat tells that the line is alive.
type ServerBeat struct{ At int64 } // milliseconds since 1970

// Bye announces the end of the connection: come back within this span.
type Bye struct {
	Reason string
	Retry  [2]int // milliseconds, from and to
}

func (ServerHello) serverFrame() {}
func (Patch) serverFrame()       {}
func (Mine) serverFrame()        {}
func (Ack) serverFrame()         {}
func (Refuse) serverFrame()      {}
func (Retry) serverFrame()       {}
func (Error) serverFrame()       {}
func (Pulse) serverFrame()       {}
func (ServerBeat) serverFrame()  {}
func (Bye) serverFrame()         {}
