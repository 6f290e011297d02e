package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/oplog"
)

// Prepare turns a command as a client sent it into one that can be stored:
// strictly decoded, texts cleaned, measured and moved to the private part,
// limits checked that need no state. It sets Type, Args and Private. The same
// command gives the same bytes; the key makes the sums by which the fold
// compares texts.
func Prepare(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason) {
	f, why := readFields(raw)
	if why != "" {
		return oplog.Command{}, why
	}
	r := &reader{fields: f}
	var kind string
	r.need("type", &kind)
	args, priv := r.command(kind, key)
	if args == nil {
		return oplog.Command{}, oplog.BadCommand
	}
	if why := r.end(); why != "" {
		return oplog.Command{}, why
	}
	return pack(kind, args, priv)
}

func pack(kind string, args any, priv *private) (oplog.Command, oplog.Reason) {
	c := oplog.Command{Type: kind}
	var err error
	if c.Args, err = json.Marshal(args); err != nil {
		return oplog.Command{}, oplog.Internal
	}
	if priv != nil {
		if c.Private, err = json.Marshal(priv); err != nil {
			return oplog.Command{}, oplog.Internal
		}
	}
	return c, ""
}

// command reads the members that a type of command has; nil for an unknown type.
func (r *reader) command(kind string, key *oplog.Key) (args any, priv *private) {
	switch kind {
	case typeAsk, typeEdit:
		return r.ask(kind, key)
	case typeCreate:
		return r.create(key)
	case typeWithdraw, typeApprove, typeDismiss, typeRestoreQ, typeAnswer, typeOpen, typeClose, typeReveal, typeHide:
		return idArgs{ID: r.id()}, nil
	case typeVote, typeHighlight, typeShow:
		a := onArgs{ID: r.id()}
		r.need("on", &a.On)
		return a, nil
	case typeChoose:
		return r.choice(), nil
	case typeSettings:
		return r.settings(), nil
	case typeBoardOn, typeBoardOff:
		return struct{}{}, nil
	case oplog.TypeRedact:
		return r.redact(), nil
	}
	return nil, nil
}

func (r *reader) ask(kind string, key *oplog.Key) (any, *private) {
	a, p := askArgs{ID: r.id()}, &private{}
	if kind == typeAsk && r.take("lang", &a.Lang) && (a.Lang == "" || !validLang(a.Lang)) {
		r.fail(oplog.BadCommand)
	}
	p.Text = new(string)
	r.need("text", p.Text)
	a.Text = r.text(p.Text, "text", key, MaxTextChars, MaxTextBytes)
	var name string
	if r.take("name", &name) {
		n := r.name(&name, key)
		if n.Bytes > 0 || kind == typeEdit {
			a.Name, p.Name = &n, &name
		}
	}
	return a, p
}

// text cleans a text in place and measures it.
func (r *reader) text(s *string, purpose string, key *oplog.Key, chars, bytes int) measure {
	*s = Clean(*s)
	n := measured(*s, purpose, key)
	if why := n.within(chars, bytes); why != "" {
		r.fail(why)
	}
	return n
}

// name is text for something that may be empty.
func (r *reader) name(s *string, key *oplog.Key) measure {
	if *s = Clean(*s); *s == "" {
		return measure{}
	}
	return r.text(s, "name", key, MaxNameChars, MaxNameBytes)
}

func (r *reader) choice() chooseArgs {
	a := chooseArgs{ID: r.id()}
	r.need("choice", &a.Choice)
	slices.Sort(a.Choice)
	if len(a.Choice) > MaxOptions || len(slices.Compact(slices.Clone(a.Choice))) != len(a.Choice) {
		r.fail(oplog.BadChoice)
	}
	if len(a.Choice) > 0 && (a.Choice[0] < 1 || a.Choice[len(a.Choice)-1] > MaxOptions) {
		r.fail(oplog.BadChoice)
	}
	if a.Choice == nil {
		a.Choice = []int{}
	}
	return a
}

func (r *reader) create(key *oplog.Key) (any, *private) {
	a := createArgs{ID: r.id(), Results: resultsHidden}
	p := &private{Title: new(string)}
	r.need("title", p.Title)
	a.Title = r.text(p.Title, "title", key, MaxTitleChars, MaxTitleBytes)
	r.need("options", &p.Options)
	if len(p.Options) < MinOptions || len(p.Options) > MaxOptions {
		r.fail(oplog.BadChoice)
		return a, p
	}
	a.Options = make([]measure, len(p.Options))
	for i := range p.Options {
		a.Options[i] = r.text(&p.Options[i], "option", key, MaxOptionChars, MaxOptionBytes)
	}
	r.need("kind", &a.Kind)
	a.Min, a.Max = 1, 1
	if a.Kind == pollMultiple {
		a.Max = len(a.Options)
	}
	r.take("min", &a.Min)
	r.take("max", &a.Max)
	r.take("results", &a.Results)
	if why := a.judge(); why != "" {
		r.fail(why)
	}
	return a, p
}

func (r *reader) settings() settingsArgs {
	var a settingsArgs
	var moderation bool
	var names, qa string
	if r.take("moderation", &moderation) {
		a.Moderation = &moderation
	}
	if r.take("names", &names) {
		a.Names = &names
	}
	if r.take("qa", &qa) {
		a.QA = &qa
	}
	if !a.valid() {
		r.fail(oplog.BadCommand)
	}
	return a
}

func (r *reader) redact() oplog.RedactArgs {
	var a oplog.RedactArgs
	r.need("offsets", &a.Offsets)
	switch {
	case len(a.Offsets) == 0:
		r.fail(oplog.BadCommand)
	case len(a.Offsets) > MaxRedact:
		r.fail(oplog.TooMany)
	}
	return a
}
