// Command centrifuge is a server on the centrifuge library as its README shows
// it: JSON protocol, broker in memory, defaults everywhere.
package main

import (
	"compress/flate"
	"log"
	"net/http"

	"github.com/centrifugal/centrifuge"

	"majlis/deploy/bench/peers/peer"
)

func main() {
	f := peer.Parse()
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		log.Fatal(err)
	}
	node.OnConnect(func(client *centrifuge.Client) {
		client.OnSubscribe(func(_ centrifuge.SubscribeEvent, answer centrifuge.SubscribeCallback) {
			answer(centrifuge.SubscribeReply{}, nil)
		})
	})
	if err := node.Run(); err != nil {
		log.Fatal(err)
	}
	ws := centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		Compression: f.Compress, CompressionLevel: flate.BestSpeed, // as Centrifugo sets it; 0 would not compress
	})
	anybody := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws.ServeHTTP(w, r.WithContext(centrifuge.SetCredentials(r.Context(), &centrifuge.Credentials{})))
	})
	peer.Serve(f, anybody, func(b []byte) {
		if _, err := node.Publish("room", b); err != nil {
			log.Print(err)
		}
	})
}
