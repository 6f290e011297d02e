package session

// PollFile is the polls of a session as they are prepared, to be put into
// another: what they ask, without what was answered.
type PollFile struct {
	Majlis  string       `json:"majlis"` // PollFileKind
	Version int          `json:"v"`      // PollFileVersion
	Polls   []PollRecipe `json:"polls"`  // in the order of the run sheet
}

// What a PollFile says of itself.
const (
	PollFileKind    = "polls"
	PollFileVersion = 1
)

// PollRecipe is one poll: the members of poll.create but for type, id and in.
type PollRecipe struct {
	Kind      string   `json:"kind"`
	Title     string   `json:"title"`
	Options   []string `json:"options,omitempty"`
	Min       int      `json:"min,omitempty"`
	Max       int      `json:"max,omitempty"`
	Results   string   `json:"results"`
	Screen    bool     `json:"screen,omitempty"`
	Fixed     bool     `json:"fixed,omitempty"`
	Secs      int      `json:"secs,omitempty"`
	Steps     int      `json:"steps,omitempty"`
	Ends      []string `json:"ends,omitempty"`
	Unranked  string   `json:"unranked,omitempty"`
	Decimals  int      `json:"decimals,omitempty"`
	Low       *int64   `json:"low,omitempty"`
	High      *int64   `json:"high,omitempty"`
	Truth     *int64   `json:"truth,omitempty"`
	Right     []int    `json:"right,omitempty"`
	Bonus     bool     `json:"bonus,omitempty"`
	Moderated *bool    `json:"moderated,omitempty"`
	Split     bool     `json:"split,omitempty"`
	Stop      string   `json:"stop,omitempty"`
	// Questions are those of a survey, in the order of the run sheet.
	Questions []PollRecipe `json:"questions,omitempty"`
}

// PollFile tells all polls but those in the archive and those whose texts are
// gone. It belongs to the caller.
func (m *Machine) PollFile() PollFile {
	f := PollFile{PollFileKind, PollFileVersion, []PollRecipe{}}
	for _, id := range m.polls.order() {
		p := m.polls.find(id)
		if p.in != 0 || p.State == shelved || p.text.Gone {
			continue
		}
		r := p.recipe()
		for _, id := range m.polls.order() {
			if q := m.polls.find(id); q.in == p.number+1 && !q.text.Gone {
				r.Questions = append(r.Questions, q.recipe())
			}
		}
		f.Polls = append(f.Polls, r)
	}
	return f
}

func (p *poll) recipe() PollRecipe {
	r := PollRecipe{
		Kind: p.Kind, Title: p.text.Text, Options: append([]string(nil), p.options...), Min: p.Min, Max: p.Max,
		Results: p.Results, Screen: p.Screen, Fixed: p.Fixed, Secs: p.Secs, Ends: append([]string(nil), p.ends...),
		Decimals: p.Decimals, Low: p.Low, High: p.High, Truth: p.Truth, Right: append([]int(nil), p.Right...),
		Bonus: p.Bonus, Split: p.Split, Stop: p.Stop,
	}
	if k := p.rule(); k.steps[0] != k.steps[1] {
		r.Steps = p.Steps
	}
	if p.Apart {
		r.Unranked = "apart"
	}
	if p.form() == formWords {
		moderated := p.Moderated
		r.Moderated = &moderated
	}
	return r
}
