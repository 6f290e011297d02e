package disktest

import (
	"errors"
	"strings"
	"sync"
)

// Kind is what is done to a file.
type Kind string

// The kinds.
const (
	Write    Kind = "write"
	Truncate Kind = "truncate"
	Sync     Kind = "sync"
	Remove   Kind = "remove"
)

// Op is one operation that SQLite asks for.
type Op struct {
	Kind Kind
	Path string // of the file
	At   int64  // where a write begins, or the size after a truncation
	Data []byte // what a write writes; the hook must not keep it
	// Directory: a sync or a removal makes durable which files there are, too.
	Directory bool
}

// What a hook may answer to have an operation fail.
var (
	ErrFull   = errors.New("no space left on device")
	ErrBroken = errors.New("input/output error")
)

// Hook is told of an operation before it is done. Any goroutine may call it.
type Hook func(Op) error

// Disk has the hooks.
type Disk struct {
	mu    sync.RWMutex
	hooks map[string]Hook // guarded by mu; by the path's prefix
}

// Watch tells hook of all operations on files whose path begins with prefix, until
// stop is called.
func (d *Disk) Watch(prefix string, hook Hook) (stop func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hooks[prefix] = hook
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.hooks, prefix)
	}
}

// ask asks the hook of a file, if there is one.
func (d *Disk) ask(op Op) error {
	d.mu.RLock()
	var hook Hook
	for prefix, h := range d.hooks {
		if strings.HasPrefix(op.Path, prefix) {
			hook = h
		}
	}
	d.mu.RUnlock()
	if hook == nil {
		return nil
	}
	return hook(op)
}
