package metrics

import (
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	// scrapesAtOnce is how many scrapes may run side by side: two servers and a
	// person with curl.
	scrapesAtOnce = 3
	// scrapeTimeout is shorter than the usual interval, so scrapes never pile up.
	scrapeTimeout = 5 * time.Second
)

// latencyBuckets are in seconds. The bounds 0.25 and 1 are those of the
// service's objectives: alerts count what lies below them.
var latencyBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// redisBuckets are in seconds: few, there is a series of them for each command.
var redisBuckets = []float64{.0005, .001, .0025, .01, .05, .25, 1, 2.5}

// ageBuckets are in seconds: from a page that is closed at once to a day.
var ageBuckets = []float64{1, 10, 60, 300, 900, 3600, 3 * 3600, 8 * 3600, 24 * 3600}

// Metrics counts. Make one with [New].
type Metrics struct {
	// static
	registry *prometheus.Registry
	version  string
	started  time.Time

	// the edge
	connections family
	accepted    family
	closed      family
	age         prometheus.Histogram
	received    family
	refusals    family
	limited     family

	// the fan-out
	delivery  prometheus.Histogram
	recentFan recent
	sent      family
	lagging   family
	lagged    family

	// the topics
	appended     family
	retried      family
	appendErrors family
	appendTime   prometheus.Histogram
	recentAppend recent
	judged       family
	frames       family
	frameBytes   family
	readers      family
	catchUps     family
	documents    family
	tailReads    family
	historyLost  family
	putBack      family
	forks        family
	reoffered    family
	loaded       family
	loadTime     prometheus.Histogram

	// the other nodes
	nodes     family
	whispers  family
	unsaid    family
	overheard family

	// the Redis that they share
	linked       family
	resubscribed family
	missed       family
	foundOut     family
	unconfirmed  family
	busLag       prometheus.Histogram
	asked        map[string]prometheus.Observer // by command
	askedInVain  family
	pool         family
	poolTimeouts family

	// the file that this node has alone
	walLeft family

	// what must be the same on all nodes
	compared  family
	diverging family
	unserved  family
	draining  family
}

// New makes the metrics of one process, with a registry of its own. version is
// the program's.
func New(version string) *Metrics {
	r := prometheus.NewRegistry()
	m := &Metrics{registry: r, version: version, started: time.Now()}
	m.edge(r)
	m.fanout(r)
	m.topics(r)
	m.circle(r)
	m.redis(r)
	r.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		buildInfo(version),
	)
	return m
}

func (m *Metrics) edge(r prometheus.Registerer) {
	m.connections = gauges(r, "connections", "Connections that are open now.", transports)
	m.accepted = counters(r, "connections_accepted_total", "Connections that were opened.", transports)
	m.closed = counters(r, "connections_closed_total", "Connections that ended, by close code; client: it just left.", closeCodes)
	m.age = histogram(r, "connection_duration_seconds", "How long connections lasted.", ageBuckets)
	m.received = counters(r, "frames_received_total", "Frames and posts from clients.", frameTypes)
	m.refusals = counters(r, "refusals_total", "Requests, frames and commands that were refused.", reasons)
	m.limited = counters(r, "rate_limited_total", "Times that somebody was over a limit.", scopes)
}

func (m *Metrics) fanout(r prometheus.Registerer) {
	m.delivery = histogram(r, "delivery_latency_seconds", "From the fold to the sent frame; a sample of the frames.", latencyBuckets)
	m.sent = counters(r, "frames_sent_total", "Connections that shared frames were sent to, added up, without those that lagged.")
	m.lagging = gauges(r, "connections_lagging", "Connections that take less than they are sent now.")
	m.lagged = counters(r, "connections_lagged_total", "Times that a connection began to lag.")
}

func (m *Metrics) topics(r prometheus.Registerer) {
	m.appended = counters(r, "commands_appended_total", "Commands that the log took.")
	m.retried = counters(r, "commands_retried_total", "Commands that could not be taken, whose senders were asked to come again.")
	m.appendErrors = counters(r, "append_errors_total", "Appends that failed.", appendErrors)
	m.appendTime = histogram(r, "append_duration_seconds", "How long the log took for a batch of commands.", latencyBuckets)
	m.judged = counters(r, "commands_judged_total", "Commands that came back from the fold; again: done before.", topicKinds, results)
	m.frames = counters(r, "frames_published_total", "Frames that were encoded for all of a role.", roles)
	m.frameBytes = counters(r, "frames_published_bytes_total", "Bytes of those frames, each counted once.", roles)
	m.readers = counters(r, "frame_readers_total", "Readers of those frames, added up: frames that had to be written.", roles)
	m.catchUps = counters(r, "catchups_total", "Catch-ups that were wanted, and whether one had to be encoded.", roles, sources)
	m.documents = counters(r, "documents_total", "Documents that were served over HTTP, and whether one had to be encoded.", roles, sources)
	m.tailReads = counters(r, "log_tail_reads_total", "Times that the log was read because a client had seen more than this node.")
	m.historyLost = counters(r, "history_lost_total", "Clients that knew more than the log, or something else. Must be 0.")
	m.putBack = counters(r, "log_entries_put_back_total", "Entries that the store had lost and that this node put back.")
	m.forks = counters(r, "log_forks_total", "Times that the store had gone another way than this node.")
	m.reoffered = counters(r, "log_entries_offered_again_total", "Entries of a branch that was left, by what became of them; lost: they could not be offered. Must not be refused or lost.", fates)
	m.loaded = counters(r, "entries_loaded_total", "Entries that were folded from the store.")
	m.loadTime = histogram(r, "topic_load_duration_seconds", "How long topics took to be folded from the store.", latencyBuckets)
}

func (m *Metrics) circle(r prometheus.Registerer) {
	m.nodes = gauges(r, "nodes", "Nodes that are heard of, this one too.")
	m.whispers = counters(r, "whispers_total", "Words that were said to the other nodes.")
	m.unsaid = counters(r, "whispers_lost_total", "Words that could not be said.")
	m.overheard = counters(r, "whispers_heard_total", "Words of other nodes that were heard.")
	m.compared = counters(r, "state_digests_compared_total", "Digests of a topic's state that were compared with another node's.")
	m.diverging = counters(r, "state_digest_mismatches_total", "Those that were not equal. Must be 0.")
	m.unserved = gauges(r, "topics_unserved", "Topics that this node does not serve: their rules are newer than its own, or its state of them is another than the other nodes'.")
	m.draining = gauges(r, "draining", "1 while the node sends everybody away to stop.")
}

func (m *Metrics) redis(r prometheus.Registerer) {
	m.linked = gauges(r, "log_up", "1 while the log can be relied on: for a Redis, it answers and its notifications come through.")
	m.linked.set(1)
	m.resubscribed = counters(r, "log_resubscribed_total", "Subscriptions to a Redis that ended and were made anew.")
	m.missed = counters(r, "log_gaps_total", "Notifications that did not follow what was known, so that the log was read.")
	m.foundOut = counters(r, "log_checks_found_total", "Times that a look at the log's end found what no notification had told.")
	m.unconfirmed = counters(r, "log_unconfirmed_total", "Writes that too few replicas confirmed in time.")
	m.busLag = histogram(r, "bus_lag_seconds", "From the time of an entry, by its Redis' clock, to its notification here.", latencyBuckets)
	m.asked = commandTimes(r)
	m.askedInVain = counters(r, "redis_errors_total", "Commands that a Redis refused or did not answer.", redisErrors)
	m.pool = gauges(r, "redis_pool_connections", "Connections to Redis, without those that listen.", poolStates)
	m.poolTimeouts = counters(r, "redis_pool_timeouts_total", "Times that a connection to Redis was waited for in vain.")
	m.walLeft = gauges(r, "store_wal_pages_left", "Pages of the file's WAL that the last checkpoint could not copy, because somebody reads an old state.")
}

func histogram(r prometheus.Registerer, name, help string, buckets []float64) prometheus.Histogram {
	h := prometheus.NewHistogram(prometheus.HistogramOpts{
		Namespace: namespace, Name: name, Help: help, Buckets: buckets,
	})
	r.MustRegister(h)
	return h
}

func buildInfo(version string) prometheus.Collector {
	g := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "revision": revision(), "goversion": runtime.Version()},
	})
	g.Set(1)
	return g
}

func revision() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}

// Gatherer is for tests that look at what is exported.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }

// Handler serves the metrics in the format that the scraper asks for. It tells
// what a public listener should not.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		EnableOpenMetrics:   true,
		CoalesceGather:      true,
		MaxRequestsInFlight: scrapesAtOnce,
		Timeout:             scrapeTimeout,
	})
}
