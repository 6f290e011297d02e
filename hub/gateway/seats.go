package gateway

import (
	"strconv"
	"sync"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
)

// seats counts the connections of each person. Safe for concurrent use.
type seats struct {
	mu    sync.Mutex
	taken map[string]int
}

// take takes a seat, unless the person has [MaxSeats].
func (s *seats) take(person string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[person] >= MaxSeats {
		return false
	}
	if s.taken == nil {
		s.taken = make(map[string]int)
	}
	s.taken[person]++
	return true
}

// leave gives back what take took.
func (s *seats) leave(person string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[person]--; s.taken[person] == 0 {
		delete(s.taken, person)
	}
}

// fullHouse refuses a connection of somebody who has too many.
func (g *Gateway) fullHouse(c echo.Context) error {
	g.cfg.Observer.Limited("connections")
	c.Response().Header().Set("Retry-After", strconv.Itoa(ByeRetryMax/1000))
	return problem(oplog.TooFast, "too many connections are open with this identity; close some pages")
}
