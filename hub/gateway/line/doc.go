// Package line is the bottom of a WebSocket: what is written goes out without
// anybody waiting for it.
//
// # Model
//
//	fan-out ──Send──▶ ┌──────┐           ┌────────────┐
//	                  │ Line │ ──push──▶ │ Outlet     │──▶ kernel
//	library ──Write─▶ └──────┘           └────────────┘
//	 pong, close      mutex, remainder    TCP, or TLS over TCP
//
// A [Line] has one mutex and one remainder: the bytes of the message under way
// that the kernel did not take, and behind them what the WebSocket library
// wrote meanwhile. The remainder of a shared frame is a reference into it. While
// there is a remainder, Send takes nothing; whoever has more to say comes back
// after Wait, which blocks in the caller's goroutine and without the mutex.
//
// # Promises
//
// Messages are never torn: bytes go out in the order in which they were taken,
// each frame whole. Send and Write never block. A library that floods a line
// which takes nothing is refused beyond [MaxTail] bytes.
//
// # Example
//
//	var l line.Line
//	l.Open(conn, &forms, line.Text, onEnd)
//	taken, clear, err := l.Send([]fanout.Message{{Frame: f}})
//	if !clear {
//		go func() { err := l.Wait(ctx); … }()
//	}
package line
