package session

import (
	"encoding/json"
	"slices"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Prepare turns a command as a client sent it into one that can be stored:
// strictly decoded, texts cleaned, measured and moved to the private part,
// limits checked that need no state. It sets Type, Args and Private. The same
// command gives the same bytes; the key makes the sums by which the fold
// compares texts.
func Prepare(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason) {
	return strict.Prepare(raw, MaxCommandBytes, func(o *strict.Object, kind string) (args, texts any) {
		r := reader{o, key}
		return r.command(kind)
	})
}

// reader reads one command.
type reader struct {
	*strict.Object
	key *oplog.Key
}

// command reads the members that a type of command has.
func (r *reader) command(kind string) (args, texts any) {
	switch kind {
	case typeAsk, typeEdit, typeEnter:
		return r.ask(kind)
	case typeWithdraw:
		return idArgs{ID: r.ULID("id")}, nil
	case typeHighlight, typeAnnounce:
		return r.on(), nil
	case typeBlock:
		return r.blocked(), nil
	case typeVote:
		a := voteArgs{onArgs: r.on()}
		r.Take("down", &a.Down)
		if a.Down && !a.On {
			r.Fail(oplog.BadCommand)
		}
		return a, nil
	case typeApprove, typeDismiss, typeRestoreQ, typeAnswer, typeArchive:
		return r.decision(kind)
	case typeStar, typePin, typeLabel:
		return r.mark(kind), nil
	case typeMerge:
		return r.merge(), nil
	case typeReply, typeIntro, typeSetLabel, typeStaff:
		return r.words(kind)
	case typeSettings:
		return r.settings(), nil
	case typeLang:
		return r.language(), nil
	case typeLock:
		a := lockArgs{langArgs: r.language()}
		r.Need("on", &a.On)
		return a, nil
	case typeRender:
		return r.rendering()
	case typeNote:
		p := &private{Text: new(string)}
		a := noteArgs{ID: r.ULID("id")}
		r.Need("text", p.Text)
		a.Text = r.text(p.Text, "backstage", MaxStageNoteChars, MaxStageNoteBytes)
		return a, p
	case typeAck:
		return idArgs{ID: r.ULID("id")}, nil
	case typeBoardOn, typeBoardOff, typeReset:
		return struct{}{}, nil
	case typeClear:
		var a clearArgs
		r.Take("pending", &a.Pending)
		return a, nil
	case typeDark:
		var a switchArgs
		r.Need("on", &a.On)
		return a, nil
	case typeUndo:
		return undoArgs{Step: r.step()}, nil
	case oplog.TypeRedact:
		return r.Redact(MaxRedact), nil
	}
	if args, texts, ok := r.pollCommand(kind); ok {
		return args, texts
	}
	r.Fail(oplog.BadCommand)
	return nil, nil
}

func (r *reader) ask(kind string) (args, texts any) {
	a, p := askArgs{ID: r.ULID("id")}, &private{}
	if r.Take("lang", &a.Lang) && (a.Lang == "" || !validLang(a.Lang)) {
		r.Fail(oplog.BadCommand)
	}
	if kind == typeEnter {
		if r.Need("from", &a.From); !slices.Contains(origins, a.From) {
			r.Fail(oplog.BadCommand)
		}
	}
	p.Text = new(string)
	r.Need("text", p.Text)
	a.Text = r.text(p.Text, "text", MaxTextChars, MaxTextBytes)
	if letters := strict.Letters(*p.Text); letters != "" {
		same := r.key.Sum("session same", letters)
		a.Same = (*fold.Sum)(&same)
	}
	var name string
	if r.Take("name", &name) {
		n := r.name(&name)
		if n.Bytes > 0 || kind == typeEdit {
			a.Name, p.Name = &n, &name
		}
	}
	return a, p
}

// text cleans a text in place and measures it.
func (r *reader) text(s *string, purpose string, chars, bytes int) measure {
	*s = strict.Line(*s)
	n := measured(*s, purpose, r.key)
	if why := n.within(chars, bytes); why != "" {
		r.Fail(why)
	}
	return n
}

// name is text for something that may be empty.
func (r *reader) name(s *string) measure {
	if *s = strict.Line(*s); *s == "" {
		return measure{}
	}
	return r.text(s, "name", MaxNameChars, MaxNameBytes)
}

func (r *reader) settings() settingsArgs {
	a := settingsArgs{
		Moderation: may[bool](r, "moderation"), Names: may[string](r, "names"), QA: may[string](r, "qa"),
		Downs: may[bool](r, "downs"), Quiet: may[bool](r, "quiet"), Ledger: may[bool](r, "ledger"),
		Eyes: may[bool](r, "eyes"), Headless: may[bool](r, "headless"), Dups: may[bool](r, "dups"),
		Closes: may[closes](r, "closes"), Langs: may[langSet](r, "langs"), Hall: may[inHall](r, "hall"),
	}
	if !a.valid(Rules) {
		r.Fail(oplog.BadCommand)
	}
	return a
}

// may takes a member that need not be there; then it is nil.
func may[V any](r *reader, name string) *V {
	var v V
	if !r.Take(name, &v) {
		return nil
	}
	return &v
}

// language reads a question and a language.
func (r *reader) language() langArgs {
	a := langArgs{ID: r.ULID("id"), Lang: r.Text("lang")}
	if a.Lang == "" || !validLang(a.Lang) {
		r.Fail(oplog.BadCommand)
	}
	return a
}

// rendering reads a translation, which may be empty.
func (r *reader) rendering() (args, texts any) {
	a, text := renderArgs{langArgs: r.language()}, ""
	r.Take("machine", &a.Machine)
	r.Need("text", &text)
	if text = strict.Line(text); text != "" {
		a.Text = r.text(&text, "translation", MaxTextChars, MaxTextBytes)
	}
	return a, &private{Text: &text}
}

func (r *reader) on() onArgs {
	a := onArgs{ID: r.ULID("id")}
	r.Need("on", &a.On)
	return a
}

// blocked reads whom a moderator would block.
func (r *reader) blocked() blockArgs {
	var a blockArgs
	switch {
	case r.Has("poll"):
		a.Poll = r.ULID("poll")
		r.Need("n", &a.N)
	case r.Has("player"):
		r.Need("player", &a.Player)
	default:
		a.ID = r.ULID("id")
	}
	r.Need("on", &a.On)
	if !a.valid(Rules) {
		r.Fail(oplog.BadCommand)
	}
	return a
}

// targets reads the questions that a command is about: id, or ids.
func (r *reader) targets() idsArgs {
	if r.Has("ids") {
		return idsArgs{IDs: r.ids()}
	}
	return idsArgs{ID: r.ULID("id")}
}

// ids reads different ids, at least one.
func (r *reader) ids() []string {
	var ids []string
	r.Need("ids", &ids)
	switch {
	case len(ids) == 0:
		r.Fail(oplog.BadCommand)
	case len(ids) > MaxBulk:
		r.Fail(oplog.TooMany)
	}
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !strict.ValidULID(id) || seen[id] {
			r.Fail(oplog.BadCommand)
		}
		seen[id] = true
	}
	return ids
}

func (r *reader) decision(kind string) (args, texts any) {
	a := decideArgs{idsArgs: r.targets()}
	if kind != typeDismiss {
		return a, nil
	}
	if r.Take("why", &a.Why) && !slices.Contains(whys, a.Why) {
		r.Fail(oplog.BadCommand)
	}
	var note string
	if !r.Take("note", &note) {
		return a, nil
	}
	n := r.text(&note, "note", MaxNoteChars, MaxNoteBytes)
	a.Note = &n
	return a, &private{Note: &note}
}

func (r *reader) mark(kind string) markArgs {
	a := markArgs{idsArgs: r.targets()}
	r.Need("on", &a.On)
	if kind == typeLabel {
		if r.Need("label", &a.Label); a.Label < 1 || a.Label > MaxLabels {
			r.Fail(oplog.BadCommand)
		}
	}
	return a
}

func (r *reader) merge() mergeArgs {
	a := mergeArgs{ID: r.ULID("id"), IDs: r.ids()}
	if slices.Contains(a.IDs, a.ID) {
		r.Fail(oplog.BadCommand)
	}
	return a
}

// words reads a text that may be empty, and what it is the text of.
func (r *reader) words(kind string) (args, texts any) {
	var text string
	switch kind {
	case typeReply:
		id := r.ULID("id")
		return replyArgs{ID: id, Text: r.prose(&text)}, &private{Text: &text}
	case typeIntro:
		return replyArgs{Text: r.prose(&text)}, &private{Text: &text}
	case typeStaff:
		r.Need("name", &text)
		return nameArgs{Name: r.name(&text)}, &private{Name: &text}
	}
	var a labelArgs
	if r.Need("n", &a.N); a.N < 1 || a.N > MaxLabels {
		r.Fail(oplog.BadCommand)
	}
	r.Take("public", &a.Public)
	r.Need("name", &text)
	if text = strict.Line(text); text != "" {
		a.Name = r.text(&text, "label", MaxLabelChars, MaxLabelBytes)
	} else {
		a.Public = false
	}
	return a, &private{Name: &text}
}

// prose reads a text of several lines that may be empty.
func (r *reader) prose(s *string) measure {
	r.Need("text", s)
	if *s = strict.Prose(*s); *s == "" {
		return measure{}
	}
	n := measured(*s, "prose", r.key)
	if why := n.within(MaxReplyChars, MaxReplyBytes); why != "" {
		r.Fail(why)
	}
	return n
}

// step reads the name of a step: its offset.
func (r *reader) step() string {
	s := r.Text("step")
	if n, err := strconv.ParseUint(s, 10, 53); err != nil || n == 0 || offsetID(oplog.Offset(n)) != s {
		r.Fail(oplog.BadCommand)
	}
	return s
}
