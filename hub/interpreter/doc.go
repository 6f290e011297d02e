// Package interpreter has a machine translate what nobody has translated, if the
// one who runs the server wants that. It is off unless an address is configured.
//
// # Model
//
// Every [Every] it asks the venue which translations live sessions lack, sends
// the texts of live questions to one address, and brings what comes back as a
// command of the hub, marked as a machine's:
//
//	venue ──lacking──▶ loop ──text, from, to──▶ translator
//	  ▲                  │
//	  └── translation.put, machine ◀── text ────┘
//
// The fold judges it like any other: it never takes the place of a person's words,
// is refused if the question was reworded meanwhile, and takes a second person
// where two must see what is shown. Questions never wait for it.
//
// The address speaks as LibreTranslate does (POST {q, source, target, format},
// answered {translatedText}). It is the operator's, never a user's: redirects are
// not followed, proxies of the environment not used, and of the answer no more
// than [MaxAnswer] bytes are read.
//
// # Promises
//
// [Interpreter.Run] blocks until its context ends, and has then ended all that it
// began. At most [AtOnce] texts are under way, at most [Config.PerMinute] are sent
// a minute; what failed is not sent again for a while that doubles, up to
// [LongestRest]. With several nodes each sends for itself, and the first answer
// stands.
package interpreter
