package gateway

import (
	"net/http"
	"strings"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/pass"
	"majlis/hub/venue"
)

// identity is who sent a request: a visitor, and the passes that came with it.
type identity struct {
	visitor pass.Visitor
	known   bool   // visitor is set
	person  string // the visitor's; one string, since many places keep it
	passes  []pass.Claims
	bearer  bool // by header: not a browser's cookie
}

// capacity is an identity in one role for one topic.
type capacity struct {
	role   oplog.Role
	person string // for the pseudonym
	scope  string // how far a pass reaches
}

// The cookies. On https their names bind them to this host (RFC 6265bis §4.1.3).
const (
	visitorCookie = "majlis-visitor"
	passCookie    = "majlis-passes"
	// passSeparator cannot occur in a JWT.
	passSeparator = "~"
)

func (g *Gateway) cookieName(name string) string {
	if g.secure {
		return "__Host-" + name
	}
	return name
}

// identify reads who sent a request. Broken, expired and revoked passes count
// for nothing.
func (g *Gateway) identify(r *http.Request) identity {
	var id identity
	if c, err := r.Cookie(g.cookieName(visitorCookie)); err == nil {
		id.visitor, id.known = g.cfg.Signer.Visitor(c.Value)
		id.person = id.visitor.Person()
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		id.bearer = true
		id.add(g, token)
	}
	for _, token := range g.heldPasses(r) {
		id.add(g, token)
	}
	return id
}

func (g *Gateway) heldPasses(r *http.Request) []string {
	c, err := r.Cookie(g.cookieName(passCookie))
	if err != nil || c.Value == "" {
		return nil
	}
	held := strings.Split(c.Value, passSeparator)
	return held[:min(len(held), MaxPasses)]
}

// hold is the cookie of a browser that gets one more pass. The new one comes
// first; others that are still good follow as far as there is room, and it lasts
// as long as any of them.
func (g *Gateway) hold(r *http.Request, token string, until time.Time) *http.Cookie {
	held, size := []string{token}, len(token)
	for _, other := range g.heldPasses(r) {
		var id identity
		if id.add(g, other); len(id.passes) == 0 || other == token {
			continue
		}
		if size += len(passSeparator) + len(other); len(held) == MaxPasses || size > MaxPassCookie {
			break
		}
		held = append(held, other)
		if e := id.passes[0].Expires; e.After(until) {
			until = e
		}
	}
	return g.cookie(passCookie, strings.Join(held, passSeparator), time.Until(until))
}

func (id *identity) add(g *Gateway, token string) {
	claims, err := g.cfg.Signer.Verify(token, time.Now())
	if err == nil && g.cfg.Venue.PassGood(claims.Conference, claims.ID) {
		id.passes = append(id.passes, claims)
	}
}

// staff reports whether the identity rests on a pass.
func (id identity) staff() bool { return len(id.passes) > 0 }

// name is who it is, for limits. Of somebody with passes it is the first.
func (id identity) name() string {
	if id.staff() {
		return id.passes[0].Person()
	}
	return id.person
}

// good lists the passes that have neither ended nor been revoked meanwhile.
func (id identity) good(v *venue.Venue, now time.Time) []pass.Claims {
	var out []pass.Claims
	for _, p := range id.passes {
		if now.Before(p.Expires) && v.PassGood(p.Conference, p.ID) {
			out = append(out, p)
		}
	}
	return out
}

// as takes a role for a topic, if the identity may now.
func (id identity) as(role oplog.Role, topic oplog.Topic, v *venue.Venue, now time.Time) (capacity, bool) {
	if role == oplog.Attendee && id.known {
		return capacity{role: role, person: id.person}, true
	}
	for _, p := range id.good(v, now) {
		switch {
		case role == oplog.Attendee:
			return capacity{role: role, person: p.Person()}, true
		case grants(p.Role, role) && v.Covers(p.Conference, p.Scope, topic):
			return capacity{role: role, person: p.Person(), scope: p.Scope}, true
		}
	}
	return capacity{}, false
}

// grants says which roles a pass of one role may take: an organiser runs
// everything, a moderator sees what the hall, the stage and the translators see.
func grants(has, want oplog.Role) bool {
	switch has {
	case want:
		return true
	case oplog.Organiser, oplog.Operator:
		return want == oplog.Moderator || want == oplog.Organiser || shown(want)
	case oplog.Moderator:
		return shown(want)
	}
	return false
}

// shown reports whether a role sees no more than a moderator does, and acts less.
func shown(r oplog.Role) bool {
	return r == oplog.Screen || r == oplog.Stage || r == oplog.Translator
}

// setVisitor gives a browser its identity if it has none yet.
func (g *Gateway) setVisitor(w http.ResponseWriter, id identity) identity {
	if id.known {
		return id
	}
	id.visitor, id.known = g.cfg.Signer.NewVisitor(), true
	id.person = id.visitor.Person()
	http.SetCookie(w, g.cookie(visitorCookie, g.cfg.Signer.VisitorCookie(id.visitor), VisitorAge))
	return id
}

func (g *Gateway) cookie(name, value string, age time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: g.cookieName(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteLaxMode,
	}
}
