// Command bench measures Majlis beside its peers and beside the limit of the
// machine.
//
// # What takes part
//
//	majlis      the real program: its wire, its log in SQLite with fsync
//	sendloop    the limit: a loop of send() in C over all sockets, one frame
//	gws         lxzan/gws, whose Broadcaster makes a frame once for all
//	coder       coder/websocket with a goroutine, a channel and a timeout each
//	centrifuge  the library of Centrifugo: JSON, broker in memory, defaults
//
// Each is started in turn as a child on loopback, gets the same crowd from one
// epoll loop (package load), and is stopped; then the next round begins. So a
// slow minute of the machine hits all of them, and what is reported are medians
// of rounds and ratios within rounds.
//
// # What is counted
//
// A change is something new: at Majlis a vote by one of 64 visitors who do not
// watch, acknowledged by the log; at peers a message of as many bytes. A delivery
// is one frame with a change, received by one connection; Majlis puts changes
// that come together into one frame, centrifuge may put several messages into
// one. Latency is from the moment before a change was sent to the moment at which
// its frame had been read, for each change and connection. CPU is the server
// process's user and system time; memory its VmRSS, by connection, less what it
// had with none, after a forced collection.
//
// In the end every phone's document is compared with the one that Majlis serves
// over HTTP, and every listener must have got every message of a peer.
//
// # A crowd
//
//	bench ── starts ──▶ server process          /proc/PID/{stat,status}
//	  │                    ▲   │
//	  │ publish (voters,   │   │ frames
//	  │ control port) ─────┘   ▼
//	  └── load.Pool: all connections, one thread
//
// The pool shares the processors with the server; what a delivery costs it is in
// the table ("generator").
//
// # Many nodes
//
//	bench ── asks ───▶ node 1 ──┐
//	  │                         ├── Redis
//	  ├── seat 1 ─────▶ node 1 ─┤
//	  └── seat 2 ─────▶ node 2 ─┘
//
// A process may open so many files, so the crowd in front of several nodes sits
// in as many processes of this program. See seat for what they are told.
package main
