package wire_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"majlis/hub/oplog"
)

// fixture is one frame of testdata, which the web app's tests read too. A frame
// that is a JSON string stands for its text: malformed frames.
type fixture struct {
	Name   string          `json:"name"`
	Frame  json.RawMessage `json:"frame"`
	OK     bool            `json:"ok"`
	Reason oplog.Reason    `json:"reason"`
	// ReadOnly: the hub itself would not write it like this.
	ReadOnly bool `json:"readonly"`
}

func readFixtures(t testing.TB, path string) []fixture {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var all []fixture
	if err := d.Decode(&all); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return all
}

// text is the frame as it would travel.
func (f fixture) text(t testing.TB) []byte {
	t.Helper()
	if f.Frame[0] == '"' {
		var s string
		if err := json.Unmarshal(f.Frame, &s); err != nil {
			t.Fatal(err)
		}
		return []byte(s)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, f.Frame); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
