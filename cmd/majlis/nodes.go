package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"majlis/hub/metrics"
	"majlis/hub/whisper"
)

// tellNodes prints who serves from a store that many nodes may share. Each says
// once a second that it is there.
func tellNodes(ctx context.Context, s store, stdout io.Writer) {
	bus := whispers(s)
	if bus == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, whisper.FadeAfter)
	defer cancel()
	circle := whisper.New(whisper.Config{Bus: bus, Mute: true, Observer: metrics.New(version)})
	circle.Run(ctx)
	nodes, versions := circle.Nodes(), map[string]bool{}
	for _, n := range nodes {
		ready := "ready"
		if !n.Ready {
			ready = "not ready"
		}
		fmt.Fprintf(stdout, "node %s: %s, version %s, %d connections, since %s\n",
			n.Name, ready, n.Version, n.Connections, time.UnixMilli(n.Since).UTC().Format(time.RFC3339))
		versions[n.Version] = true
	}
	switch {
	case len(nodes) == 0:
		fmt.Fprintln(stdout, "nodes: none serves from this store now")
	case len(versions) > 1:
		fmt.Fprintf(stdout, "nodes: %d versions run side by side; finish the update, or go back on all\n", len(versions))
	}
}
