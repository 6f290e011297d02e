// Package memlog is a log in memory: gone with the process. Tests and
// simulations use it where a real store would only be slow.
//
// It keeps the whole contract of oplog.Store, so what was tried on it holds on
// the other kinds too; oplogtest proves that. Everything that it returns is a
// copy. One mutex guards all of it and no method waits for anything else, so a
// context that is done when a call begins refuses it, and one that is done
// later changes nothing.
//
//	log := memlog.New()
//	log.Now = clock.Now // before the first call; time.Now if left alone
package memlog
