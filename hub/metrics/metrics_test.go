package metrics_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"majlis/hub"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/sqlitelog"
)

var (
	_ hub.Observer       = (*metrics.Metrics)(nil)
	_ redislog.Observer  = (*metrics.Metrics)(nil)
	_ sqlitelog.Observer = (*metrics.Metrics)(nil)
)

var update = flag.Bool("update", false, "write the list of names anew")

// scrape is what a server gets: series by their full name.
func scrape(t *testing.T, m *metrics.Metrics) map[string]string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	out := map[string]string{}
	for line := range strings.Lines(w.Body.String()) {
		if line[0] == '#' {
			continue
		}
		i := strings.LastIndexByte(line, ' ')
		out[line[:i]] = strings.TrimSpace(line[i:])
	}
	return out
}

// ours lists the names that are the hub's own, with their types.
func ours(t *testing.T, m *metrics.Metrics) (names, lines []string) {
	t.Helper()
	families, err := m.Gatherer().Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if strings.HasPrefix(f.GetName(), "majlis_") {
			var labels []string
			for _, l := range f.GetMetric()[0].GetLabel() {
				labels = append(labels, l.GetName())
			}
			names = append(names, f.GetName())
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s",
				f.GetName(), strings.ToLower(f.GetType().String()), strings.Join(labels, " "))))
		}
	}
	return names, lines
}

func TestNamesFollowTheRules(t *testing.T) {
	m := metrics.New("test")
	names, _ := ours(t, m)
	problems, err := testutil.GatherAndLint(m.Gatherer(), names...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestNamesAreThoseThatDashboardsKnow(t *testing.T) {
	const golden = "testdata/names.txt"
	_, lines := ours(t, metrics.New("test"))
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("names have changed, and dashboards and alerts with them; if that is meant, run with -update:\n%s", got)
	}
}

func TestGoAndProcessAreThere(t *testing.T) {
	got := scrape(t, metrics.New("v1.2.3"))
	for _, name := range []string{"go_goroutines", "process_open_fds", "process_start_time_seconds"} {
		if got[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	found := false
	for name := range got {
		found = found || strings.HasPrefix(name, "majlis_build_info") && strings.Contains(name, `version="v1.2.3"`)
	}
	if !found {
		t.Error("no majlis_build_info with the version")
	}
}

// Abuse A23: nothing that a client chooses becomes a series.
func TestSeriesStayTheSameWhateverComes(t *testing.T) {
	m := metrics.New("test")
	before := scrape(t, m)
	for i := range 10_000 {
		s := "session/" + strconv.Itoa(i)
		m.Connected(s)
		m.Disconnected(s, s, time.Second)
		m.Received(s)
		m.Refused(oplog.Reason(s))
		m.Limited(s)
		m.Judged(oplog.Kind(s), oplog.Refuse(oplog.Reason(s)))
		m.Published(oplog.Role(i%256), 1, 1)
		m.CaughtUp(oplog.Role(i%256), i%2 == 0)
		m.Appended(1, time.Millisecond, errors.New(s))
		m.Asked(s, time.Millisecond, errors.New(s))
	}
	after := scrape(t, m)
	if len(after) != len(before) {
		t.Errorf("%d series before, %d after", len(before), len(after))
	}
	if got := after[`majlis_refusals_total{reason="other"}`]; got != "10000" {
		t.Errorf("%s unknown reasons counted as other; want 10000", got)
	}
	if len(after) > 600 {
		t.Errorf("%d series; the budget is 600 a node", len(after))
	}
}

func TestEverySeriesExistsFromTheStart(t *testing.T) {
	got := scrape(t, metrics.New("test"))
	file, err := parser.ParseFile(token.NewFileSet(), "../oplog/outcome.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	reasons := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Reason" {
			reasons++
			series := "majlis_refusals_total{reason=" + spec.Values[0].(*ast.BasicLit).Value + "}"
			if got[series] != "0" {
				t.Errorf("no %s", series)
			}
		}
		return true
	})
	if reasons < 30 {
		t.Errorf("found only %d reasons: the file looks different now", reasons)
	}
	for _, series := range []string{
		`majlis_connections{transport="sse"}`, `majlis_connections_closed_total{code="1012"}`,
		`majlis_commands_judged_total{result="again",topic="session"}`, `majlis_append_errors_total{kind="full"}`,
		`majlis_catchups_total{role="attendee",source="shared"}`, `majlis_history_lost_total`,
	} {
		if got[series] != "0" {
			t.Errorf("%s is %q; want 0", series, got[series])
		}
	}
}

// happenings tells a Metrics one of everything, and two of some.
func happenings(m *metrics.Metrics) {
	m.Connected("websocket")
	m.Connected("websocket")
	m.Connected("sse")
	m.Disconnected("websocket", "1012", 90*time.Second)
	m.Received("hello")
	m.Refused(oplog.PollClosed)
	m.Delivered(200 * time.Millisecond)
	m.Limited("commands")
	m.Appended(7, 2*time.Millisecond, nil)
	m.Appended(3, time.Second, fmt.Errorf("wrapped: %w", oplog.ErrFull))
	m.Appended(2, time.Second, oplog.ErrUnknown)
	m.Appended(1, time.Second, oplog.ErrGone)
	m.Retried(3)
	m.Judged(oplog.KindSession, oplog.Done())
	m.Judged(oplog.KindSession, oplog.Repeated())
	m.Judged(oplog.KindSchedule, oplog.Refuse(oplog.Changed))
	m.Published(oplog.Attendee, 500, 5000)
	m.Published(oplog.Moderator, 900, 2)
	m.CaughtUp(oplog.Attendee, true)
	m.CaughtUp(oplog.Attendee, false)
	m.CaughtUp(oplog.Screen, false)
	m.HistoryLost()
	m.PutBack(40)
	m.Forked(3, 2)
	m.Offered(oplog.Done())
	m.Offered(oplog.Repeated())
	m.Offered(oplog.Refuse(oplog.Changed))
	m.Loaded(1234, 30*time.Millisecond)
	m.Nodes(3)
	m.Whispered(false)
	m.Whispered(false)
	m.Whispered(true)
	m.Heard()
	m.Compared(true)
	m.Compared(false)
	m.Unserved(2)
	m.Draining()
	m.Linked(false)
	m.Resubscribed()
	m.Missed()
	m.FoundOut()
	m.Unconfirmed()
	m.Notified(30 * time.Millisecond)
	m.Asked("evalsha", 2*time.Millisecond, nil)
	m.Asked("evalsha", 2*time.Second, context.DeadlineExceeded)
	m.Asked("client", time.Millisecond, errors.New("ERR no"))
	m.Pooled(7, 5, 2)
	m.Checkpointed(100, 12, time.Millisecond)
}

func TestWhatHappensIsScraped(t *testing.T) {
	m := metrics.New("test")
	happenings(m)
	got := scrape(t, m)
	for series, want := range map[string]string{
		`majlis_connections{transport="websocket"}`:                       "1",
		`majlis_bus_lag_seconds_bucket{le="0.025"}`:                       "0",
		`majlis_bus_lag_seconds_bucket{le="0.05"}`:                        "1",
		`majlis_redis_command_duration_seconds_count{command="evalsha"}`:  "2",
		`majlis_redis_command_duration_seconds_count{command="other"}`:    "1",
		`majlis_redis_errors_total{kind="timeout"}`:                       "1",
		`majlis_redis_errors_total{kind="other"}`:                         "1",
		`majlis_redis_pool_connections{state="used"}`:                     "2",
		`majlis_redis_pool_connections{state="idle"}`:                     "5",
		`majlis_redis_pool_timeouts_total`:                                "2",
		`majlis_store_wal_pages_left`:                                     "12",
		`majlis_connections{transport="sse"}`:                             "1",
		`majlis_connections_accepted_total{transport="websocket"}`:        "2",
		`majlis_connections_closed_total{code="1012"}`:                    "1",
		`majlis_connection_duration_seconds_bucket{le="60"}`:              "0",
		`majlis_connection_duration_seconds_bucket{le="300"}`:             "1",
		`majlis_frames_received_total{type="hello"}`:                      "1",
		`majlis_refusals_total{reason="poll-closed"}`:                     "1",
		`majlis_rate_limited_total{scope="commands"}`:                     "1",
		`majlis_delivery_latency_seconds_bucket{le="0.1"}`:                "0",
		`majlis_delivery_latency_seconds_bucket{le="0.25"}`:               "1",
		`majlis_commands_appended_total`:                                  "7",
		`majlis_commands_retried_total`:                                   "3",
		`majlis_append_errors_total{kind="full"}`:                         "1",
		`majlis_append_errors_total{kind="unknown"}`:                      "1",
		`majlis_append_errors_total{kind="gone"}`:                         "1",
		`majlis_append_duration_seconds_count`:                            "4",
		`majlis_commands_judged_total{result="accepted",topic="session"}`: "1",
		`majlis_commands_judged_total{result="again",topic="session"}`:    "1",
		`majlis_commands_judged_total{result="refused",topic="schedule"}`: "1",
		`majlis_frames_published_total{role="attendee"}`:                  "1",
		`majlis_frames_published_bytes_total{role="moderator"}`:           "900",
		`majlis_frame_readers_total{role="attendee"}`:                     "5000",
		`majlis_catchups_total{role="attendee",source="encoded"}`:         "1",
		`majlis_catchups_total{role="screen",source="shared"}`:            "1",
		`majlis_history_lost_total`:                                       "1",
		`majlis_log_entries_put_back_total`:                               "40",
		`majlis_log_forks_total`:                                          "1",
		`majlis_log_entries_offered_again_total{result="accepted"}`:       "1",
		`majlis_log_entries_offered_again_total{result="again"}`:          "1",
		`majlis_log_entries_offered_again_total{result="refused"}`:        "1",
		`majlis_log_entries_offered_again_total{result="lost"}`:           "2",
		`majlis_entries_loaded_total`:                                     "1234",
		`majlis_topic_load_duration_seconds_count`:                        "1",
		`majlis_nodes`:                         "3",
		`majlis_whispers_total`:                "2",
		`majlis_whispers_lost_total`:           "1",
		`majlis_whispers_heard_total`:          "1",
		`majlis_state_digests_compared_total`:  "2",
		`majlis_state_digest_mismatches_total`: "1",
		`majlis_topics_unserved`:               "2",
		`majlis_draining`:                      "1",
		`majlis_log_up`:                        "0",
		`majlis_log_resubscribed_total`:        "1",
		`majlis_log_gaps_total`:                "1",
		`majlis_log_checks_found_total`:        "1",
		`majlis_log_unconfirmed_total`:         "1",
	} {
		if got[series] != want {
			t.Errorf("%s is %q; want %s", series, got[series], want)
		}
	}
}

func TestSnapshotHoldsTheSame(t *testing.T) {
	m := metrics.New("v9")
	happenings(m)
	n := m.Snapshot()
	if n.Connections["websocket"] != 1 || n.Connections["sse"] != 1 || n.Accepted != 3 || n.Closed["1012"] != 1 {
		t.Errorf("connections %v, accepted %d, closed %v", n.Connections, n.Accepted, n.Closed)
	}
	if want := (metrics.CommandNumbers{Accepted: 1, Again: 1, Refused: 1, Retried: 3}); n.Commands != want {
		t.Errorf("commands %+v; want %+v", n.Commands, want)
	}
	if want := (metrics.FrameNumbers{Frames: 2, Bytes: 1400, Readers: 5002}); n.Published != want {
		t.Errorf("published %+v; want %+v", n.Published, want)
	}
	if want := (metrics.CatchUpNumbers{Encoded: 1, Shared: 2}); n.CatchUps != want {
		t.Errorf("catch-ups %+v; want %+v", n.CatchUps, want)
	}
	if n.HistoryLost != 1 || n.Failed != 3 || n.Limited["commands"] != 1 || n.Version != "v9" {
		t.Errorf("lost %d, failed %d, limited %v, version %s", n.HistoryLost, n.Failed, n.Limited, n.Version)
	}
	if n.Delivery.Samples != 1 || n.Delivery.P50 < 200 || n.Delivery.P50 > 220 || n.Append.Samples != 4 {
		t.Errorf("delivery %+v, append %+v", n.Delivery, n.Append)
	}
	if n.Goroutines < 1 || n.Heap == 0 || n.At == 0 || n.Uptime <= 0 {
		t.Errorf("process: %+v", n)
	}
	var members map[string]any
	body, err := json.Marshal(n)
	if err == nil {
		err = json.Unmarshal(body, &members)
	}
	if err != nil || len(members) != 16 {
		t.Errorf("as JSON %d members, %v", len(members), err)
	}
}

func TestOpenMetricsIsServedToWhoAsks(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.Header.Set("Accept", "application/openmetrics-text; version=1.0.0")
	metrics.New("test").Handler().ServeHTTP(w, r)
	if ct := w.Header().Get("Content-Type"); !strings.HasPrefix(ct, "application/openmetrics-text") {
		t.Errorf("content type %s", ct)
	}
	if !strings.HasSuffix(w.Body.String(), "# EOF\n") {
		t.Error("no end mark")
	}
}

func TestManyMayTellAndAskAtOnce(t *testing.T) {
	m := metrics.New("test")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				happenings(m)
			}
		})
		all.Go(func() {
			for range 5 {
				m.Snapshot()
				_, _ = m.Gatherer().Gather()
			}
		})
	}
	all.Wait()
	if got := m.Snapshot().Commands.Accepted; got != 800 {
		t.Errorf("%d commands; want 800", got)
	}
}

func TestTwoMayExistInOneProcess(t *testing.T) {
	a, b := metrics.New("a"), metrics.New("b")
	a.HistoryLost()
	if a.Snapshot().HistoryLost != 1 || b.Snapshot().HistoryLost != 0 {
		t.Error("one counts for the other")
	}
	names, _ := ours(t, a)
	if !slices.IsSorted(names) {
		t.Error("names are not sorted")
	}
}
