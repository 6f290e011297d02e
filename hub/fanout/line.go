package fanout

import (
	"context"
	"errors"
)

// Message is what a connection is sent at once: a frame, something for this
// connection alone, or both, the own part behind the frame.
type Message struct {
	Frame *Frame
	Own   []byte
}

// Line is the writing end of one connection.
type Line interface {
	// Send takes messages over in their order and says how many. Those it will
	// deliver, unless the line ends. clear says that they have left the process;
	// a line that is not clear takes nothing more. The line of a [Crew]'s
	// connection must not block here.
	Send(batch []Message) (taken int, clear bool, err error)
	// Wait blocks until the line is clear. It fails when the other end has taken
	// nothing for too long.
	Wait(ctx context.Context) error
	// End says that nothing more will be sent, and why. It is called once at most
	// and neither blocks nor calls back.
	End(why error)
}

// ErrOverflow ends a connection that lets its own messages pile up.
var ErrOverflow = errors.New("connection does not read what is for it alone")
