// Package proof holds the files of deploy to what the program is: there is
// nothing in it but tests.
//
// names_test.go reads the files alone: every name of a metric in rules and
// dashboard is one that the hub exports (hub/metrics/testdata), every metric is
// shown, every alert has its paragraph in the runbook and its two cases. It runs
// with all other tests.
//
// stack_test.go (build tag stack; `make stack-test`) starts deploy/tools/stack.sh
// and looks at it from outside: pages, WebSockets and events through nginx, every
// expression at a live Prometheus, and a node that is drained under its phones.
package proof
