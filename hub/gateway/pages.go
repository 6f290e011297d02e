package gateway

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
)

const (
	moderatorPage = "moderator.html"
	screenPage    = "screen.html"
)

// The pages by their addresses; which of them is shown for what is the only
// thing the server knows about them.
var pageRoutes = []struct{ path, file string }{
	{"/", "attendee.html"},
	{"/j/:code", "attendee.html"},
	{"/s/:session", "attendee.html"},
	{"/c/:conference", "attendee.html"},
	{"/m/:session", moderatorPage},
	{"/screen/:session", screenPage},
	{"/stage/:session", "stage.html"},
	{"/translate/:session", "translate.html"},
	{"/o/:conference", "organiser.html"},
	{"/enter", "enter.html"},
}

// pages registers the web app.
func (g *Gateway) pages(e *echo.Echo) {
	for _, p := range pageRoutes {
		e.GET(p.path, func(c echo.Context) error { return g.page(c, p.file) })
	}
	e.GET("/assets/*", g.asset)
	e.GET("/:file", g.asset)
}

// page serves an HTML page, and gives a first visit its identity, so that the
// socket that follows has one.
func (g *Gateway) page(c echo.Context, file string) error {
	if g.cfg.Pages == nil {
		return problem(oplog.NotFound, "this binary was built without its pages; build it with `make build`")
	}
	body, err := fs.ReadFile(g.cfg.Pages, file)
	if err != nil {
		return problem(oplog.NotFound, "there is no such page")
	}
	g.setVisitor(c.Response(), g.identify(c.Request()))
	h := c.Response().Header()
	switch file {
	case moderatorPage: // it has the screen in it, as the hall sees it
		g.headers.Showing(h)
	case screenPage:
		g.headers.Shown(h)
	default:
		g.headers.Page(h)
	}
	h.Set("Cache-Control", "no-cache")
	return c.HTMLBlob(http.StatusOK, body)
}

// asset serves a file of the web app. Hashed names never change their content.
func (g *Gateway) asset(c echo.Context) error {
	if g.cfg.Pages == nil {
		return problem(oplog.NotFound, "this binary was built without its pages")
	}
	name := strings.TrimPrefix(path.Clean("/"+c.Request().URL.Path), "/")
	if strings.HasSuffix(name, ".html") || strings.HasPrefix(name, ".") {
		return problem(oplog.NotFound, "there is nothing at this address")
	}
	body, encoding, err := precompressed(g.cfg.Pages, name, c.Request().Header.Get("Accept-Encoding"))
	if err != nil {
		return problem(oplog.NotFound, "there is nothing at this address")
	}
	h := c.Response().Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	return c.Blob(http.StatusOK, contentType(name), body)
}

// precompressed reads the smallest form of a file that the browser takes.
func precompressed(files fs.FS, name, accepts string) (body []byte, encoding string, err error) {
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if strings.Contains(accepts, form.encoding) {
			if body, err := fs.ReadFile(files, name+form.suffix); err == nil {
				return body, form.encoding, nil
			}
		}
	}
	body, err = fs.ReadFile(files, name)
	return body, "", err
}

func contentType(name string) string {
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	if strings.HasSuffix(name, ".webmanifest") {
		return "application/manifest+json"
	}
	return "application/octet-stream"
}
