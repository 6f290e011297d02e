package main

import (
	"crypto/rand"
	"time"

	"majlis/hub/oplog"
)

const base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newID makes a ULID. Ids are never repeated from run to run, whatever the seed:
// the server may remember the last one.
func newID(now time.Time) string {
	var b [26]byte
	for ms, i := now.UnixMilli(), 9; i >= 0; i-- {
		b[i] = base32[ms%32]
		ms /= 32
	}
	rand.Read(b[10:])
	for i := 10; i < len(b); i++ {
		b[i] = base32[b[i]%32]
	}
	return string(b[:])
}

func newDevice() oplog.Device {
	var d oplog.Device
	rand.Read(d[:])
	return d
}
