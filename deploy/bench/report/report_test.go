package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, x := range []struct {
		in   []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 3, 2}, 2.5}} {
		if got := median(x.in); got != x.want {
			t.Errorf("the median of %v is %v, want %v", x.in, got, x.want)
		}
	}
}

func run(server string, round int, conns int, cpu float64, faults ...string) Run {
	return Run{Case{Measure: "broadcast", Conns: conns, Changes: 1}, server, round, map[string]float64{"cpu_us": cpu}, faults}
}

// three is three rounds of two servers, in the second of which the machine was
// slow, and one case more.
func three() []Run {
	return []Run{
		run("majlis", 1, 1000, 6), run("sendloop", 1, 1000, 5), run("majlis", 1, 5000, 7),
		run("majlis", 2, 1000, 18), run("sendloop", 2, 1000, 12),
		run("majlis", 3, 1000, 7, "a phone differs"), run("sendloop", 3, 1000, 5.6, "closed"),
	}
}

func TestMediansAndRatios(t *testing.T) {
	got := Medians(three(), "sendloop", "centrifuge")
	if len(got) != 3 || got[0].Server != "majlis" || got[0].Conns != 1000 || got[1].Server != "sendloop" || got[2].Conns != 5000 {
		t.Fatalf("%+v", got)
	}
	m := got[0]
	if m.Rounds != 3 || m.Figures["cpu_us"] != 7 || len(m.Faults) != 1 {
		t.Errorf("%+v", m)
	}
	// 6/5, 18/12, 7/5.6: the ratio of medians would be the same as the second.
	if r := m.Ratios["cpu_us"]["sendloop"]; r != 1.25 {
		t.Errorf("ratio %v, want 1.25", r)
	}
	if len(got[1].Ratios) != 0 || len(got[2].Ratios) != 0 {
		t.Error("a ratio to nobody")
	}
}

func TestARatioIsWithinARound(t *testing.T) {
	alone := run("majlis", 4, 1000, 100) // the other one failed in that round
	if r := Medians(append(three(), alone), "sendloop")[0].Ratios["cpu_us"]["sendloop"]; r != 1.25 {
		t.Errorf("ratio %v, want 1.25", r)
	}
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	err := Table(&b, Medians(three(), "sendloop"), []Column{
		{Title: "CPU µs", Figure: "cpu_us", Digits: 1}, {Title: "÷ sendloop", Figure: "cpu_us", To: "sendloop"}, {Title: "p99", Figure: "p99_ms"},
	})
	want := `
broadcast, 1000 connections, 1 at once (median of 3)

| server   | CPU µs | ÷ sendloop |
| ---      | --:    | --:        |
| majlis   | 7.0    | 1.25       |
| sendloop | 5.6    | 1          |

majlis: a phone differs
sendloop: closed

broadcast, 5000 connections, 1 at once (median of 1)

| server | CPU µs |
| ---    | --:    |
| majlis | 7.0    |

`
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
	}
}

func TestAFileIsReadAsItWasWritten(t *testing.T) {
	f := File{At: time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC), Runs: three(), Medians: Medians(three(), "sendloop")}
	if name := f.Name([]string{"idle", "votes"}); name != "20260501-090000-idle-votes.json" {
		t.Error(name)
	}
	name := filepath.Join(t.TempDir(), "x.json")
	if err := f.Write(name); err != nil {
		t.Fatal(err)
	}
	got, err := Read(name)
	if err != nil || len(got.Runs) != len(f.Runs) || got.Runs[5].Faults[0] != "a phone differs" || got.Medians[0].Ratios["cpu_us"]["sendloop"] != 1.25 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPlot(t *testing.T) {
	panels := []Panel{
		{Title: "a < b", X: "connections", Y: "µs", Figure: "cpu_us", Of: func(m Median) (float64, bool) { return float64(m.Conns), true }},
		{Title: "nothing", Figure: "p99_ms", Of: func(m Median) (float64, bool) { return float64(m.Conns), true }},
	}
	picture := Plot(Medians(three()), panels)
	d := xml.NewDecoder(strings.NewReader(picture))
	circles := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "circle" {
			circles++
		}
	}
	// majlis has two points, sendloop one, which is no line.
	if circles != 2 || strings.Contains(picture, "nothing") || !strings.Contains(picture, "a &lt; b") {
		t.Errorf("%d points in\n%s", circles, picture)
	}
	if Plot(Medians(three()), panels[1:]) != "" {
		t.Error("a picture of nothing")
	}
}

func TestTick(t *testing.T) {
	for top, want := range map[float64]float64{0: 1, 4.9: 1, 25.8: 5, 31: 10, 220: 50, 0.3: 0.05} {
		if got := tick(top); got != want {
			t.Errorf("up to %v lines are %v apart, want %v", top, got, want)
		}
	}
}
