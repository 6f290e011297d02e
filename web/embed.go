// Package web holds the built pages, so that one binary is the whole hub.
//
// The pages are built by `npm run build` into dist. A binary that was built
// without them still runs: [Pages] says so, and the gateway answers every page
// with a sentence that tells what to do.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Pages returns the built pages, rooted at dist: attendee.html and its kin, and
// assets/ with hashed names and a .br and a .gz beside each text file. The second
// result is false if this binary was built before the pages were.
func Pages() (fs.FS, bool) {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist, false
	}
	_, err = fs.Stat(pages, "attendee.html")
	return pages, err == nil
}
