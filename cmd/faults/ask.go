package faults

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"testing"
	"time"
)

// Ask has a new visitor ask a question over plain HTTP, and returns how long the
// answer took, whatever it was.
func Ask(t testing.TB, n *Node) time.Duration {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	post := func(path, body string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, n.URL()+path, bytes.NewBufferString(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", n.URL())
		r.Header.Set("Content-Type", "application/json")
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			t.Fatal(err)
		}
	}
	post("/api/v1/hello", "")
	began := time.Now()
	post("/api/v1/topics/session/"+Session+"/commands", fmt.Sprintf(
		`{"id":%q,"cmd":{"type":"question.ask","id":%q,"text":"Is anybody there?","lang":"en"}}`, ulid(), ulid()))
	return time.Since(began)
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ulid is a new one: ten characters of time, sixteen of chance.
func ulid() string {
	var b [26]byte
	rand.Read(b[10:])
	ms := time.Now().UnixMilli()
	for i := range b {
		if i < 10 {
			b[i] = byte(ms >> (45 - 5*i))
		}
		b[i] = crockford[b[i]%32]
	}
	return string(b[:])
}
