package frab

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Read reads a programme. The name of the file serves messages only. The error
// is an *Error, or what the reader said.
func Read(r io.Reader, name string, o Options) (Report, error) {
	body, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return Report{}, fmt.Errorf("read the programme: %w", err)
	}
	if len(body) > MaxFile {
		return Report{}, &Error{Kind: TooMuch, Reason: fmt.Sprintf("the file is larger than %d MiB; leave out texts or split the conference", MaxFile>>20)}
	}
	var f *file
	kind, err := sniff(body, name)
	if err == nil {
		body = bytes.TrimPrefix(body, utf8BOM)
		switch kind {
		case formatXML:
			f, err = readXML(body)
		case formatJSON:
			f, err = readJSON(body)
		}
	}
	if err != nil {
		return Report{}, refusal(err)
	}
	report, err := build(f, o)
	if err != nil {
		return Report{}, refusal(err)
	}
	report.Format = kind
	return report, nil
}

// refusal makes an *Error of whatever went wrong.
func refusal(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Unfit, Reason: err.Error()}
}

func refuse(line int, kind Kind, format string, args ...any) error {
	return &Error{Line: line, Kind: kind, Reason: fmt.Sprintf(format, args...)}
}

// quote repeats a piece of the file in a message.
func quote(s string) string {
	if len(s) > maxQuote {
		cut := maxQuote
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "…"
	}
	return fmt.Sprintf("%q", s)
}
