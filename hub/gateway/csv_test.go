package gateway_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/gateway"
)

func TestSafeCellStopsFormulas(t *testing.T) {
	for _, s := range []string{
		"=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(\"x\")", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠x",
		"\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", " \t=x", "\x00=1", "\u3000@x",
	} {
		if got := gateway.SafeCell(s); got != "'"+s {
			t.Errorf("%q became %q; want an apostrophe in front", s, got)
		}
	}
}

func TestSafeCellLeavesTheRestAlone(t *testing.T) {
	for _, s := range []string{
		"", "Why?", "'tis", "a=b", "1-2", "mail@example.org", "١٢", "你好 = hello", " Why", "x\t=1", "…-", "'", "''",
	} {
		if got := gateway.SafeCell(s); got != s {
			t.Errorf("%q became %q; want it unchanged", s, got)
		}
	}
}

// plain undoes SafeCell by the rule in its manual.
func plain(s string) string {
	if rest := strings.TrimLeft(s, "'"); rest != s && gateway.SafeCell(rest) != rest {
		return s[1:]
	}
	return s
}

func TestTableIsReadBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.String(),
			rapid.StringOfN(rapid.SampledFrom([]rune("'=+-@\t\r\n\",; aé＝")), 0, 6, -1))
		row := rapid.SliceOfN(cell, 2, 5).Draw(t, "row")
		var out bytes.Buffer
		table := gateway.NewCSV(&out)
		table.Row(row...)
		if err := table.Flush(); err != nil {
			t.Fatal(err)
		}
		text, ok := strings.CutPrefix(out.String(), "\ufeff")
		if !ok {
			t.Fatal("no byte order mark: spreadsheets would read Latin-1")
		}
		back, err := csv.NewReader(strings.NewReader(text)).Read()
		if err != nil || len(back) != len(row) {
			t.Fatalf("read back %q, %v; want %q", back, err, row)
		}
		for i := range row {
			// encoding/csv reads a line end in a cell as \n, whatever it was.
			want := strings.ReplaceAll(row[i], "\r\n", "\n")
			if got := plain(back[i]); got != want {
				t.Fatalf("cell %d is %q; want %q", i, got, want)
			}
			if s := plain(back[i]); gateway.SafeCell(s) != s && back[i] == s {
				t.Fatalf("cell %d would run as a formula: %q", i, back[i])
			}
		}
	})
}

func TestTableQuotesEveryCell(t *testing.T) {
	var out bytes.Buffer
	table := gateway.NewCSV(&out)
	table.Row("question", "votes")
	table.Row("=1", "say \"hi\"", "bad \xff byte")
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff\"question\",\"votes\"\r\n\"'=1\",\"say \"\"hi\"\"\",\"bad \uFFFD byte\"\r\n"
	if out.String() != want {
		t.Fatalf("got %q; want %q", out.String(), want)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestTableTellsThatTheWriterFailed(t *testing.T) {
	table := gateway.NewCSV(full{})
	for range 1000 {
		table.Row("many", "rows")
	}
	if err := table.Flush(); !errors.Is(err, errFull) {
		t.Fatalf("got %v; want the writer's error", err)
	}
}
