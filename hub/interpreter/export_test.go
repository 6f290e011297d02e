package interpreter

import "net/http"

// Over lets a client speak over something else than the network.
func (c *Client) Over(t http.RoundTripper) { c.http.Transport = t }
