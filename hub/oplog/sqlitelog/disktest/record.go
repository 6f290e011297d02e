package disktest

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// Recorder keeps what is done to the files of a directory.
type Recorder struct {
	mu  sync.Mutex
	ops []Op // guarded by mu
}

// Hook records an operation and lets it be done.
func (r *Recorder) Hook(op Op) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	op.Path, op.Data = filepath.Base(op.Path), bytes.Clone(op.Data)
	r.ops = append(r.ops, op)
	return nil
}

// Moment is how many operations there were so far. What is done afterwards is not
// among them.
func (r *Recorder) Moment() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ops)
}

// Image is one of the states that the files, by name, may have after a loss of
// power at a moment. random decides what of the unsynced is there; nil for
// nothing of it.
func (r *Recorder) Image(moment int, random *rand.Rand) map[string][]byte {
	r.mu.Lock()
	ops := r.ops[:moment]
	r.mu.Unlock()
	files, luck := map[string][]byte{}, 0 // of four unsynced operations, so many are there
	if random != nil {
		luck = random.IntN(5)
	}
	durable := durable(ops)
	for i := range ops {
		op := &ops[i]
		switch {
		case durable[i]:
			files[op.Path] = apply(files[op.Path], op, nil)
		case luck > 0 && random.IntN(4) < luck:
			files[op.Path] = apply(files[op.Path], op, random)
		}
		if files[op.Path] == nil {
			delete(files, op.Path)
		}
	}
	return files
}

// durable tells which operations a loss of power after the last cannot undo.
func durable(ops []Op) []bool {
	kept, synced, directory := make([]bool, len(ops)), map[string]bool{}, false
	for i := len(ops) - 1; i >= 0; i-- {
		op := &ops[i]
		directory = directory || op.Directory
		switch op.Kind {
		case Sync:
			synced[op.Path] = true
			kept[i] = true
		case Remove:
			kept[i] = directory
		default:
			kept[i] = synced[op.Path]
		}
	}
	return kept
}

// apply does an operation to a file's bytes; with random only to some sectors.
func apply(b []byte, op *Op, random *rand.Rand) []byte {
	switch op.Kind {
	case Remove:
		return nil
	case Truncate:
		return slices.Clone(grown(b, op.At)[:op.At])
	case Write:
		whole := random == nil || random.IntN(2) == 0
		for done := int64(0); done < int64(len(op.Data)); {
			from := op.At + done
			part := min(int64(len(op.Data))-done, sector-from%sector)
			if whole || random.IntN(2) == 0 {
				b = grown(b, from+part)
				copy(b[from:], op.Data[done:done+part])
			}
			done += part
		}
	}
	return b
}

func grown(b []byte, size int64) []byte {
	if int64(len(b)) >= size {
		return b
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}
