package session_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

var rewrite = flag.Bool("rewrite", false, "write what the machine says now into testdata/*.txt")

// TestScenarios plays the stories in testdata. A story is a list of blocks: what
// somebody does, a line of four dashes, and what comes of it. The first line of
// an outcome is the verdict, then follow the patches: who is told what.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := newStory().play(string(want))
			if *rewrite {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("the story goes differently:\n%s", firstDifference(string(want), got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\nwant %s\n got %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// story is a room with named people.
type story struct {
	*room
	roles map[string]oplog.Role
	short map[string]string // ULID → name in the story
	last  oplog.Command
}

func newStory() *story {
	return &story{room: newRoom(), roles: map[string]oplog.Role{}, short: map[string]string{}}
}

// play runs all blocks and returns the file as it should be.
func (s *story) play(file string) string {
	var out strings.Builder
	skipping := false
	for line := range strings.Lines(file) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
			skipping = false
			out.WriteString("\n")
		case skipping:
		case line == "----":
			skipping = true
		case strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
		default:
			out.WriteString(line + "\n----\n" + s.tell(line))
		}
	}
	return out.String()
}

// tell does one thing and describes what came of it.
func (s *story) tell(line string) string {
	before := s.head()
	verdict := s.act(line)
	if strings.Contains(line, " people ") {
		return verdict + "\n" // the patches of a crowd fill pages
	}
	return verdict + "\n" + s.patches(before)
}

// patches tells who is told what since an offset, with short names for ids.
func (s *story) patches(since oplog.Offset) string {
	if s.head() == since {
		return ""
	}
	var out strings.Builder
	said := map[string][]string{}
	var order []string
	for _, role := range s.audience() {
		if text := s.render(s.m.Since(role, since)); text != "" {
			if said[text] == nil {
				order = append(order, text)
			}
			said[text] = append(said[text], role.String())
		}
	}
	for _, text := range order {
		fmt.Fprintf(&out, "%s:\n%s", strings.Join(said[text], ", "), text)
	}
	for _, name := range slices.Sorted(maps.Keys(s.roles)) {
		if text := s.render(s.m.Mine(s.key.Pseudonym(name), since)); text != "" {
			fmt.Fprintf(&out, "%s alone:\n%s", name, text)
		}
	}
	return out.String()
}

// audience are the roles whose documents are told: those of the hall and of the
// moderators, and those that somebody in the story has.
func (s *story) audience() []oplog.Role {
	list := []oplog.Role{oplog.Attendee, oplog.Screen, oplog.Moderator, oplog.Organiser}
	for _, role := range []oplog.Role{oplog.Translator, oplog.Stage} {
		for _, has := range s.roles {
			if has == role {
				list = append(list, role)
				break
			}
		}
	}
	return list
}

func (s *story) render(p entity.Patch) string {
	var out strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(p)) {
		lines := make([]string, 0, len(p[kind]))
		for id, e := range p[kind] {
			lines = append(lines, s.shorten(fmt.Sprintf("  %s %s %s\n", kind, id, e)))
		}
		slices.Sort(lines)
		out.WriteString(strings.Join(lines, ""))
	}
	return out.String()
}

func (s *story) shorten(text string) string {
	for id, name := range s.short {
		text = strings.ReplaceAll(text, id, name)
	}
	return text
}

// submit prepares and folds one command, as the hub would: what the dry run
// refuses or knows to be done is not appended.
func (s *story) submit(w words, raw string) string {
	c, why := s.prepare(w.who, s.roles[w.who], raw)
	if why != "" {
		return "not taken: " + string(why)
	}
	tab := w.who
	if w.tab != "" {
		tab += " " + w.tab
	}
	if c = s.count(c, tab); w.n > 0 {
		c.N = w.n
	}
	c.Seen, c.Actor.Scope = oplog.Offset(w.seen), w.scope
	s.last = c
	return s.offer(c)
}

func (s *story) offer(c oplog.Command) string {
	dry := s.check(c)
	if !dry.Accepted() {
		return "refused: " + string(dry.Reason)
	}
	if dry.Again {
		return "done already"
	}
	o := s.append(c)
	if !o.Accepted() {
		return "the dry run accepted what the fold refused: " + string(o.Reason)
	}
	said := fmt.Sprintf("done at %d", s.head())
	if o.Again {
		said = fmt.Sprintf("done already, at %d", s.head())
	}
	for _, name := range slices.Sorted(maps.Keys(s.roles)) {
		if id := s.key.Pseudonym(name); id == o.Owner || slices.Contains(o.Others, id) {
			said += ", concerns " + name
		}
	}
	if o.Blank != nil {
		said += fmt.Sprintf(", blanks %v", o.Blank)
	}
	return said
}

// refold blanks what was redacted, folds the log anew, whole and from a
// snapshot, and compares.
func (s *story) refold() string {
	for i := range s.log {
		var a oplog.RedactArgs
		if s.log[i].command.Type != oplog.TypeRedact || json.Unmarshal(s.log[i].command.Args, &a) != nil {
			continue
		}
		for _, at := range a.Offsets {
			s.log[at-1].command.Private = nil
		}
	}
	whole, half := fold(s.log), fold(s.log[:len(s.log)/2])
	state, err := half.Snapshot()
	if err != nil {
		return err.Error()
	}
	restored := session.New(topic)
	if err := restored.Restore(state); err != nil {
		return err.Error()
	}
	foldOn(restored, s.log[len(s.log)/2:])
	for _, m := range []*session.Machine{whole, restored} {
		if m.Digest() != s.m.Digest() {
			return "another digest"
		}
		a, _ := json.Marshal(m.Since(oplog.Moderator, 0))
		b, _ := json.Marshal(s.m.Since(oplog.Moderator, 0))
		if !bytes.Equal(a, b) {
			return "another document"
		}
	}
	return fmt.Sprintf("the same after %d entries", len(s.log))
}
