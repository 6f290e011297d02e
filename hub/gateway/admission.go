package gateway

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// admission lets new connections in at a rate that the house can greet. Whoever
// comes too early is told a time, each a later one, so that a hall which was cut
// off comes back evenly. Safe for concurrent use.
type admission struct {
	// static
	meter meter

	mu    sync.Mutex
	until time.Time     // when all who were let in are paid for
	last  time.Time     // the latest time that somebody was told
	lag   time.Duration // how long a greeting takes, smoothed
}

func newAdmission() *admission {
	return &admission{meter: newMeter(AdmissionRate, AdmissionBurst)}
}

// enter lets one in, or says how long from now there will be room.
func (a *admission) enter(now time.Time) (wait time.Duration, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	price := min(1+int(a.lag/AdmissionLag), AdmissionBurst)
	paid, wait, ok := a.meter.take(a.until, price, now)
	a.until = paid
	if ok {
		if paid.Sub(now) < a.meter.depth/2 {
			a.last = time.Time{} // there is room: nobody has to come late any more
		}
		return 0, true
	}
	next := now.Add(max(wait, AdmissionWaitMin))
	if told := a.last.Add(time.Duration(price) * a.meter.every); told.After(next) {
		next = told
	}
	if limit := now.Add(AdmissionWaitMax); next.After(limit) {
		next = limit
	}
	a.last = next
	return next.Sub(now), false
}

// ask says when one who was refused should come, without a place being taken:
// any time before the latest that those who were refused with it were given.
// Zero: now.
func (a *admission) ask(now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, _, room := a.meter.take(a.until, 1, now)
	switch {
	case a.last.After(now):
		return AdmissionWaitMin + rand.N(max(1, a.last.Sub(now)-AdmissionWaitMin))
	case room:
		return 0
	}
	return AdmissionWaitMin // nobody was told yet
}

// greeted notes how long a newcomer waited for a document.
func (a *admission) greeted(took time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lag += (took - a.lag) / 16
}

// serving refuses everybody while the server starts or stops.
func (g *Gateway) serving(c echo.Context) error {
	if g.draining.Load() || !g.ready.Load() {
		return g.comeBack(c)
	}
	return nil
}

// letIn refuses a connection that comes too early, and says when to come.
func (g *Gateway) letIn(c echo.Context) error {
	wait, ok := g.admission.enter(time.Now())
	if ok {
		return nil
	}
	g.cfg.Observer.Limited("admission")
	return comeBackIn(c, wait, "many are arriving at once; come back then")
}

// door answers a page whose WebSocket was refused, which tells a browser nothing:
// it asks the same address without an upgrade.
func (g *Gateway) door(c echo.Context) error {
	if wait := g.admission.ask(time.Now()); wait > 0 {
		return comeBackIn(c, wait, "many are arriving at once; come back then")
	}
	c.Response().Header().Set("Upgrade", "websocket")
	return Problem{
		Type: "about:blank", Title: "A WebSocket is expected here", Status: http.StatusUpgradeRequired,
		Code: oplog.BadRequest, Detail: "there is room; open a WebSocket with the subprotocol " + wire.Subprotocol,
	}
}

// comeBackIn refuses for now. The header knows whole seconds only (RFC 9110
// §10.2.3): by chance one more or not, so that on average they come when they
// should.
func comeBackIn(c echo.Context, wait time.Duration, detail string) error {
	seconds := max(1, int((wait + rand.N(time.Second)).Seconds()))
	c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
	return problem(oplog.Unavailable, detail)
}
