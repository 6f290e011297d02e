package session

import (
	"encoding/json"
	"slices"

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
	case typeAsk, typeEdit:
		return r.ask(kind)
	case typeCreate:
		return r.create()
	case typeWithdraw, typeApprove, typeDismiss, typeRestoreQ, typeAnswer, typeOpen, typeClose, typeReveal, typeHide:
		return idArgs{ID: r.ULID("id")}, nil
	case typeVote, typeHighlight, typeShow:
		a := onArgs{ID: r.ULID("id")}
		r.Need("on", &a.On)
		return a, nil
	case typeChoose:
		return r.choice(), nil
	case typeSettings:
		return r.settings(), nil
	case typeBoardOn, typeBoardOff:
		return struct{}{}, nil
	case oplog.TypeRedact:
		return r.Redact(MaxRedact), nil
	}
	r.Fail(oplog.BadCommand)
	return nil, nil
}

func (r *reader) ask(kind string) (args, texts any) {
	a, p := askArgs{ID: r.ULID("id")}, &private{}
	if kind == typeAsk && r.Take("lang", &a.Lang) && (a.Lang == "" || !validLang(a.Lang)) {
		r.Fail(oplog.BadCommand)
	}
	p.Text = new(string)
	r.Need("text", p.Text)
	a.Text = r.text(p.Text, "text", MaxTextChars, MaxTextBytes)
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

func (r *reader) choice() chooseArgs {
	a := chooseArgs{ID: r.ULID("id")}
	r.Need("choice", &a.Choice)
	slices.Sort(a.Choice)
	if len(a.Choice) > MaxOptions || len(slices.Compact(slices.Clone(a.Choice))) != len(a.Choice) {
		r.Fail(oplog.BadChoice)
	}
	if len(a.Choice) > 0 && (a.Choice[0] < 1 || a.Choice[len(a.Choice)-1] > MaxOptions) {
		r.Fail(oplog.BadChoice)
	}
	if a.Choice == nil {
		a.Choice = []int{}
	}
	return a
}

func (r *reader) create() (args, texts any) {
	a := createArgs{ID: r.ULID("id"), Results: resultsHidden}
	p := &private{Title: new(string)}
	r.Need("title", p.Title)
	a.Title = r.text(p.Title, "title", MaxTitleChars, MaxTitleBytes)
	r.Need("options", &p.Options)
	if len(p.Options) < MinOptions || len(p.Options) > MaxOptions {
		r.Fail(oplog.BadChoice)
		return a, p
	}
	a.Options = make([]measure, len(p.Options))
	for i := range p.Options {
		a.Options[i] = r.text(&p.Options[i], "option", MaxOptionChars, MaxOptionBytes)
	}
	r.Need("kind", &a.Kind)
	a.Min, a.Max = 1, 1
	if a.Kind == pollMultiple {
		a.Max = len(a.Options)
	}
	r.Take("min", &a.Min)
	r.Take("max", &a.Max)
	r.Take("results", &a.Results)
	if why := a.judge(); why != "" {
		r.Fail(why)
	}
	return a, p
}

func (r *reader) settings() settingsArgs {
	var a settingsArgs
	var moderation bool
	var names, qa string
	if r.Take("moderation", &moderation) {
		a.Moderation = &moderation
	}
	if r.Take("names", &names) {
		a.Names = &names
	}
	if r.Take("qa", &qa) {
		a.QA = &qa
	}
	if !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	return a
}
