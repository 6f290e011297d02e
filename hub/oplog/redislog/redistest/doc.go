// Package redistest starts real Redis servers for tests: alone, with replicas
// and sentinels, or as a cluster, on free ports of loopback, in directories of the
// test, and ends them with it.
//
//	server := redistest.Start(t)             // appendonly yes, appendfsync always
//	log, err := redislog.Open(ctx, redislog.Config{URL: server.URL(), Secret: secret})
//	server.Kill()                            // kill -9
//	server.Restart()                         // from the same directory
//
// A server lives no longer than the test's process, also when that is killed
// (on Linux). A test is skipped where redis-server is not installed, unless CI is
// set: then it fails.
package redistest
