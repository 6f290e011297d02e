package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// spareFiles is how many files a server and this process need beside their
// connections.
const spareFiles = 96

// fit raises the limit of open files as far as it goes, and leaves out what does
// not fit.
func (b *bench) fit() error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("read the limit of open files: %w", err)
	}
	limit.Cur = limit.Max
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("raise the limit of open files: %w", err)
	}
	most := int(limit.Max) - voterCount - spareFiles
	if b.storm > most {
		return fmt.Errorf("--storm %d needs more open files than the %d that a process may have here", b.storm, limit.Max)
	}
	for _, n := range b.seats {
		if n > most {
			return fmt.Errorf("--per-node %d needs more open files than the %d that a process may have here", n, limit.Max)
		}
	}
	b.conns = slices.DeleteFunc(b.conns, func(n int) bool {
		if n > most {
			fmt.Fprintf(os.Stderr, "%d connections need %d open files, and a process may have %d here: not measured\n", n, n+voterCount+spareFiles, limit.Max)
			b.bad = true
			return true
		}
		return false
	})
	if len(b.conns) == 0 {
		return fmt.Errorf("a process may open %d files, too few for anything that was asked for", limit.Max)
	}
	return nil
}

// machine says where it was measured.
func machine(dir string) map[string]string {
	out := map[string]string{"cores": fmt.Sprint(runtime.NumCPU())}
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		out["kernel"] = unix.ByteSliceToString(name.Sysname[:]) + " " + unix.ByteSliceToString(name.Release[:])
	}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				out["processor"] = strings.TrimSpace(v)
				break
			}
		}
	}
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) == nil {
		out["memory"] = fmt.Sprintf("%d MiB", uint64(info.Totalram)*uint64(info.Unit)>>20)
	}
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) == nil {
		out["open files"] = fmt.Sprint(limit.Max)
	}
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) == nil {
		out["store on"] = fileSystem(int64(fs.Type))
	}
	return out
}

func fileSystem(magic int64) string {
	switch magic {
	case unix.EXT4_SUPER_MAGIC:
		return "ext4"
	case unix.XFS_SUPER_MAGIC:
		return "xfs"
	case unix.BTRFS_SUPER_MAGIC:
		return "btrfs"
	case unix.TMPFS_MAGIC:
		return "tmpfs: its fsync costs nothing"
	case unix.OVERLAYFS_SUPER_MAGIC:
		return "overlayfs"
	}
	return fmt.Sprintf("%#x", magic)
}

// versions reads what the programs were built of.
func (b *bench) versions() map[string]string {
	out := map[string]string{"go": runtime.Version()}
	for _, name := range b.servers {
		path := filepath.Join(b.peers, name)
		if name == majlis {
			path, out[majlis] = b.config.majlis, b.version
		}
		info, err := buildinfo.ReadFile(path)
		if err != nil {
			continue // the send loop is in C
		}
		for _, d := range info.Deps {
			if slices.Contains([]string{"github.com/centrifugal/centrifuge", "github.com/lxzan/gws", "github.com/coder/websocket"}, d.Path) {
				out[name+": "+d.Path] = d.Version
			}
		}
	}
	return out
}

func (b *bench) parameters() map[string]string {
	return map[string]string{
		"connections": spell(b.conns), "changes at once": spell(b.changes), "rounds": fmt.Sprint(b.rounds),
		"window": b.window.String(), "message bytes": fmt.Sprint(b.size), "sizes": spell(b.sizes),
		"stopped for": b.duration.String(), "nodes": fmt.Sprint(b.nodes), "phones per node": spell(b.seats), "handshakes at once": fmt.Sprint(window),
	}
}
