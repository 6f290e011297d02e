package session

// brings is what an answer at a time brings if it is right: with a bonus, half of
// it for being right and the rest by the time that is left, in steps, so that not
// everybody stands alone. Only a poll that has an end has a bonus.
func (p *poll) brings(s *stand, ms int64) int32 {
	switch {
	case p.Kind != pollQuiz:
		return 0
	case !p.Bonus || s.Closes <= s.Opened:
		return MaxScore
	}
	left := min(max(s.Closes-ms, 0), s.Closes-s.Opened)
	return int32(MaxScore/2 + left*bonusSteps/(s.Closes-s.Opened)*(MaxScore/2/bonusSteps))
}

// isRight reports whether a value is the right answer.
func (p *poll) isRight(v value) bool {
	var set uint32
	for _, o := range p.Right {
		set |= 1 << (o - 1)
	}
	return v == setValue(set)
}
