package wire_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"majlis/hub/wire"
)

// FuzzDecodeClient: whatever is accepted is JSON for encoding/json too, has no
// name twice for a reader that folds case, and reads the same a second time.
func FuzzDecodeClient(f *testing.F) {
	for _, x := range readFixtures(f, "testdata/client.json") {
		f.Add(x.text(f))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, reason := wire.DecodeClient(b)
		if (frame == nil) == (reason == "") {
			t.Fatalf("frame %#v with reason %q", frame, reason)
		}
		if reason != "" {
			return
		}
		if len(b) > wire.MaxClientFrame || !utf8.Valid(b) || !json.Valid(b) {
			t.Fatalf("taken: %q", b)
		}
		checkNames(t, json.NewDecoder(bytes.NewReader(b)))
		if do, ok := frame.(wire.Do); ok && !json.Valid(do.Cmd) {
			t.Fatalf("command is not JSON: %q", do.Cmd)
		}
	})
}

// checkNames reads one value and fails on a name that comes twice in an object.
func checkNames(t *testing.T, d *json.Decoder) {
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	switch token {
	case json.Delim('{'):
		seen := map[string]bool{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			folded := strings.ToLower(name.(string))
			if seen[folded] {
				t.Fatalf("%q comes twice", folded)
			}
			seen[folded] = true
			checkNames(t, d)
		}
		_, _ = d.Token()
	case json.Delim('['):
		for d.More() {
			checkNames(t, d)
		}
		_, _ = d.Token()
	}
}

// FuzzDecodeServer: a frame that was read and written again reads the same.
func FuzzDecodeServer(f *testing.F) {
	for _, x := range readFixtures(f, "testdata/server.json") {
		f.Add(x.text(f))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := wire.DecodeServer(b)
		if err != nil {
			return
		}
		once := appendServer(t, frame)
		again, err := wire.DecodeServer(once)
		if err != nil {
			t.Fatalf("%s\nwritten as %s\n%v", b, once, err)
		}
		if twice := appendServer(t, again); !bytes.Equal(once, twice) {
			t.Fatalf("%s\nwritten as %s\nthen as    %s", b, once, twice)
		}
	})
}
