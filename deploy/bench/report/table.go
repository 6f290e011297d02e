package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Column is a figure as the table shows it.
type Column struct {
	Title  string
	Figure string
	To     string // show the ratio to this server instead
	Digits int
}

// Table prints one table for each case of a measure. Figures that nobody has are
// left out.
func Table(w io.Writer, medians []Median, columns []Column) error {
	for i := 0; i < len(medians); {
		j := i
		for j < len(medians) && medians[j].Case == medians[i].Case {
			j++
		}
		if err := table(w, medians[i:j], columns); err != nil {
			return err
		}
		i = j
	}
	return nil
}

func table(w io.Writer, rows []Median, columns []Column) error {
	if _, err := fmt.Fprintf(w, "\n%s (median of %d)\n\n", rows[0].Case, rows[0].Rounds); err != nil {
		return err
	}
	var shown []Column
	head, rule := []string{"server"}, []string{"---"}
	for _, c := range columns {
		if c.anywhere(rows) {
			shown = append(shown, c)
			head, rule = append(head, c.Title), append(rule, "--:")
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| "+strings.Join(head, "\t| ")+"\t|")
	fmt.Fprintln(t, "| "+strings.Join(rule, "\t| ")+"\t|")
	for _, m := range rows {
		cells := []string{m.Server}
		for _, c := range shown {
			cells = append(cells, c.cell(m))
		}
		fmt.Fprintln(t, "| "+strings.Join(cells, "\t| ")+"\t|")
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, m := range rows {
		for _, fault := range m.Faults {
			fmt.Fprintf(w, "\n%s: %s", m.Server, fault)
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// anywhere says whether a row has something to show in the column.
func (c Column) anywhere(rows []Median) bool {
	for _, m := range rows {
		if c.cell(m) != "" {
			return true
		}
	}
	return false
}

func (c Column) cell(m Median) string {
	v, ok := m.Figures[c.Figure]
	if c.To != "" {
		if v, ok = m.Ratios[c.Figure][c.To]; ok {
			return fmt.Sprintf("%.2f", v)
		}
		if _, has := m.Figures[c.Figure]; has && m.Server == c.To {
			return "1"
		}
		return ""
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%.*f", c.Digits, v)
}
