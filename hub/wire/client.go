package wire

import (
	"encoding/json"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// ClientFrame is what a client sends: [Hello], [Watch], [Unwatch], [Do],
// [React] or [Beat], each by value.
type ClientFrame interface{ clientFrame() }

// Hello is a client's first frame.
type Hello struct {
	V      int
	Device oplog.Device
}

// Watch asks for a topic in a role and says what the client has of it. A second
// one for the same topic replaces the first.
type Watch struct {
	Topic oplog.Topic
	Role  oplog.Role
	View  int            // version of the projection that made the document
	Pos   oplog.Position // of the document; zero: I have nothing
	Mine  oplog.Offset   // of the own part
}

// Unwatch ends a watch.
type Unwatch struct{ Topic oplog.Topic }

// Do asks for a command. ID names the asking, so that the answer finds it;
// Device and N are 0 for a program that does not count its commands.
type Do struct {
	ID     string // ULID
	Device oplog.Device
	N      uint64
	Seen   oplog.Offset
	Topic  oplog.Topic
	Cmd    json.RawMessage // one strict JSON object, its own copy
}

// React shows a feeling, or finds the pace right or not; nothing of it is kept.
type React struct {
	Topic oplog.Topic
	Kind  string // [IsFeeling] or [IsPace]
}

// Beat asks for a beat.
type Beat struct{}

func (Hello) clientFrame()   {}
func (Watch) clientFrame()   {}
func (Unwatch) clientFrame() {}
func (Do) clientFrame()      {}
func (React) clientFrame()   {}
func (Beat) clientFrame()    {}

// DecodeClient reads one message of a client, strictly. The reason is empty if
// the frame is good; else TooBig, NotUTF8, UnknownVersion or BadCommand. It
// keeps nothing of b.
func DecodeClient(b []byte) (ClientFrame, oplog.Reason) {
	var r reader
	r.Read(b, MaxClientFrame)
	frame := r.frame()
	if why := r.End(); why != "" {
		return nil, why
	}
	return frame, ""
}

func (r *reader) frame() ClientFrame {
	switch r.Text("t") {
	case "hello":
		return r.hello()
	case "watch":
		return r.watch()
	case "unwatch":
		return Unwatch{Topic: r.topic()}
	case "do":
		return r.do(r.topic())
	case "react":
		return r.react(r.topic())
	case "beat":
		return Beat{}
	}
	r.Fail(oplog.BadCommand)
	return nil
}

func (r *reader) hello() Hello {
	v := r.Number("v")
	if v != Version {
		// Before anything else: another version's hello may look different.
		r.Fail(oplog.UnknownVersion)
	}
	return Hello{V: int(v), Device: r.device("device", true)}
}

func (r *reader) watch() Watch {
	role, err := oplog.ParseRole(r.Text("role"))
	r.check(err)
	return Watch{
		Topic: r.topic(), Role: role, View: int(r.Number("view")),
		Pos: r.position(), Mine: r.offset("mine"),
	}
}

func (r *reader) react(topic oplog.Topic) React {
	f := React{Topic: topic, Kind: r.Text("kind")}
	if !IsFeeling(f.Kind) && !IsPace(f.Kind) {
		r.Fail(oplog.BadCommand)
	}
	return f
}

// DecodeReact reads the body of a reaction that came over plain HTTP, where the
// address names the topic: a react frame without t and topic.
func DecodeReact(b []byte, topic oplog.Topic) (React, oplog.Reason) {
	var r reader
	r.Read(b, MaxClientFrame)
	f := r.react(topic)
	if why := r.End(); why != "" {
		return React{}, why
	}
	return f, ""
}

// do reads a command. Counting and the device that counts come together.
func (r *reader) do(topic oplog.Topic) Do {
	f := Do{
		ID: r.ULID("id"), Device: r.device("dev", false), N: r.Number("n"), Seen: r.offset("seen"),
		Topic: topic, Cmd: append(json.RawMessage(nil), r.Raw("cmd")...),
	}
	if len(f.Cmd) == 0 || f.Cmd[0] != '{' || (f.N == 0) != (f.Device == oplog.Device{}) {
		r.Fail(oplog.BadCommand)
	}
	return f
}

// DecodeDo reads the body of a command that came over plain HTTP, where the
// address names the topic: a do frame without t and topic.
func DecodeDo(b []byte, topic oplog.Topic) (Do, oplog.Reason) {
	var r reader
	r.Read(b, MaxClientFrame)
	f := r.do(topic)
	if why := r.End(); why != "" {
		return Do{}, why
	}
	return f, ""
}

// CommandID is the member "id" of a command that was decoded here: what it is
// about; empty if it has none.
func CommandID(cmd []byte) string {
	var o strict.Object
	o.Read(cmd, MaxClientFrame)
	return o.Text("id")
}

// CommandType is the member "type" of a command that was decoded here; empty if
// it has none.
func CommandType(cmd []byte) string {
	var o strict.Object
	o.Read(cmd, MaxClientFrame)
	return o.Text("type")
}
