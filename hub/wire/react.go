package wire

// The kinds of reaction. Feelings are counted as they come; the pace is what
// somebody finds for a while: too fast, too slow, lost.
const (
	Applause = "applause"
	Heart    = "heart"
	Laugh    = "laugh"
	Surprise = "surprise"
	Hand     = "hand"

	Fast = "fast"
	Slow = "slow"
	Lost = "lost"
)

// IsFeeling reports whether a kind of reaction is one that is counted as it comes.
func IsFeeling(kind string) bool {
	switch kind {
	case Applause, Heart, Laugh, Surprise, Hand:
		return true
	}
	return false
}

// IsPace reports whether a kind of reaction is one that stands for a while.
func IsPace(kind string) bool { return kind == Fast || kind == Slow || kind == Lost }
