package main

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

func TestAtAGoodServerAllIsWell(t *testing.T) {
	t.Parallel()
	h := openHouse(t, &front{})
	code, r, stderr := h.play("--pass", h.link(oplog.Organiser), "--drop", "0.1")
	if code != exitGood || r.Lost+r.Twice+r.Diverged+r.Unknown > 0 {
		t.Fatalf("exit code %d, %+v\n%s", code, r, stderr)
	}
	if r.Phones != 12 || r.Commands == 0 || r.Acked+r.Refused != r.Commands {
		t.Errorf("the figures do not add up: %+v", r)
	}
	doc, err := newClient(h.url).document(t.Context(), "session/opening", attendee, nil)
	if err != nil || len(doc.Doc["question"]) == 0 || len(doc.Doc["poll"]) != len(everyPoll) {
		t.Errorf("nothing was asked, or the moderator made not all polls: %s, %v", doc.Doc, err)
	}
}

func TestALostServerIsSurvived(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	f := &front{up: func(f *front, msg []byte) (bool, []byte) {
		if frame, _ := wire.DecodeClient(msg); isDo(frame) && sent.Add(1)%15 == 0 {
			f.hits.Add(1)
			f.cut()
		}
		return true, nil
	}}
	h := openHouse(t, f)
	code, r, stderr := h.play("--drop", "0")
	f.hit(t)
	if code != exitGood || r.Reconnects == 0 {
		t.Fatalf("exit code %d, %+v\n%s", code, r, stderr)
	}
}

func isDo(f wire.ClientFrame) bool {
	_, ok := f.(wire.Do)
	return ok
}

// hit skips a test on a machine that is too slow to send what is tampered with.
func (f *front) hit(t *testing.T) {
	t.Helper()
	if f.hits.Load() == 0 {
		t.Skip("the machine was too slow: nothing was sent that could be tampered with")
	}
}

func TestAQuestionThatIsAcknowledgedAndThrownAwayIsLost(t *testing.T) {
	t.Parallel()
	f := &front{up: func(f *front, msg []byte) (bool, []byte) {
		frame, _ := wire.DecodeClient(msg)
		do, ok := frame.(wire.Do)
		if !ok || wire.CommandType(do.Cmd) != anAsk {
			return true, nil
		}
		f.hits.Add(1)
		return false, wire.AppendAck(nil, wire.Ack{ID: do.ID, Topic: do.Topic, Level: oplog.Embedded})
	}}
	h := openHouse(t, f)
	code, r, stderr := h.play("--drop", "0")
	f.hit(t)
	if code != exitFailed || r.Lost == 0 || r.Twice+r.Diverged+r.Unknown > 0 {
		t.Errorf("exit code %d, %+v\n%s", code, r, stderr)
	}
}

func TestAVoteThatCountsForTwoIsSeen(t *testing.T) {
	t.Parallel()
	f := &front{}
	var host string
	f.up = func(f *front, msg []byte) (bool, []byte) {
		frame, _ := wire.DecodeClient(msg)
		do, ok := frame.(wire.Do)
		if ok && wire.CommandType(do.Cmd) == aVoting && bytes.Contains(do.Cmd, []byte("true")) && f.post(host, string(do.Cmd)) == nil {
			f.hits.Add(1)
		}
		return true, nil
	}
	h := openHouse(t, f)
	host = strings.TrimPrefix(h.url, "http://")
	code, r, stderr := h.play("--drop", "0")
	f.hit(t)
	if code != exitFailed || r.Twice == 0 || r.Lost+r.Diverged+r.Unknown > 0 {
		t.Errorf("exit code %d, %+v\n%s", code, r, stderr)
	}
}

func TestAPhoneThatIsToldOtherThingsDiverges(t *testing.T) {
	t.Parallel()
	f := &front{down: func(f *front, msg []byte) []byte {
		if bytes.HasPrefix(msg, []byte(`{"t":"patch"`)) && bytes.Contains(msg, []byte(`{"n":`)) {
			f.hits.Add(1)
		}
		return bytes.ReplaceAll(msg, []byte(`{"n":`), []byte(`{"n":9`))
	}}
	h := openHouse(t, f)
	if testing.Short() {
		t.Skip("waits until the phone has had all time to come right")
	}
	code, r, stderr := h.play("--drop", "0")
	f.hit(t)
	if code != exitFailed || r.Diverged != 1 || r.Lost+r.Twice+r.Unknown > 0 {
		t.Errorf("exit code %d, %+v\n%s", code, r, stderr)
	}
}

func TestAPassThatIsNotEnoughIsSaid(t *testing.T) {
	t.Parallel()
	h := openHouse(t, &front{})
	code, _, stderr := h.play("--pass", h.link(oplog.Screen))
	if code != exitUsage || !strings.Contains(stderr, "--pass") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}

func TestASessionThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	h := openHouse(t, &front{})
	code, _, stderr := h.play("--session", "nowhere")
	if code != exitNowhere || !strings.Contains(stderr, "404") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}

func TestAServerThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for the server as long as a start may take")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"--session", "opening", "--url", fmt.Sprintf("http://%s", l.Addr())}, &out, &errs)
	if code != exitNowhere || out.Len() > 0 {
		t.Errorf("exit code %d\n%s", code, errs.String())
	}
}
