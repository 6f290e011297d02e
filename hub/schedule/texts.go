package schedule

import (
	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// sumOf sums a value that consists of texts.
func sumOf(key *oplog.Key, purpose string, v any) fold.Sum {
	b, err := strict.Marshal(v)
	if err != nil {
		return fold.Sum{}
	}
	return key.Sum("schedule "+purpose, string(b))
}

// look is what the document shows of a session beside its title.
type look struct {
	Subtitle string   `json:"subtitle,omitempty"`
	Track    string   `json:"track,omitempty"`
	Type     string   `json:"type,omitempty"`
	Language string   `json:"lang,omitempty"`
	Speakers []string `json:"speakers,omitempty"`
}

// deep is what is too long for the document.
type deep struct {
	Abstract    string `json:"abstract,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
}
