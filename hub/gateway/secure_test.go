package gateway_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net/http"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// TestTLSThatWeEndOurselves: pages, cookies and sockets work over it, and the
// cookies are those of https.
func TestTLSThatWeEndOurselves(t *testing.T) {
	h := openWith(t, &tls.Config{Certificates: []tls.Certificate{certificate(t)}})
	trusting := func() *http.Client {
		c := &http.Client{Jar: h.jar(), Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		if r := h.request(c, "GET", "/s/opening", "", nil); r.status != http.StatusOK {
			t.Fatalf("the page answers %d", r.status)
		}
		return c
	}
	h.say("chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("chair", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	one, two := h.dial(trusting(), nil), h.dial(trusting(), nil)
	for _, l := range []*line{one, two} {
		l.send(`{"t":"watch","topic":"session/opening","role":"attendee"}`)
		l.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.Mine); return ok })
	}
	one.send(do(1, ask(1, "Is this safe?")))
	one.until(isAck)
	two.until(func(f wire.ServerFrame) bool {
		p, ok := f.(wire.Patch)
		return ok && p.Doc["question"] != nil
	})
}

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
