package pass

// KeyForTest and KidForTest let tests sign what Mint would not.
func (s *Signer) KeyForTest() []byte { return s.passes }
func (s *Signer) KidForTest() string { return s.kid }

// VisitorKeyForTest is the other key.
func (s *Signer) VisitorKeyForTest() []byte { return s.visitors }
