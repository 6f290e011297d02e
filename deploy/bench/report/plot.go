package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Panel is one plot: a figure against what was varied.
type Panel struct {
	Title, X, Y string
	Figure      string
	Of          func(Median) (x float64, ok bool)
}

// The measures of a picture, in pixels.
const (
	panelWidth  = 330
	panelHeight = 250
	marginLeft  = 46
	marginRight = 24
	marginTop   = 34
	marginBelow = 44
	legendLine  = 26
)

// colours are distinct to people who see colours in other ways too (Okabe and
// Ito); the first server's line is the thickest.
var colours = []string{"#0072b2", "#000000", "#009e73", "#cc79a7", "#d55e00", "#e69f00"}

// line is one server's points.
type line struct {
	server string
	points [][2]float64
}

// Plot draws panels side by side as SVG. Those without a line of two points are
// left out; it is empty if that is all of them.
func Plot(medians []Median, panels []Panel) string {
	servers := make([]string, 0, len(colours))
	for _, m := range medians {
		if !slices.Contains(servers, m.Server) {
			servers = append(servers, m.Server)
		}
	}
	var drawn []string
	for _, p := range panels {
		if lines := p.lines(medians, servers); len(lines) > 0 {
			drawn = append(drawn, p.draw(lines, servers, len(drawn)*panelWidth))
		}
	}
	if len(drawn) == 0 {
		return ""
	}
	width := len(drawn) * panelWidth
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n",
		width, panelHeight+legendLine, width, panelHeight+legendLine)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	b.WriteString(strings.Join(drawn, ""))
	for i, s := range servers {
		x := marginLeft + i*100
		fmt.Fprintf(&b, `<path d="M%d %dh18" stroke="%s" stroke-width="2.5"/><text x="%d" y="%d">%s</text>`+"\n",
			x, panelHeight+8, colour(i), x+24, panelHeight+12, escape(s))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (p *Panel) lines(medians []Median, servers []string) []line {
	var out []line
	for _, s := range servers {
		l := line{server: s}
		for _, m := range medians {
			x, ok := p.Of(m)
			y, has := m.Figures[p.Figure]
			if m.Server == s && ok && has {
				l.points = append(l.points, [2]float64{x, y})
			}
		}
		slices.SortFunc(l.points, func(a, b [2]float64) int { return int(math.Copysign(1, a[0]-b[0])) })
		if len(l.points) > 1 {
			out = append(out, l)
		}
	}
	return out
}

// draw draws one panel: logarithmic to the right, linear from 0 upwards.
func (p *Panel) draw(lines []line, servers []string, left int) string {
	var xs []float64
	top := 0.0
	for _, l := range lines {
		for _, pt := range l.points {
			xs = append(xs, pt[0])
			top = max(top, pt[1])
		}
	}
	slices.Sort(xs)
	xs = slices.Compact(xs)
	step := tick(top)
	top = math.Ceil(top/step) * step
	low, high := math.Log(xs[0]), math.Log(xs[len(xs)-1])
	x := func(v float64) float64 {
		return float64(marginLeft) + (math.Log(v)-low)/(high-low)*(panelWidth-marginLeft-marginRight)
	}
	y := func(v float64) float64 {
		return panelHeight - marginBelow - v/top*(panelHeight-marginTop-marginBelow)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<g transform="translate(%d 0)"><text x="%d" y="18" font-weight="bold">%s</text>`+"\n", left, marginLeft, escape(p.Title))
	for v := 0.0; v <= top+step/2; v += step {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g</text>`+"\n",
			marginLeft, y(v), panelWidth-marginRight, marginLeft-5, y(v)+4, v)
	}
	for _, v := range thinned(xs, x) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n", x(v), panelHeight-marginBelow+15, v)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%s</text><text x="%d" y="31" fill="#555">%s</text>`+"\n",
		(panelWidth+marginLeft)/2, panelHeight-marginBelow+30, escape(p.X), marginLeft, escape(p.Y))
	for _, l := range lines {
		i := slices.Index(servers, l.server)
		var path strings.Builder
		for j, pt := range l.points {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(j, 1)], x(pt[0]), y(pt[1]))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="2.5" fill="%s"/>`, x(pt[0]), y(pt[1]), colour(i))
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="%g"/>`+"\n", path.String(), colour(i), map[bool]float64{true: 2.5, false: 1.5}[i == 0])
	}
	b.WriteString("</g>\n")
	return b.String()
}

// thinned leaves out what would be written over its neighbour.
func thinned(xs []float64, x func(float64) float64) []float64 {
	const apart = 34
	var out []float64
	for _, v := range xs {
		if len(out) == 0 || x(v)-x(out[len(out)-1]) >= apart {
			out = append(out, v)
		}
	}
	return out
}

// tick is a round distance between lines, of which about five fit below top.
func tick(top float64) float64 {
	if top <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(top/5)))
	for _, f := range []float64{1, 2, 5} {
		if top/(f*unit) <= 6 {
			return f * unit
		}
	}
	return 10 * unit
}

func colour(i int) string { return colours[i%len(colours)] }

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
