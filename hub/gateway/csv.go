package gateway

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SafeCell makes a text harmless in a spreadsheet, which would run one that
// starts like a formula (CWE-1236, OWASP "CSV injection"): an apostrophe goes in
// front. The full-width signs count, and so does a sign behind blanks, since
// some programs trim a cell before they look.
//
// It can be undone: a cell that starts with apostrophes and then like a formula
// has one apostrophe too many; every other cell is what it was.
func SafeCell(s string) string {
	if startsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

func startsFormula(s string) bool {
	if s != "" && strings.ContainsRune("\t\r\n\x00", rune(s[0])) {
		return true
	}
	shown, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unseen))
	return strings.ContainsRune("=+-@＝＋－＠", shown)
}

func unseen(r rune) bool { return unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf) }

// CSV writes a table (RFC 4180) that spreadsheets read as they should: UTF-8
// with a byte order mark, every cell quoted, none of them a formula.
type CSV struct {
	w     *bufio.Writer
	begun bool
	width int // of the first row
}

// NewCSV makes a table that is written to w.
func NewCSV(w io.Writer) *CSV { return &CSV{w: bufio.NewWriter(w)} }

var quoteCell = strings.NewReplacer(`"`, `""`)

// Row writes one row, as wide as the first. An error of the writer below is returned by Flush.
func (t *CSV) Row(cells ...string) {
	if !t.begun {
		t.begun, t.width = true, len(cells)
		t.w.WriteString("\ufeff")
	}
	for i, cell := range cells {
		if i > 0 {
			t.w.WriteByte(',')
		}
		t.w.WriteByte('"')
		quoteCell.WriteString(t.w, SafeCell(strings.ToValidUTF8(cell, "\uFFFD")))
		t.w.WriteByte('"')
	}
	for range t.width - len(cells) {
		t.w.WriteString(`,""`)
	}
	t.w.WriteString("\r\n")
}

// Flush writes what is still held back, and returns the first error of all.
func (t *CSV) Flush() error { return t.w.Flush() }
