package main

import (
	"io"
	"slices"
	"testing"
	"time"
)

func TestFlags(t *testing.T) {
	c, err := parseFlags([]string{"--servers", "majlis,gws", "--conns", "500,5000", "--only", "votes"}, io.Discard)
	if err != nil || !slices.Equal(c.servers, []string{"majlis", "gws"}) || !slices.Equal(c.conns, []int{500, 5000}) || c.rounds != 3 {
		t.Errorf("%+v, %v", c, err)
	}
	if c.middle() != 5000 || c.paced(500) != 250*time.Millisecond || c.paced(19_000) != 2*time.Second {
		t.Errorf("middle %d, paced %v and %v", c.middle(), c.paced(500), c.paced(19_000))
	}
	if p := c.pace(19_000, 5); p != (pace{5, 2 * time.Second, 4}) {
		t.Errorf("%+v", p)
	}
	for _, bad := range [][]string{
		{"--servers", "nats"},
		{"--conns", "0"},
		{"--conns", "x"},
		{"--changes", "33"},
		{"--sizes", "8192"},
		{"--only", ""},
		{"--rounds", "0"},
		{"--window", "1ms"},
		{"--storm", "0"},
		{"more"},
	} {
		if _, err := parseFlags(bad, io.Discard); err == nil {
			t.Errorf("%q are taken", bad)
		}
	}
}

func TestEveryTrialHasAName(t *testing.T) {
	var names []string
	for _, tr := range trials {
		names = append(names, tr.name)
	}
	if !slices.Equal(names, trialNames) {
		t.Errorf("flags know %q, there are %q", trialNames, names)
	}
}

func TestBetween(t *testing.T) {
	text := "# head\n\n" + beginMark + "old\n" + endMark + "tail\n"
	got, err := between([]byte(text), []byte("\nnew\n\n"))
	if want := "# head\n\n" + beginMark + "\nnew\n\n" + endMark + "tail\n"; err != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	again, err := between(got, []byte("new"))
	if err != nil || string(again) != string(got) {
		t.Errorf("twice is not once: %q, %v", again, err)
	}
	if _, err := between([]byte("no marks"), nil); err == nil {
		t.Error("a text without marks is taken")
	}
}
