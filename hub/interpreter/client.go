package interpreter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Client speaks to one translator.
type Client struct {
	address string
	key     string
	http    *http.Client
}

// NewClient makes a client of an http or https address, which is the one that is
// asked: with its path, without anything else. The key may be empty.
func NewClient(address, key string) (*Client, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the translator's address: %w", err)
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("the translator's address %q: want one like https://translate.example/translate", u.Redacted())
	}
	return &Client{address: u.String(), key: key, http: &http.Client{
		Timeout: Timeout,
		Transport: &http.Transport{
			DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout:   5 * time.Second,
			ResponseHeaderTimeout: Timeout,
			IdleConnTimeout:       time.Minute,
			MaxIdleConnsPerHost:   AtOnce,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

type (
	asked struct {
		Q      string `json:"q"`
		Source string `json:"source"`
		Target string `json:"target"`
		Format string `json:"format"`
		Key    string `json:"api_key,omitempty"`
	}
	answered struct {
		Text string `json:"translatedText"`
	}
)

var errEmpty = errors.New("the answer has no translatedText")

// Translate puts a text into another language. An empty from: the translator
// finds out.
func (c *Client) Translate(ctx context.Context, text, from, to string) (string, error) {
	if from == "" {
		from = "auto"
	}
	body, err := json.Marshal(asked{text, from, to, "text", c.key})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, MaxAnswer+1))
	switch {
	case err != nil:
		return "", err
	case resp.StatusCode != http.StatusOK:
		return "", fmt.Errorf("the translator answers %s", resp.Status)
	case len(answer) > MaxAnswer:
		return "", fmt.Errorf("the answer has more than %d bytes", MaxAnswer)
	}
	var a answered
	if err := json.Unmarshal(answer, &a); err != nil {
		return "", fmt.Errorf("the answer: %w", err)
	}
	if a.Text == "" {
		return "", errEmpty
	}
	return a.Text, nil
}
