package disktest

import (
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Install puts a disk under every database that this process opens from now on.
// There is one a process: call it from TestMain.
var Install = sync.OnceValues(install)

func install() (*Disk, error) {
	tls := libc.NewTLS()
	defer tls.Close()
	under := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if under == 0 {
		return nil, errors.New("SQLite has no file system of its own to stand on")
	}
	v := &vfs{disk: &Disk{hooks: map[string]Hook{}}, under: under, tables: map[uintptr]table{}, files: map[uintptr]file{}}
	copied, err := allocate[sqlite3.Tsqlite3_vfs](tls)
	if err != nil {
		return nil, err
	}
	*at[sqlite3.Tsqlite3_vfs](copied) = *at[sqlite3.Tsqlite3_vfs](under)
	if at[sqlite3.Tsqlite3_vfs](copied).FzName, err = libc.CString("disktest"); err != nil {
		return nil, err
	}
	v.open, v.remove = v.xOpen, v.xDelete
	v.write, v.truncate, v.sync, v.close = v.xWrite, v.xTruncate, v.xSync, v.xClose
	at[sqlite3.Tsqlite3_vfs](copied).FxOpen = pointer(v.open)
	at[sqlite3.Tsqlite3_vfs](copied).FxDelete = pointer(v.remove)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, copied, 1); rc != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("SQLite does not take another file system: code %d", rc)
	}
	kept = append(kept, v)
	return v.disk, nil
}

// kept holds what only SQLite points to, where the collector does not look.
var kept []*vfs

// The functions of SQLite's tables that are exchanged.
type (
	openFunc     func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	deleteFunc   func(tls *libc.TLS, vfs, name uintptr, directory int32) int32
	writeFunc    func(tls *libc.TLS, file, data uintptr, size int32, at int64) int32
	truncateFunc func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc     func(tls *libc.TLS, file uintptr, flags int32) int32
	closeFunc    func(tls *libc.TLS, file uintptr) int32
)

// vfs is SQLite's own file system with other functions where files are written.
type vfs struct {
	// Static after install.
	disk     *Disk
	under    uintptr
	open     openFunc
	remove   deleteFunc
	write    writeFunc
	truncate truncateFunc
	sync     syncFunc
	close    closeFunc

	mu     sync.Mutex
	tables map[uintptr]table // guarded by mu; by the table that was there before
	files  map[uintptr]file  // guarded by mu; the open ones
}

// table is a table of functions of files.
type table struct{ before, ours uintptr }

// file is one open file.
type file struct {
	path   string
	before *sqlite3.Tsqlite3_io_methods
	made   bool // with its first sync SQLite syncs the directory too
}

func (v *vfs) xOpen(tls *libc.TLS, _, name, f uintptr, flags int32, out uintptr) int32 {
	under := at[sqlite3.Tsqlite3_vfs](v.under)
	rc := function[openFunc](under.FxOpen)(tls, v.under, name, f, flags, out)
	methods := &at[sqlite3.Tsqlite3_file](f).FpMethods
	if rc != sqlite3.SQLITE_OK || *methods == 0 || name == 0 {
		return rc
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	t, ok := v.tables[*methods]
	if !ok {
		ours, err := allocate[sqlite3.Tsqlite3_io_methods](tls)
		if err != nil {
			return sqlite3.SQLITE_NOMEM
		}
		changed := at[sqlite3.Tsqlite3_io_methods](ours)
		*changed = *at[sqlite3.Tsqlite3_io_methods](*methods)
		changed.FxWrite, changed.FxTruncate = pointer(v.write), pointer(v.truncate)
		changed.FxSync, changed.FxClose = pointer(v.sync), pointer(v.close)
		t = table{before: *methods, ours: ours}
		v.tables[*methods] = t
	}
	const journals = sqlite3.SQLITE_OPEN_MAIN_JOURNAL | sqlite3.SQLITE_OPEN_SUPER_JOURNAL | sqlite3.SQLITE_OPEN_WAL
	v.files[f] = file{
		path: libc.GoString(name), before: at[sqlite3.Tsqlite3_io_methods](t.before),
		made: flags&sqlite3.SQLITE_OPEN_CREATE != 0 && flags&journals != 0,
	}
	*methods = t.ours
	return rc
}

func (v *vfs) xDelete(tls *libc.TLS, _, name uintptr, directory int32) int32 {
	if err := v.disk.ask(Op{Kind: Remove, Path: libc.GoString(name), Directory: directory != 0}); err != nil {
		return refusal(err, sqlite3.SQLITE_IOERR_DELETE)
	}
	return function[deleteFunc](at[sqlite3.Tsqlite3_vfs](v.under).FxDelete)(tls, v.under, name, directory)
}

func (v *vfs) file(f uintptr) file {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.files[f]
}

func (v *vfs) xWrite(tls *libc.TLS, f, data uintptr, size int32, offset int64) int32 {
	of := v.file(f)
	err := v.disk.ask(Op{Kind: Write, Path: of.path, At: offset, Data: unsafe.Slice(at[byte](data), size)})
	if err != nil {
		return refusal(err, sqlite3.SQLITE_IOERR_WRITE)
	}
	return function[writeFunc](of.before.FxWrite)(tls, f, data, size, offset)
}

func (v *vfs) xTruncate(tls *libc.TLS, f uintptr, size int64) int32 {
	of := v.file(f)
	if err := v.disk.ask(Op{Kind: Truncate, Path: of.path, At: size}); err != nil {
		return refusal(err, sqlite3.SQLITE_IOERR_TRUNCATE)
	}
	return function[truncateFunc](of.before.FxTruncate)(tls, f, size)
}

func (v *vfs) xSync(tls *libc.TLS, f uintptr, flags int32) int32 {
	v.mu.Lock()
	of := v.files[f]
	v.files[f] = file{path: of.path, before: of.before}
	v.mu.Unlock()
	if err := v.disk.ask(Op{Kind: Sync, Path: of.path, Directory: of.made}); err != nil {
		return refusal(err, sqlite3.SQLITE_IOERR_FSYNC)
	}
	return function[syncFunc](of.before.FxSync)(tls, f, flags)
}

func (v *vfs) xClose(tls *libc.TLS, f uintptr) int32 {
	v.mu.Lock()
	of := v.files[f]
	delete(v.files, f)
	v.mu.Unlock()
	return function[closeFunc](of.before.FxClose)(tls, f)
}

// refusal is the code that SQLite's own file system would answer.
func refusal(err error, broken int32) int32 {
	if errors.Is(err, ErrFull) {
		return sqlite3.SQLITE_FULL
	}
	return broken
}

// allocate makes room that the collector does not move or free.
func allocate[T any](tls *libc.TLS) (uintptr, error) {
	var t T
	p := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(t)))
	if p == 0 {
		return 0, errors.New("no memory for SQLite's tables")
	}
	return p, nil
}

// at is what lies at an address of SQLite's.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// pointer is a function as SQLite's tables hold it: the value itself, as the
// translated code calls it.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// function is the function that a table holds.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }
