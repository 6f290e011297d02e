package session

// numberView is how the numbers that were given lie. Each of the five is one that
// somebody gave: the smallest that at least that part of the people do not
// exceed.
type numberView struct {
	Low    int64 `json:"low"`
	Q1     int64 `json:"q1"`
	Median int64 `json:"median"`
	Q3     int64 `json:"q3"`
	High   int64 `json:"high"`
	From   int64 `json:"from"` // where the first bin begins
	Width  int64 `json:"width"`
	Bins   []int `json:"bins"` // people; the last one holds High
}

// numbers sums up the numbers that were given, nil for none.
func (c *counter) numbers() *numberView {
	if c.People == 0 {
		return nil
	}
	v := &numberView{
		Low: c.Values[0].V, High: c.Values[len(c.Values)-1].V,
		Q1: c.quantile(1, 4), Median: c.quantile(1, 2), Q3: c.quantile(3, 4),
	}
	v.Width = binWidth(v.High - v.Low)
	v.From = floorTo(v.Low, v.Width)
	v.Bins = make([]int, (v.High-v.From)/v.Width+1)
	for _, w := range c.Values {
		v.Bins[(w.V-v.From)/v.Width] += w.N
	}
	return v
}

// quantile is the smallest number that at least a of b parts of the people do
// not exceed.
func (c *counter) quantile(a, b int) int64 {
	need := (c.People*a + b - 1) / b
	for _, w := range c.Values {
		if need -= w.N; need <= 0 {
			return w.V
		}
	}
	return c.Values[len(c.Values)-1].V
}

// binWidth is the smallest of 1, 2, 5, 10, 20 … that needs at most MaxBins bins.
func binWidth(span int64) int64 {
	for unit := int64(1); ; unit *= 10 {
		for _, width := range []int64{unit, 2 * unit, 5 * unit} {
			if span/width+2 <= MaxBins {
				return width
			}
		}
	}
}

// floorTo is the largest multiple of width that is not above n.
func floorTo(n, width int64) int64 {
	rest := n % width
	if rest < 0 {
		rest += width
	}
	return n - rest
}
