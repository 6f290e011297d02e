package redislog

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"

	"majlis/hub/oplog"
)

// failure names what became of a command that has no answer of its own: ErrFull
// and ErrUnavailable if it certainly did nothing, else ErrUnknown.
//
// An error that Redis itself names means that nothing was done: a script is
// refused before its first write (READONLY, LOADING, MASTERDOWN, CLUSTERDOWN,
// MOVED, OOM, MISCONF, NOREPLICAS, BUSY) and cannot fail behind it. All that
// happens to a connection on which the command may have been sent leaves the
// outcome open.
func failure(err error) error {
	var said redis.Error
	var dial notSent
	var op *net.OpError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &dial), errors.As(err, &op) && op.Op == "dial",
		errors.Is(err, redis.ErrPoolTimeout), errors.Is(err, redis.ErrClosed), errors.Is(err, redis.ErrPoolExhausted):
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	case errors.As(err, &said):
		if full(said.Error()) {
			return fmt.Errorf("%w: %w", oplog.ErrFull, err)
		}
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	}
	return fmt.Errorf("%w: %w", oplog.ErrUnknown, err)
}

// full reports whether Redis had no room: in memory, or on the disk of its AOF.
func full(text string) bool {
	return strings.HasPrefix(text, "OOM ") || strings.Contains(text, "-OOM ") ||
		strings.Contains(text, "No space left on device")
}

// reading turns the failure of a command that changes nothing into one of the
// contract's: not knowing what became of it means nothing.
func reading(err error) error {
	err = failure(err)
	if errors.Is(err, oplog.ErrUnknown) {
		return fmt.Errorf("%w: %s", oplog.ErrUnavailable, strings.TrimPrefix(err.Error(), oplog.ErrUnknown.Error()+": "))
	}
	return err
}

// moved reports whether another node has the partition now.
func moved(err error) bool {
	var said redis.Error
	if !errors.As(err, &said) {
		return false
	}
	text := said.Error()
	for _, sign := range []string{"MOVED ", "ASK ", "READONLY ", "CLUSTERDOWN ", "TRYAGAIN ", "MASTERDOWN "} {
		if strings.HasPrefix(text, sign) || strings.Contains(text, "-"+sign) {
			return true
		}
	}
	return false
}

// lasting reports whether trying again at once is of no use.
func lasting(err error) bool {
	if errors.Is(err, oplog.ErrFull) || errors.Is(err, redis.ErrClosed) ||
		!errors.Is(err, oplog.ErrUnavailable) && !errors.Is(err, oplog.ErrUnknown) {
		return true
	}
	var said redis.Error
	if !errors.As(err, &said) {
		return false
	}
	text := said.Error()
	for _, sign := range []string{"NOAUTH ", "NOPERM ", "WRONGPASS ", "MISCONF ", "WRONGTYPE ", "EMPTIED ", "ERR "} {
		if strings.HasPrefix(text, sign) {
			return true
		}
	}
	return false
}
