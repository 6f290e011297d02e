package faults_test

import (
	"slices"
	"strings"
	"testing"

	"majlis/cmd/faults"
)

// voted is a history that can be: ann votes, takes it back while the answer is
// out, and votes again; bob's second command was never answered.
func voted() []faults.Event {
	return []faults.Event{
		{Person: "ann", Kind: "question.vote", Target: "q", Value: "on", N: 1, Call: 10, Return: 40, Came: "acked"},
		{Person: "ann", Kind: "question.vote", Target: "q", N: 2, Call: 20, Return: 30, Came: "acked"},
		{Person: "bob", Kind: "question.vote", Target: "q", Value: "on", N: 1, Call: 15, Return: 35, Came: "acked"},
		{Person: "bob", Kind: "question.vote", Target: "q", N: 2, Call: 50, Came: "unknown"},
		{Person: "ann", Kind: "poll.vote", Target: "p", Value: "1", N: 3, Call: 60, Return: 70, Came: "acked"},
		{Person: "ann", Kind: "poll.vote", Target: "p", Value: "2", N: 4, Call: 80, Return: 90, Came: "acked"},
		{Person: "ann", Kind: "poll.vote", Target: "p", Value: "3", N: 5, Call: 95, Return: 99, Came: "refused"},
		{Person: "ann", Kind: "question.vote", Target: "q", Value: "", Call: 200, Return: 200, Came: "read"},
		{Person: "bob", Kind: "question.vote", Target: "q", Value: "on", Call: 201, Return: 201, Came: "read"},
		{Person: "ann", Kind: "poll.vote", Target: "p", Value: "2", Call: 202, Return: 202, Came: "read"},
	}
}

// TestLinear doctors the history: each change makes it one that cannot be.
func TestLinear(t *testing.T) {
	if err := faults.Linear(voted()); err != nil {
		t.Fatal(err)
	}
	for name, doctor := range map[string]func(h []faults.Event) []faults.Event{
		"AcknowledgedVoteIsLost":        func(h []faults.Event) []faults.Event { h[9].Value = "1"; return h },
		"OlderCommandStands":            func(h []faults.Event) []faults.Event { h[7].Value = "on"; return h },
		"RefusedOneTookEffect":          func(h []faults.Event) []faults.Event { h[9].Value = "3"; return h },
		"NobodySetIt":                   func(h []faults.Event) []faults.Event { h[9].Value = "7"; return h },
		"UnknownOneIsSureOnceItIsAcked": func(h []faults.Event) []faults.Event { h[3].Came, h[3].Return = "acked", 60; return h },
		"SomebodyElseIsCounted": func(h []faults.Event) []faults.Event {
			return append(h, faults.Event{Person: "eve", Kind: "question.vote", Target: "q", Value: "on", Call: 203, Return: 203, Came: "read"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := faults.Linear(doctor(slices.Clone(voted())))
			if err == nil || !strings.Contains(err.Error(), "fits no order") {
				t.Fatalf("a history that cannot be passes: %v", err)
			}
		})
	}
}
