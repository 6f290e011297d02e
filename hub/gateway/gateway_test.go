package gateway_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

const (
	opening = `"topic":"session/opening"`
	dev     = `"dev":"000102030405060708090a0b0c0d0e0f"`
)

func ulid(n int) string { return fmt.Sprintf("01J%023d", n) }

func do(n int, command string) string {
	return fmt.Sprintf(`{"t":"do","id":%q,%s,"n":%d,"seen":0,%s,"cmd":%s}`, ulid(n), dev, n, opening, command)
}

func ask(n int, text string) string {
	return fmt.Sprintf(`{"type":"question.ask","id":%q,"text":%q}`, ulid(n), text)
}

func isAck(f wire.ServerFrame) bool    { _, ok := f.(wire.Ack); return ok }
func isRefuse(f wire.ServerFrame) bool { _, ok := f.(wire.Refuse); return ok }
func isError(f wire.ServerFrame) bool  { _, ok := f.(wire.Error); return ok }
func isPatch(f wire.ServerFrame) bool  { _, ok := f.(wire.Patch); return ok }

func TestSocket(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)

	t.Run("QuestionIsAcknowledgedAndReachesTheOther", func(t *testing.T) {
		moderator, _ := h.token(oplog.Moderator, "session/opening")
		chair := h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + moderator, "Origin": ""})
		chair.send(`{"t":"watch",` + opening + `,"role":"moderator"}`)
		chair.until(isPatch)
		phone := h.dial(h.browser(), nil)
		phone.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
		phone.until(isPatch)
		phone.send(do(1, ask(1, "متى؟")))
		ack := phone.until(isAck).(wire.Ack)
		if ack.ID != ulid(1) || ack.Level != oplog.Memory {
			t.Errorf("ack is %+v", ack)
		}
		chair.until(func(f wire.ServerFrame) bool {
			p, ok := f.(wire.Patch)
			return ok && strings.Contains(string(p.Doc["question"][ulid(1)]), "متى؟")
		})
	})
	t.Run("SameCommandAgainIsAcknowledgedAsDone", func(t *testing.T) {
		phone := h.dial(h.browser(), nil)
		phone.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
		for _, again := range []bool{false, true} {
			phone.send(do(2, ask(2, "Twice?")))
			if ack := phone.until(isAck).(wire.Ack); ack.Again != again {
				t.Errorf("ack is %+v, want again %t", ack, again)
			}
		}
	})
	t.Run("RefusalsHaveACode", func(t *testing.T) {
		phone := h.dial(h.browser(), nil)
		phone.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
		for command, want := range map[string]oplog.Reason{
			`{"type":"board.close"}`:                                          oplog.NotAllowed,
			`{"type":"question.nonsense"}`:                                    oplog.BadCommand,
			ask(3, strings.Repeat("x", 501)):                                  oplog.TooLong,
			fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid(9)): oplog.NotFound,
			`{"type":"genesis","epoch":"mine"}`:                               oplog.BadCommand,
		} {
			phone.send(do(3, command))
			if r := phone.until(isRefuse).(wire.Refuse); r.Reason != want {
				t.Errorf("%.60s is refused as %s, want %s", command, r.Reason, want)
			}
		}
	})
	t.Run("WatchesThatMayNotBeAreErrors", func(t *testing.T) {
		phone := h.dial(h.browser(), nil)
		for watch, want := range map[string]oplog.Reason{
			`{"t":"watch","topic":"session/nowhere","role":"attendee"}`:    oplog.NotLive,
			`{"t":"watch",` + opening + `,"role":"moderator"}`:             oplog.NotAllowed,
			`{"t":"watch","topic":"conference/summit","role":"organiser"}`: oplog.NotAllowed,
		} {
			phone.send(watch)
			if e := phone.until(isError).(wire.Error); e.Reason != want {
				t.Errorf("%s: %s, want %s", watch, e.Reason, want)
			}
		}
	})
	t.Run("PassReachesItsRoomOnly", func(t *testing.T) {
		token, _ := h.token(oplog.Moderator, "room/lab")
		l := h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + token, "Origin": ""})
		l.send(`{"t":"watch","topic":"session/workshop","role":"moderator"}`)
		l.until(isPatch)
		l.send(`{"t":"watch",` + opening + `,"role":"moderator"}`)
		if e := l.until(isError).(wire.Error); e.Reason != oplog.NotAllowed {
			t.Errorf("another room: %s", e.Reason)
		}
	})
	t.Run("RevokedPassIsCutWithinTwoSeconds", func(t *testing.T) {
		token, id := h.token(oplog.Moderator, "session/opening")
		l := h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + token, "Origin": ""})
		l.send(`{"t":"watch",` + opening + `,"role":"moderator"}`)
		l.until(isPatch)
		if err := h.venue.Revoke(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if code := l.closed(); code != wire.CloseBadPass {
			t.Errorf("closed with %d, want %d", code, wire.CloseBadPass)
		}
	})
}

func TestSocketAbuse(t *testing.T) {
	h := open(t)
	t.Run("ForeignPagesAreRefused", func(t *testing.T) {
		for name, headers := range map[string]map[string]string{
			"evil":    {"Origin": "https://evil.example"},
			"null":    {"Origin": "null"},
			"missing": {"Origin": ""},
			"suffix":  {"Origin": h.url + ".evil.example"},
		} {
			_, resp, err := h.tryDial(h.browser(), headers)
			if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s: %v, %v", name, resp, err)
			}
		}
	})
	t.Run("NobodyIsRefused", func(t *testing.T) {
		_, resp, err := h.tryDial(&http.Client{}, nil)
		if err == nil || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("without an identity: %v, %v", resp, err)
		}
	})
	t.Run("WrongHostIsMisdirected", func(t *testing.T) {
		if a := h.request(http.DefaultClient, "GET", "/api/v1/sessions", "", map[string]string{"Host": "evil.example"}); a.status != http.StatusMisdirectedRequest {
			t.Errorf("answered %d", a.status)
		}
	})
	for name, c := range map[string]struct {
		frame string
		want  websocket.StatusCode
	}{
		"TooLarge":    {`{"t":"hello","v":1,"device":"` + strings.Repeat("0", 9000) + `"}`, websocket.StatusMessageTooBig},
		"NotUTF8":     {"{\"t\":\"\xff\"}", websocket.StatusInvalidFramePayloadData},
		"BeforeHello": {`{"t":"beat"}`, websocket.StatusPolicyViolation},
	} {
		t.Run(name+"ClosesTheSocket", func(t *testing.T) {
			ws, _, err := h.tryDial(h.browser(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer ws.CloseNow()
			l := &line{t: t, ws: ws}
			l.send(c.frame)
			if code := l.closed(); code != c.want {
				t.Errorf("closed with %d, want %d", code, c.want)
			}
		})
	}
	t.Run("FloodOfCommandsIsSlowedDown", func(t *testing.T) {
		h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
		l := h.dial(h.browser(), nil)
		l.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
		for i := range 40 {
			l.send(do(i, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1))))
		}
		l.until(func(f wire.ServerFrame) bool { r, ok := f.(wire.Retry); return ok && r.After > 0 })
	})
}

func TestQuestionSentAgainIsNotAnotherOne(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	l := h.dial(h.browser(), nil)
	l.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	for range gateway.AskBurst + 3 {
		l.send(do(1, ask(1, "Did that arrive?")))
		l.until(func(f wire.ServerFrame) bool {
			if _, slowed := f.(wire.Retry); slowed {
				t.Fatal("a question that was sent again was taken for another one")
			}
			return isAck(f)
		})
	}
}

// TestNothingHiddenLeaves puts a canary into everything that an attendee must
// not see, and looks for it in everything that attendees, strangers and logs
// get.
func TestNothingHiddenLeaves(t *testing.T) {
	h := open(t)
	const canary = "canary-7c1d"
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	readers := h.hall()
	hideAll(h, canary)
	seen := map[string]string{}
	for role, l := range readers {
		var b strings.Builder
		l.until(func(f wire.ServerFrame) bool {
			b.WriteString(spelled(f))
			p, ok := f.(wire.Patch)
			return ok && strings.Contains(string(p.Doc["question"][ulid(5)]), "told")
		})
		seen[role] = b.String()
	}
	stranger := h.browser()
	for _, path := range []string{
		"/api/v1/topics/session/opening", "/api/v1/topics/session/opening/mine", "/api/v1/sessions/opening",
		"/api/v1/topics/session/opening/archive", "/api/v1/sessions/opening/results.json",
		"/api/v1/topics/session/opening?role=moderator", "/api/v1/topics/session/opening?role=screen",
		"/api/v1/topics/session/opening?role=stage", "/api/v1/topics/session/opening?role=translator",
	} {
		a := h.request(stranger, "GET", path, "", nil)
		seen[path] = fmt.Sprintf("%v %s", a.header, a.body)
	}
	maps.Copy(seen, h.documents())
	h.stop()
	seen["log"] = h.logged.String()
	for reader, text := range seen {
		for _, hidden := range []string{
			canary, ulid(1), ulid(2), ulid(3), ulid(6), ulid(8), `"counts"`, `"blocked"`, `"starred"`, `"why"`, `"held"`, `"by":`, `"step"`, moderator,
			canaryOfStaff, canaryOfStage,
		} {
			if strings.Contains(text, hidden) && !itsOwn(reader, hidden) {
				t.Errorf("%s: %q left the server: %s", reader, hidden, text)
			}
		}
	}
}

// What one role beside the moderators may see, and the hall may not.
const (
	canaryOfStaff = "chair-7c1d"   // translators know who moderates
	canaryOfStage = "whisper-7c1d" // a note to the stage
)

// itsOwn reports whether a reader may see what the hall does not.
func itsOwn(reader, what string) bool {
	reader = strings.TrimSuffix(reader, " by HTTP")
	return reader == "stage" && (what == `"starred"` || what == canaryOfStage) ||
		reader == "translator" && what == canaryOfStaff
}

// hideAll puts a canary into every text that the hall must not see, and then shows
// one question, without it.
func hideAll(h *house, canary string) {
	h.say("visitor:amina", oplog.Attendee, ask(1, canary+" pending"))
	h.say("visitor:amina", oplog.Attendee, ask(2, canary+" dismissed"))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"question.dismiss","id":%q,"why":"unclear","note":%q}`, ulid(2), canary))
	hideMore(h, canary)
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":%q,"kind":"single","options":["a","b"]}`, ulid(3), canary))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"open","kind":"single","options":["a","b"]}`, ulid(4)))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(4)))
	h.say("visitor:amina", oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid(4)))
	h.say("visitor:boris", oplog.Attendee, ask(5, "visible"))
	h.say("visitor:chen", oplog.Attendee, ask(8, canary+" merged before it was shown"))
	for _, raw := range []string{
		`{"type":"question.approve","id":%q}`, `{"type":"question.star","id":%q,"on":true}`,
		`{"type":"question.label","id":%q,"label":1,"on":true}`, `{"type":"question.merge","id":%q,"ids":["` + ulid(8) + `"]}`,
		`{"type":"question.reply","id":%q,"text":"told"}`,
	} {
		h.say("pass:chair", oplog.Moderator, fmt.Sprintf(raw, ulid(5)))
	}
}

// spelled is a frame as text: what stands in it is readable, not bytes.
func spelled(f wire.ServerFrame) string {
	b, err := json.Marshal(f)
	return fmt.Sprintf("%T %s %v\n", f, b, err)
}

// hideMore puts a canary into what only moderators see beside questions and
// polls: a label that is not public, a moderator's name, a blocked person's
// question, and one with a listed word.
func hideMore(h *house, canary string) {
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"label.set","n":1,"name":%q}`, canary))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"staff.name","name":%q}`, canaryOfStaff))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"note.send","id":%q,"text":%q}`, ulid(9), canaryOfStage))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"person.block","id":%q,"on":true}`, ulid(1)))
	h.say("visitor:amina", oplog.Attendee, ask(6, canary+" blocked"))
	words := fmt.Sprintf(`{"type":"words.put","lang":"en","part":1,"words":["swindle",%q]}`, canary)
	if err := h.venue.Say(h.t.Context(), "conference/summit", "pass:org", oplog.Organiser, json.RawMessage(words)); err != nil {
		h.t.Fatal(err)
	}
}

// TestListedWordsAreHeld: an organiser's words hold what is asked in every
// session of the conference, over the same wire as everything.
func TestListedWordsAreHeld(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("pass:chair", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	words := `{"type":"words.put","lang":"en","part":1,"words":["swindle"]}`
	if err := h.venue.Say(t.Context(), "conference/summit", "pass:org", oplog.Organiser, json.RawMessage(words)); err != nil {
		t.Fatal(err)
	}
	phone := h.browser()
	send := func(n int, text string) {
		body := fmt.Sprintf(`{"id":%q,%s,"n":%d,"seen":0,"cmd":%s}`, ulid(n), dev, n, ask(n, text))
		a := h.request(phone, "POST", "/api/v1/topics/session/opening/commands", body, map[string]string{"Origin": h.url})
		if a.status != http.StatusOK || !strings.Contains(a.body, `"t":"ack"`) {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	send(1, "Is this a Swindle?")
	send(2, "Is this in earnest?")
	hall := h.request(phone, "GET", "/api/v1/topics/session/opening", "", nil).body
	if strings.Contains(hall, ulid(1)) || !strings.Contains(hall, ulid(2)) {
		t.Errorf("the hall sees %s", hall)
	}
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	desk := h.request(http.DefaultClient, "GET", "/api/v1/topics/session/opening?role=moderator", "", map[string]string{"Authorization": "Bearer " + moderator}).body
	if !strings.Contains(desk, `"held":"words"`) {
		t.Errorf("moderators see %s", desk)
	}
}

func TestHTTPTwin(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	c := h.browser()
	t.Run("DocumentHasAnETagAndIsNotSentTwice", func(t *testing.T) {
		a := h.request(c, "GET", "/api/v1/topics/session/opening?role=attendee", "", nil)
		tag := a.header.Get("ETag")
		if a.status != http.StatusOK || tag == "" || !strings.Contains(a.body, `"live":true`) {
			t.Fatalf("%d %s %s", a.status, tag, a.body)
		}
		if b := h.request(c, "GET", "/api/v1/topics/session/opening?role=attendee", "", map[string]string{"If-None-Match": tag}); b.status != http.StatusNotModified {
			t.Errorf("again: %d", b.status)
		}
	})
	t.Run("CommandIsAnsweredWithFrames", func(t *testing.T) {
		body := fmt.Sprintf(`{"id":%q,%s,"n":1,"seen":0,"cmd":%s}`, ulid(1), dev, ask(1, "By post?"))
		a := h.request(c, "POST", "/api/v1/topics/session/opening/commands", body, map[string]string{"Origin": h.url})
		if a.status != http.StatusOK || !strings.Contains(a.body, `"t":"ack"`) {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("CommandOfAForeignPageIsRefused", func(t *testing.T) {
		a := h.request(c, "POST", "/api/v1/topics/session/opening/commands", "{}", map[string]string{"Origin": "https://evil.example"})
		if a.status != http.StatusForbidden || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("EventsCarryTheSameFrames", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/api/v1/topics/session/opening/events?role=attendee", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		lines := bufio.NewScanner(resp.Body)
		next := func(part string) string {
			for lines.Scan() {
				if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), part) {
					return lines.Text()
				}
			}
			t.Fatalf("the stream ended before %s: %v", part, lines.Err())
			return ""
		}
		next(`"t":"patch"`)
		h.say("visitor:boris", oplog.Attendee, ask(7, "Streamed?"))
		h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"question.approve","id":%q}`, ulid(7)))
		next("Streamed?")
	})
	t.Run("UnknownAddressIsAProblem", func(t *testing.T) {
		if a := h.request(c, "GET", "/api/v1/nothing", "", nil); a.status != http.StatusNotFound || !strings.Contains(a.body, `"code":"not-found"`) {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestDrain(t *testing.T) {
	h := open(t)
	l := h.dial(h.browser(), nil)
	ended := make(chan struct{})
	go func() { h.stop(); close(ended) }()
	bye := l.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.Bye); return ok }).(wire.Bye)
	if bye.Retry[0] <= 0 || bye.Retry[1] <= bye.Retry[0] {
		t.Errorf("come back between %v ms", bye.Retry)
	}
	if code := l.closed(); code != websocket.StatusServiceRestart {
		t.Errorf("closed with %d", code)
	}
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		t.Error("the server does not end")
	}
}

// TestReadyWhileTheStoreIsAway: all nodes miss a shared store alike, so a load
// balancer must not take any of them out; why they take no commands is told.
func TestReadyWhileTheStoreIsAway(t *testing.T) {
	h := open(t)
	if got := h.request(h.browser(), "GET", "/readyz", "", nil); got.status != 200 || strings.Contains(got.body, "store-away") {
		t.Errorf("before: %d, %s", got.status, got.body)
	}
	h.away.Store(true)
	got := h.request(h.browser(), "GET", "/readyz", "", nil)
	if got.status != 200 || !strings.Contains(got.body, `"ready":true`) || !strings.Contains(got.body, `"store-away"`) {
		t.Errorf("while the store is away: %d, %s", got.status, got.body)
	}
}
