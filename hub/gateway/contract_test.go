package gateway_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// exchange is a request, and what openapi.yaml says of its answer.
type exchange struct {
	name      string
	operation string // "get /api/v1/…"
	path      string // empty: that of the operation
	who       string // "", visitor, moderator, organiser
	host      string
	body      string
	status    int
}

// theProgramme is a schedule file with one session.
const theProgramme = `<?xml version="1.0" encoding="UTF-8"?>
<schedule><version>1</version>
<conference><acronym>summit</acronym><title>Summit</title><start>2026-12-01</start><end>2026-12-01</end><days>1</days></conference>
<day index="1" date="2026-12-01" start="2026-12-01T09:00:00+00:00" end="2026-12-01T18:00:00+00:00">
<room name="Hall"><event id="7" guid="6f0c5b8e-2f7e-4a4e-9d0f-1d1f6d1f0001">
<date>2026-12-01T10:00:00+00:00</date><start>10:00</start><duration>01:00</duration><room>Hall</room>
<title>Harbours</title><persons><person id="1">Layla</person></persons>
</event></room></day></schedule>`

// exchanges go through every operation, and through its refusals.
func exchanges() []exchange {
	const topics = "/api/v1/topics/{kind}/{id}"
	post := func(n int, cmd string) string {
		return fmt.Sprintf(`{"id":%q,%s,"n":%d,"seen":0,"cmd":%s}`, ulid(n), dev, n, cmd)
	}
	return []exchange{
		{name: "Alive", operation: "get /livez", status: 200},
		{name: "Ready", operation: "get /readyz", status: 200},
		{name: "NoSocket", operation: "get /ws", status: 426},
		{name: "Hello", operation: "post /api/v1/hello", status: 204},
		{name: "Document", operation: "get " + topics, path: "/api/v1/topics/session/opening", status: 200},
		{name: "ModeratorsDocument", operation: "get " + topics, path: "/api/v1/topics/session/opening?role=moderator", who: "moderator", status: 200},
		{name: "DocumentOfNoRole", operation: "get " + topics, path: "/api/v1/topics/session/opening?role=king", status: 400},
		{name: "DocumentForbidden", operation: "get " + topics, path: "/api/v1/topics/session/opening?role=screen", status: 403},
		{name: "DocumentOfNothing", operation: "get " + topics, path: "/api/v1/topics/session/nowhere", status: 404},
		{name: "DocumentOfAnotherHost", operation: "get " + topics, path: "/api/v1/topics/session/opening", host: "evil.example", status: 421},
		{name: "EmptyMine", operation: "get " + topics + "/mine", path: "/api/v1/topics/session/opening/mine", who: "visitor", status: 200},
		{name: "Asked", operation: "post " + topics + "/commands", path: "/api/v1/topics/session/opening/commands", who: "visitor", body: post(1, ask(1, "Why?")), status: 200},
		{name: "Refused", operation: "post " + topics + "/commands", path: "/api/v1/topics/session/opening/commands", who: "visitor", body: post(2, `{"type":"board.close"}`), status: 200},
		{name: "NoCommand", operation: "post " + topics + "/commands", path: "/api/v1/topics/session/opening/commands", who: "visitor", body: `{"id":7}`, status: 400},
		{name: "NobodysCommand", operation: "post " + topics + "/commands", path: "/api/v1/topics/session/opening/commands", body: post(3, ask(3, "Who?")), status: 403},
		{name: "CommandTooBig", operation: "post " + topics + "/commands", path: "/api/v1/topics/session/opening/commands", who: "visitor", body: post(4, ask(4, strings.Repeat("x", wire.MaxClientFrame))), status: 413},
		{name: "Reacted", operation: "post " + topics + "/react", path: "/api/v1/topics/session/opening/react", who: "visitor", body: `{"kind":"applause"}`, status: 204},
		{name: "NoReaction", operation: "post " + topics + "/react", path: "/api/v1/topics/session/opening/react", who: "visitor", body: `{"kind":"boo"}`, status: 400},
		{name: "NobodysReaction", operation: "post " + topics + "/react", path: "/api/v1/topics/session/opening/react", body: `{"kind":"heart"}`, status: 403},
		{name: "Mine", operation: "get " + topics + "/mine", path: "/api/v1/topics/session/opening/mine", who: "visitor", status: 200},
		{name: "NobodysMine", operation: "get " + topics + "/mine", path: "/api/v1/topics/session/opening/mine", status: 403},
		{name: "Archive", operation: "get " + topics + "/archive", path: "/api/v1/topics/session/opening/archive", status: 200},
		{name: "ArchiveOfAProgramme", operation: "get " + topics + "/archive", path: "/api/v1/topics/schedule/summit/archive", status: 404},
		{name: "Sessions", operation: "get /api/v1/sessions", path: "/api/v1/sessions?limit=1", status: 200},
		{name: "SessionsLimitedByWord", operation: "get /api/v1/sessions", path: "/api/v1/sessions?limit=few", status: 400},
		{name: "Session", operation: "get /api/v1/sessions/{id}", path: "/api/v1/sessions/opening", status: 200},
		{name: "NoSession", operation: "get /api/v1/sessions/{id}", path: "/api/v1/sessions/nowhere", status: 404},
		{name: "Results", operation: "get /api/v1/sessions/{id}/results.json", path: "/api/v1/sessions/opening/results.json", who: "moderator", status: 200},
		{name: "ResultsForbidden", operation: "get /api/v1/sessions/{id}/results.json", path: "/api/v1/sessions/opening/results.json", status: 403},
		{name: "Table", operation: "get /api/v1/sessions/{id}/results.csv", path: "/api/v1/sessions/opening/results.csv", who: "moderator", status: 200},
		{name: "PollFile", operation: "get /api/v1/sessions/{id}/polls.json", path: "/api/v1/sessions/opening/polls.json", who: "moderator", status: 200},
		{name: "PollFileForbidden", operation: "get /api/v1/sessions/{id}/polls.json", path: "/api/v1/sessions/opening/polls.json", status: 403},
		{name: "Polls", operation: "post /api/v1/sessions/{id}/polls", path: "/api/v1/sessions/opening/polls", who: "moderator", body: `{"majlis":"polls","v":1,"polls":[{"kind":"yesno","title":"Go on?"},{"kind":"king","title":"?"}]}`, status: 200},
		{name: "PollsOfAnotherShape", operation: "post /api/v1/sessions/{id}/polls", path: "/api/v1/sessions/opening/polls", who: "moderator", body: `{"polls":[]}`, status: 400},
		{name: "PollsForbidden", operation: "post /api/v1/sessions/{id}/polls", path: "/api/v1/sessions/opening/polls", body: `{}`, status: 403},
		{name: "Conferences", operation: "get /api/v1/conferences", status: 200},
		{name: "Programme", operation: "post /api/v1/conferences/{id}/programme", path: "/api/v1/conferences/summit/programme?dry=1&file=schedule.xml", who: "organiser", body: theProgramme, status: 200},
		{name: "NoProgramme", operation: "post /api/v1/conferences/{id}/programme", path: "/api/v1/conferences/summit/programme?dry=1", who: "organiser", body: "no", status: 422},
		{name: "ProgrammeForbidden", operation: "post /api/v1/conferences/{id}/programme", path: "/api/v1/conferences/summit/programme", who: "moderator", body: theProgramme, status: 403},
		{name: "Link", operation: "post /api/v1/conferences/{id}/passes", path: "/api/v1/conferences/summit/passes", who: "organiser", body: `{"role":"moderator","scope":"room/hall","hours":1}`, status: 201},
		{name: "LinkForAKing", operation: "post /api/v1/conferences/{id}/passes", path: "/api/v1/conferences/summit/passes", who: "organiser", body: `{"role":"king"}`, status: 400},
		{name: "LinkForbidden", operation: "post /api/v1/conferences/{id}/passes", path: "/api/v1/conferences/summit/passes", body: `{"role":"moderator"}`, status: 403},
		{name: "BadPass", operation: "post /api/v1/pass", body: `{"pass":"x"}`, status: 401},
		{name: "PassOfAnotherShape", operation: "post /api/v1/pass", body: `{"token":"x"}`, status: 400},
		{name: "Forget", operation: "delete /api/v1/pass", status: 204},
		{name: "Me", operation: "get /api/v1/me", who: "moderator", status: 200},
		{name: "OpenAPI", operation: "get /api/v1/openapi.yaml", status: 200},
		{name: "AsyncAPI", operation: "get /api/v1/asyncapi.yaml", status: 200},
	}
}

// TestAnswersAreAsDescribed holds what a hub answers against openapi.yaml: the
// status, the type and every member.
func TestAnswersAreAsDescribed(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Tea?","kind":"single","options":["yes","no"]}`, ulid(90)))
	h.pollEverything()
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	organiser, _ := h.token(oplog.Organiser, "")
	spec := gateway.ReadSpec(t, gateway.OpenAPI())
	spec.Closed = true
	visitor := h.browser()
	seen := map[string]bool{"get /api/v1/topics/{kind}/{id}/events": true} // in a test of its own
	all := append(exchanges(),
		exchange{name: "Join", operation: "get /api/v1/join/{code}", path: "/api/v1/join/" + h.venue.Conferences()[0].Code, status: 200},
		exchange{name: "NoCode", operation: "get /api/v1/join/{code}", path: "/api/v1/join/AAAAAA", status: 404},
		exchange{name: "Enter", operation: "post /api/v1/pass", body: `{"pass":"` + moderator + `"}`, status: 200},
	)
	for _, x := range all {
		t.Run(x.name, func(t *testing.T) {
			headers, client := map[string]string{}, http.DefaultClient
			if x.host != "" {
				headers["Host"] = x.host
			}
			switch x.who {
			case "visitor":
				client = visitor
			case "moderator":
				headers["Authorization"] = "Bearer " + moderator
			case "organiser":
				headers["Authorization"] = "Bearer " + organiser
			}
			method, path, _ := strings.Cut(x.operation, " ")
			seen[x.operation] = seen[x.operation] || x.status < 300 || path == "/ws"
			if x.path != "" {
				path = x.path
			}
			a := h.request(client, strings.ToUpper(method), path, x.body, headers)
			if a.status != x.status {
				t.Fatalf("answered %d, want %d: %s", a.status, x.status, a.body)
			}
			judge(t, spec, x.operation, a)
		})
	}
	t.Run("TooManyCodes", func(t *testing.T) {
		guesser := h.browser()
		for range gateway.CodeBurst {
			h.request(guesser, "GET", "/api/v1/join/AAAAAA", "", nil)
		}
		a := h.request(guesser, "GET", "/api/v1/join/AAAAAA", "", nil)
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
			t.Fatalf("answered %d, to be tried again after %q", a.status, a.header.Get("Retry-After"))
		}
		judge(t, spec, "get /api/v1/join/{code}", a)
	})
	for path, item := range spec.At("paths").(map[string]any) {
		for method := range item.(map[string]any) {
			if operation := method + " " + path; method != "parameters" && !seen[operation] {
				t.Errorf("%s was never answered well here", operation)
			}
		}
	}
}

// judge holds one answer against its description.
func judge(t *testing.T, spec *gateway.Spec, operation string, a answer) {
	t.Helper()
	method, path, _ := strings.Cut(operation, " ")
	where := []string{"paths", path, method, "responses", strconv.Itoa(a.status)}
	if spec.At(where...) == nil {
		t.Fatalf("%d is not described", a.status)
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	content, _ := spec.At(append(where, "content")...).(map[string]any)
	switch {
	case kind == "" && content == nil:
		return
	case content[kind] == nil:
		t.Fatalf("%d with %q is not described", a.status, kind)
	}
	var body any = a.body
	if strings.HasSuffix(kind, "json") {
		d := json.NewDecoder(strings.NewReader(a.body))
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			t.Fatal(err)
		}
	}
	if err := spec.Check(spec.At(append(where, "content", kind, "schema")...), body); err != nil {
		t.Errorf("%v in %.2000s", err, a.body)
	}
}

// TestFramesAreAsDescribed holds the frames of a stream of each kind of topic
// against asyncapi.yaml, every member.
func TestFramesAreAsDescribed(t *testing.T) {
	h := open(t)
	organiser, _ := h.token(oplog.Organiser, "")
	spec := gateway.ReadSpec(t, wire.AsyncAPI())
	spec.Closed = true
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("visitor:amina", oplog.Attendee, fmt.Sprintf(`{"type":"question.ask","id":%q,"text":"Why?","name":"Amina","lang":"en"}`, ulid(1)))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"Why so?"}`, ulid(1)))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Tea?","kind":"single","options":["yes","no"]}`, ulid(2)))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(2)))
	h.pollEverything()
	for topic, doc := range map[string]string{
		"session/opening": "SessionDoc", "schedule/summit": "ScheduleDoc", "conference/summit": "ConferenceDoc",
	} {
		t.Run(topic, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/api/v1/topics/"+topic+"/events?role=organiser", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+organiser)
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
				t.Fatalf("the stream is %s", kind)
			}
			lines := bufio.NewScanner(resp.Body)
			lines.Buffer(nil, wire.MaxServerMessage)
			for frames := 0; frames < 2 && lines.Scan(); {
				frame, ok := strings.CutPrefix(lines.Text(), "data: ")
				if !ok {
					continue
				}
				frames++
				if err := spec.Frame([]byte(frame)); err != nil {
					t.Errorf("%v in %s", err, frame)
				}
				if frames == 1 {
					judgeDoc(t, spec, doc, frame)
				}
			}
			if lines.Err() != nil {
				t.Error(lines.Err())
			}
		})
	}
}

// judgeDoc holds the document of a patch against the schema of its topic, and
// wants all its kinds to be described.
func judgeDoc(t *testing.T, spec *gateway.Spec, schema, frame string) {
	t.Helper()
	var patch struct {
		Doc map[string]any `json:"doc"`
	}
	d := json.NewDecoder(strings.NewReader(frame))
	d.UseNumber()
	if err := d.Decode(&patch); err != nil || len(patch.Doc) == 0 {
		t.Fatalf("nothing to see in %s: %v", frame, err)
	}
	for kind := range patch.Doc {
		if spec.At("components", "schemas", schema, "properties", kind) == nil {
			t.Errorf("%s does not describe the kind %q", schema, kind)
		}
	}
	if err := spec.Check(spec.Schema(schema), patch.Doc); err != nil {
		t.Errorf("%v in %s", err, frame)
	}
}
