package session_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// speakers is a session without review, with a question in English.
func speakers(t *testing.T) *room {
	t.Helper()
	r := newRoom()
	r.do(t, "nadia", oplog.Moderator, `{"type":"board.open"}`)
	r.do(t, "nadia", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.ask","id":"`+ulid("q1")+`","text":"One?","lang":"en"}`)
	return r
}

func (r *room) put(t *testing.T, id, lang, text string) oplog.Reason {
	t.Helper()
	raw := fmt.Sprintf(`{"type":"translation.put","id":%q,"lang":%q,"text":%q}`, ulid(id), lang, text)
	return r.append(r.mustPrepare("tariq", oplog.Translator, raw)).Reason
}

// TestTranslationsCountAsTheQuestions: a board that is full of texts takes no
// translation, and one question is not translated without end.
func TestTranslationsCountAsTheQuestions(t *testing.T) {
	r := speakers(t)
	for i := range session.MaxRenderings {
		if why := r.put(t, "q1", string([]byte{'a', byte('a' + i)}), "Texte"); why != "" {
			t.Fatal(why)
		}
	}
	if why := r.put(t, "q1", "zz", "Texte"); why != oplog.TooMany {
		t.Errorf("one language more: %q", why)
	}
	long := strings.Repeat("x", session.MaxTextChars)
	room := session.MaxLiveText - len("One?") - session.MaxRenderings*len("Texte")
	for i := range room / len(long) {
		r.do(t, fmt.Sprint("p", i), oplog.Attendee, ask(fmt.Sprint("long", i), long))
	}
	left := room % len(long)
	if why := r.put(t, "long0", "fr", strings.Repeat("y", left+1)); why != oplog.BoardFull {
		t.Errorf("%d bytes where %d are left: %q", left+1, left, why)
	}
	if why := r.put(t, "long0", "fr", strings.Repeat("y", left)); why != "" {
		t.Errorf("what just fits: %q", why)
	}
	// A snapshot counts the same.
	state, err := r.m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	r.m = session.New(topic)
	if err := r.m.Restore(state); err != nil {
		t.Fatal(err)
	}
	if why := r.put(t, "long1", "fr", "y"); why != oplog.BoardFull {
		t.Errorf("after a restart: %q", why)
	}
	if why := r.put(t, "q1", "aa", ""); why != "" {
		t.Errorf("taking one away: %q", why)
	}
	if why := r.put(t, "long1", "fr", "y"); why != "" {
		t.Errorf("there is room again: %q", why)
	}
}

// TestRedactionCoversTranslations: by their own offsets, which stand beside the
// question's; and what renders a text that is gone is out of sight at once.
func TestRedactionCoversTranslations(t *testing.T) {
	r := speakers(t)
	if why := r.put(t, "q1", "fr", "canary1."); why != "" {
		t.Fatal(why)
	}
	if why := r.put(t, "q1", "fr", "canary2."); why != "" {
		t.Fatal(why)
	}
	if e := string(r.m.Since(oplog.Moderator, 0)["question"][ulid("q1")]); !strings.Contains(e, `"offsets":[3,4,5]`) {
		t.Errorf("moderators find the texts at %s", e)
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"redact","offsets":[3]}`)
	e := string(r.m.Since(oplog.Attendee, 0)["translation"][ulid("q1")+".fr"])
	if strings.Contains(e, "canary") || !strings.Contains(e, `"gone":true`) {
		t.Errorf("the question is gone, and its translation reads %s", e)
	}
	o := r.append(r.mustPrepare("nadia", oplog.Moderator, `{"type":"redact","offsets":[4,5]}`))
	if !o.Accepted() || len(o.Blank) != 2 {
		t.Errorf("%+v", o)
	}
	for _, role := range roles {
		if b := must(r.m.Snapshot()); strings.Contains(b, "canary") {
			t.Fatalf("the state still has it: %s", b)
		}
		if got := canaries([]byte(must(json.Marshal(r.m.Since(role, 0))))); len(got) > 0 {
			t.Errorf("%s still reads it", role)
		}
	}
}

// TestOneLockAPerson: whoever takes another one gives the first back, and a lock
// ends with the time of entries, not with anybody's clock.
func TestOneLockAPerson(t *testing.T) {
	r := speakers(t)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.ask","id":"`+ulid("q2")+`","text":"Two?","lang":"en"}`)
	claim := func(who, id string) oplog.Reason {
		raw := fmt.Sprintf(`{"type":"translation.lock","id":%q,"lang":"fr","on":true}`, ulid(id))
		return r.append(r.mustPrepare(who, oplog.Translator, raw)).Reason
	}
	for _, tt := range []struct {
		who, id string
		want    oplog.Reason
	}{
		{"tariq", "q1", ""},
		{"tara", "q1", oplog.Locked},
		{"tariq", "q2", ""},
		{"tara", "q1", ""},
		{"tara", "q2", oplog.Locked},
	} {
		if why := claim(tt.who, tt.id); why != tt.want {
			t.Errorf("%s takes %s: %q, want %q", tt.who, tt.id, why, tt.want)
		}
	}
	for range session.LockMs / 1000 { // an entry a second
		r.append(r.mustPrepare("amina", oplog.Attendee, `{"type":"question.vote","id":"`+ulid("q1")+`","on":true}`))
	}
	if why := claim("tara", "q2"); why != "" {
		t.Errorf("the lock has not ended: %q", why)
	}
	if locks := r.m.Since(oplog.Translator, 0)["lock"]; len(locks) != 1 {
		t.Errorf("who is at what: %v", locks)
	}
}

// TestResultsHaveTranslations: what everybody may read of the archive has only
// translations of the present words.
func TestResultsHaveTranslations(t *testing.T) {
	r := speakers(t)
	for lang, text := range map[string]string{"fr": "Un ?", "ar": "واحد؟"} {
		if why := r.put(t, "q1", lang, text); why != "" {
			t.Fatal(why)
		}
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"question.edit","id":"`+ulid("q1")+`","text":"Only one?"}`)
	if why := r.put(t, "q1", "fr", "Un seul ?"); why != "" {
		t.Fatal(why)
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"question.archive","id":"`+ulid("q1")+`"}`)
	all, public := r.m.Results().Questions[0].Translations, r.m.Archived(0, 0).Items[0].Translations
	if got := must(json.Marshal(all)); got != `[{"lang":"ar","text":"واحد؟","old":true},{"lang":"fr","text":"Un seul ?"}]` {
		t.Errorf("moderators: %s", got)
	}
	if got := must(json.Marshal(public)); got != `[{"lang":"fr","text":"Un seul ?"}]` {
		t.Errorf("everybody: %s", got)
	}
}
