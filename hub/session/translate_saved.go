package session

import "majlis/hub/fold"

// savedRendering is a rendering as it stands in a snapshot.
type savedRendering struct {
	Lang    string
	Is      translation   `json:"T,omitzero"`
	Held    int32         `json:",omitempty"`
	Until   int64         `json:",omitempty"`
	Claimed fold.Register `json:",omitzero"`
	Written fold.Register `json:",omitzero"`
}

func (r *rendering) save(texts bool) savedRendering {
	s := savedRendering{Lang: r.lang, Is: r.translation, Held: r.held, Until: r.until, Claimed: fold.Register{Stamp: r.claimed}, Written: r.written}
	if !texts {
		s.Is = s.Is.bare()
	}
	return s
}

func (s *savedRendering) load() *rendering {
	return &rendering{
		lang: s.Lang, translation: s.Is, held: s.Held, until: s.Until, claimed: s.Claimed.Stamp, written: s.Written,
	}
}

// renderingsFit reports whether a question's renderings are in order and name
// only people that there are.
func (q *question) renderingsFit(crew int) bool {
	last := ""
	for _, r := range q.inOther {
		ok := r.lang > last && validLang(r.lang) && r.held >= 0 && int(r.held) < crew && r.By >= 0 && int(r.By) < crew &&
			r.Eye >= nobody && int(r.Eye) < crew
		if !ok {
			return false
		}
		last = r.lang
	}
	return len(q.inOther) <= MaxRenderings
}
