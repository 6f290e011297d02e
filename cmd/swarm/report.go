package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// report is what the program says in the end.
type report struct {
	Phones     int      `json:"phones"`
	Commands   int64    `json:"commands"`
	Acked      int64    `json:"acked"`
	Refused    int64    `json:"refused"`
	Unknown    int      `json:"unknown"`
	Reconnects int64    `json:"reconnects"`
	Lost       int      `json:"lost"`
	Twice      int      `json:"twice"`
	Diverged   int      `json:"diverged"`
	P50        *float64 `json:"p50_ms"` // nil: nothing was measured
	P99        *float64 `json:"p99_ms"`
}

func (s *swarm) report(v verdict) report {
	return report{
		Phones: s.config.phones, Commands: s.commands.Load(), Acked: s.acked.Load(), Refused: s.refused.Load(),
		Unknown: v.unknown, Reconnects: s.reconnects.Load(),
		Lost: sum(v.lost), Twice: sum(v.twice), Diverged: len(v.differs),
		P50: rounded(s.latency.quantile(0.5)), P99: rounded(s.latency.quantile(0.99)),
	}
}

func rounded(ms *float64) *float64 {
	if ms == nil {
		return nil
	}
	r := math.Round(*ms*100) / 100
	return &r
}

// good reports whether no check failed.
func (r report) good() bool { return r.Unknown == 0 && r.Lost == 0 && r.Twice == 0 && r.Diverged == 0 }

// write puts the report on w, as JSON or as text.
func (r report) write(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	word := "all is well"
	if !r.good() {
		word = "FAILED"
	}
	_, err := fmt.Fprintf(w, `%s: %d phones, %d reconnects
commands   %d: acknowledged %d, refused %d, unknown %d
lost       %d
twice      %d
diverged   %d
publish → received   p50 %s, p99 %s
`, word, r.Phones, r.Reconnects, r.Commands, r.Acked, r.Refused, r.Unknown, r.Lost, r.Twice, r.Diverged, milliseconds(r.P50), milliseconds(r.P99))
	return err
}

func milliseconds(ms *float64) string {
	if ms == nil {
		return "not measured"
	}
	return fmt.Sprintf("%.1f ms", *ms)
}
