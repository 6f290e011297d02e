package wire

import (
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// reader takes the members of one frame. A member that is not there reads as
// zero; the first thing that is wrong decides.
type reader struct{ strict.Object }

// check fails the frame when something does not parse.
func (r *reader) check(err error) {
	if err != nil {
		r.Fail(oplog.BadCommand)
	}
}

func (r *reader) offset(name string) oplog.Offset { return oplog.Offset(r.Number(name)) }

func (r *reader) topic() oplog.Topic {
	t, err := oplog.ParseTopic(r.Text("topic"))
	r.check(err)
	return t
}

// device takes 32 lower-case hexadecimal digits, or nothing if it may be missing.
func (r *reader) device(name string, need bool) (d oplog.Device) {
	s := r.Text(name)
	if s == "" && !need {
		return d
	}
	d, err := oplog.ParseDevice(s)
	r.check(err)
	if d.String() != s {
		r.Fail(oplog.BadCommand)
	}
	return d
}

// position takes what a client says it has.
func (r *reader) position() oplog.Position {
	epoch, h := r.Text("epoch"), r.Text("h")
	hash, err := oplog.ParseHash(h)
	r.check(err)
	if hash.String() != h && h != "" || len(epoch) > MaxEpoch || !plain(epoch) {
		r.Fail(oplog.BadCommand)
	}
	return oplog.Position{Epoch: epoch, Offset: r.offset("offset"), Hash: hash}
}

// plain reports whether s has nothing but lower-case letters, digits and
// hyphens.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		default:
			return false
		}
	}
	return true
}
