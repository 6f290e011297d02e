package oplogtest

import (
	"testing"

	"majlis/hub/oplog"
)

// Open gives an empty store, and a function that closes it and opens it again
// with everything that it held: nil for a kind that cannot.
type Open func(t *testing.T) (store oplog.Store, reopen func() oplog.Store)

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for _, part := range []struct {
		name string
		test func(*testing.T, oplog.Store)
	}{
		{"Append", testAppend},
		{"Position", testPosition},
		{"Context", testContext},
		{"Read", testRead},
		{"Wait", testWait},
		{"PutBack", testPutBack},
		{"Heads", testHeads},
		{"Key", testKey},
		{"Mover", testMover},
		{"Snapshot", testSnapshot},
		{"Blank", testBlank},
		{"Erase", testErase},
		{"Race", testRace},
		{"Model", testModel},
	} {
		t.Run(part.name, func(t *testing.T) {
			store, _ := open(t)
			t.Cleanup(func() { closeStore(t, store) })
			part.test(t, store)
		})
	}
	t.Run("Close", func(t *testing.T) { testClose(t, open) })
	t.Run("Reopen", func(t *testing.T) { testReopen(t, open) })
}

func closeStore(t *testing.T, store oplog.Store) {
	if err := store.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}
