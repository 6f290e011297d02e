package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog/sqlitelog/disktest"
)

// The disk below a server that a test has started does what a file says: full,
// broken or slow; without the file it works.
const diskFile = "MAJLIS_TEST_DISK"

// installDisk puts that disk below the program.
func installDisk() {
	orders := os.Getenv(diskFile)
	if orders == "" {
		return
	}
	disk, err := disktest.Install()
	if err != nil {
		panic(err)
	}
	disk.Watch("/", func(op disktest.Op) error {
		order, err := os.ReadFile(orders)
		switch {
		case err != nil:
		case string(order) == "full" && op.Kind == disktest.Write:
			return disktest.ErrFull
		case string(order) == "broken" && op.Kind == disktest.Sync:
			return disktest.ErrBroken
		}
		for string(order) == "held" && op.Kind == disktest.Sync {
			time.Sleep(5 * time.Millisecond)
			order, _ = os.ReadFile(orders)
		}
		return nil
	})
}

// broken is a server on such a disk, and an organiser who changes a setting again
// and again.
type broken struct {
	*server
	orders string
	pass   string
	sent   int
	on     bool // what the setting is
}

func onDisk(t *testing.T) *broken {
	t.Helper()
	dir := t.TempDir()
	b := &broken{orders: filepath.Join(dir, "orders")}
	t.Setenv(diskFile, b.orders)
	store := "sqlite:" + filepath.Join(dir, "hub.db")
	b.server = serveProcess(t, store, freeAddr(t), "--demo")
	b.on = true // boards are moderated
	link := decode[struct{ Link string }](t, must(t, "pass", "--store", store, "--role", "organiser", "--json")).Link
	_, b.pass, _ = strings.Cut(link, "#")
	return b
}

// order tells the disk what to do from now on.
func (b *broken) order(what string) {
	b.t.Helper()
	if err := os.WriteFile(b.orders+".new", []byte(what), 0o600); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Rename(b.orders+".new", b.orders); err != nil {
		b.t.Fatal(err)
	}
}

// change sends the next command: what became of it, and at what offset.
func (b *broken) change() (said string, offset int, err error) {
	b.sent++
	body := fmt.Sprintf(`{"id":"01J%023d","cmd":{"type":"settings.set","moderation":%v}}`, b.sent, !b.on)
	r, err := http.NewRequest(http.MethodPost, "http://"+b.addr+"/api/v1/topics/session/opening/commands?role=organiser", strings.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	r.Header.Set("Authorization", "Bearer "+b.pass)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", 0, err
	}
	defer res.Body.Close()
	var answer struct {
		Frames []struct {
			T      string
			Reason string
			Offset int
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || len(answer.Frames) != 1 {
		return "", 0, fmt.Errorf("status %d: %w", res.StatusCode, err)
	}
	f := answer.Frames[0]
	if f.T == "ack" {
		b.on = !b.on
	}
	return f.T + f.Reason, f.Offset, nil
}

// wants sends a command and wants it to come to something.
func (b *broken) wants(want string) (offset int) {
	b.t.Helper()
	said, offset, err := b.change()
	if err != nil || said != want {
		b.t.Fatalf("the command came to %q (%v), want %q\n%s", said, err, want, b.out)
	}
	return offset
}

// offset is what the server shows.
func (b *broken) offset() int {
	b.t.Helper()
	return fetch[struct{ Offset int }](b.t, b.addr, "/api/v1/topics/session/opening").Offset
}

// A full disk: commands are to be sent again, nothing is acknowledged, reading goes
// on, and with room so does everything.
func TestF5ServerOnAFullDisk(t *testing.T) {
	b := onDisk(t)
	before := b.wants("ack")
	b.order("full")
	for range 3 {
		b.wants("retry")
	}
	if at := b.offset(); at != before || !b.ready() {
		t.Errorf("the server shows %d and not %d, ready: %v", at, before, b.ready())
	}
	b.order("")
	if at := b.wants("ack"); at != before+1 {
		t.Errorf("acknowledged at %d, behind %d", at, before)
	}
}

// A broken disk: the process ends and says why; the next one has all that was
// acknowledged.
func TestF6ServerOnABrokenDisk(t *testing.T) {
	b := onDisk(t)
	before := b.wants("ack")
	b.order("broken")
	if said, _, err := b.change(); err == nil && said == "ack" {
		t.Error("acknowledged with a broken disk")
	}
	if err := b.cmd.Wait(); err == nil || !strings.Contains(b.out.String(), "the disk failed") {
		t.Errorf("ended with %v: %s", err, b.out)
	}
	b.order("")
	store := "sqlite:" + filepath.Join(filepath.Dir(b.orders), "hub.db")
	b.server = serveProcess(t, store, b.addr)
	if at := b.offset(); at < before {
		t.Errorf("the next server shows %d, and %d was acknowledged", at, before)
	}
	b.wants("ack")
}

// A disk that holds an fsync: what is there is read meanwhile, and the command is
// acknowledged once it is done.
func TestF7ServerOnASlowDisk(t *testing.T) {
	b := onDisk(t)
	before := b.wants("ack")
	b.order("held")
	type result struct {
		said   string
		offset int
		err    error
	}
	answered := make(chan result, 1)
	go func() {
		said, offset, err := b.change()
		answered <- result{said, offset, err}
	}()
	for range 20 {
		if at := b.offset(); at != before {
			t.Fatalf("the server shows %d before it is on disk", at)
		}
		time.Sleep(5 * time.Millisecond)
	}
	select {
	case r := <-answered:
		t.Fatalf("answered before it is on disk: %+v", r)
	default:
	}
	b.order("")
	if r := <-answered; r.err != nil || r.said != "ack" || r.offset != before+1 {
		t.Errorf("%+v, want an acknowledgement at %d", r, before+1)
	}
}
