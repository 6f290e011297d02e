package frab

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// The formats that are read.
const (
	formatXML  = "frab-xml"
	formatJSON = "schedule-json"
)

// reads ends every refusal of another format.
const reads = "Majlis reads schedule XML (frab, c3voc, pretalx, wafer, pentabarf) and schedule JSON with schedule.conference"

var utf8BOM = []byte("\xef\xbb\xbf")

// sniff tells which decoder a file is for, by its first bytes: names lie.
func sniff(body []byte, name string) (format string, err error) {
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) {
		return "", refuse(1, Encoding, "the file is in UTF-16; save it as UTF-8")
	}
	body = bytes.TrimPrefix(body, utf8BOM)
	head := bytes.TrimSpace(body[:min(len(body), 1024)])
	if len(bytes.TrimSpace(body)) == 0 {
		return "", refuse(0, Empty, "the file is empty")
	}
	switch {
	case begins(head, "begin:vcalendar"):
		return "", refuse(1, OtherFormat, "this is an iCalendar file; %s", reads)
	case begins(head, "<!doctype html"), begins(head, "<html"):
		return "", refuse(1, OtherFormat, "this is an HTML page, not a programme (perhaps a redirect or an error page was saved); %s", reads)
	}
	if at := firstInvalid(body); at >= 0 {
		return "", refuse(lineAt(body, at), Encoding, "the file is not UTF-8 here; save it as UTF-8")
	}
	switch {
	case begins(head, "<"):
		return formatXML, nil
	case begins(head, "{"), begins(head, "["):
		return formatJSON, nil
	}
	return "", refuse(1, OtherFormat, "%s is not a programme; %s", quote(name), reads)
}

func begins(head []byte, lower string) bool {
	return len(head) >= len(lower) && strings.EqualFold(string(head[:len(lower)]), lower)
}

// firstInvalid is where the first byte stands that is not UTF-8; -1 if all is.
func firstInvalid(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func lineAt(b []byte, at int) int { return 1 + bytes.Count(b[:at], []byte("\n")) }
