package session

import "slices"

// countRanks adds a ballot to the comparisons of options by pairs, or takes it
// away. What is not ranked stands level behind the rest, or is not compared.
func (p *poll) countRanks(v value, sign int) {
	n := len(v)
	place := func(i int) int {
		if v[i] == 0 {
			return n + 1
		}
		return int(v[i])
	}
	first, alone := 0, 0
	for i := range n {
		if v[i] == 1 {
			first, alone = i, alone+1
		}
		for j := range n {
			if i == j || p.Apart && (v[i] == 0 || v[j] == 0) {
				continue
			}
			switch a, b := place(i), place(j); {
			case a < b:
				p.Pairs[i*n+j] += sign
			case a == b:
				p.Level[i*n+j] += sign
			}
		}
	}
	if alone == 1 {
		p.Counts[first] += sign
	}
}

// borda is for each option how many comparisons it has won and met, both
// doubled, so that a tie is one of two. Their quotient is the mean of Borda's
// count over everybody who compared it.
func (c *counter) borda() (won, met []int) {
	n := len(c.Counts)
	won, met = make([]int, n), make([]int, n)
	for i := range n {
		for j := range n {
			won[i] += 2*c.Pairs[i*n+j] + c.Level[i*n+j]
			met[i] += 2 * (c.Pairs[i*n+j] + c.Pairs[j*n+i] + c.Level[i*n+j])
		}
	}
	return won, met
}

// schulze orders the options by Schulze's method with winning votes (Markus
// Schulze, "A new monotonic, clone-independent, reversal symmetric, and
// Condorcet-consistent single-winner election method", Social Choice and Welfare
// 36, 2011): groups of ids, the best first; those that beat each other nowhere
// share one.
func (c *counter) schulze() [][]int {
	n := len(c.Counts)
	path := make([]int, n*n)
	for i := range n {
		for j := range n {
			if c.Pairs[i*n+j] > c.Pairs[j*n+i] {
				path[i*n+j] = c.Pairs[i*n+j]
			}
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				if i != j {
					path[i*n+j] = max(path[i*n+j], min(path[i*n+k], path[k*n+j]))
				}
			}
		}
	}
	left := make([]int, n)
	for i := range left {
		left[i] = i
	}
	var out [][]int
	for len(left) > 0 {
		var group []int
		for _, i := range left {
			if !slices.ContainsFunc(left, func(j int) bool { return path[j*n+i] > path[i*n+j] }) {
				group = append(group, i+1)
			}
		}
		out = append(out, group)
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(group, i+1) })
	}
	return out
}
