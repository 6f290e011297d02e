// Package oplogtest is what every kind of log must pass: the contract of
// oplog.Store as tests.
//
// A kind brings a few lines that open an empty store:
//
//	func TestLog(t *testing.T) {
//		oplogtest.Run(t, func(t *testing.T) (oplog.Store, func() oplog.Store) {
//			return memlog.New(), nil
//		})
//	}
//
// The suite closes what it was given. It names its topics itself, a fresh one
// a test, so a store that is shared and not empty serves as well. Nothing in it
// measures time; the only clock is a deadline for waiting that should never have
// been needed.
package oplogtest
