package metrics

import (
	"errors"
	"slices"

	"majlis/hub/oplog"
)

// other is the value of whatever is not in a label's closed set.
const other = "other"

// set is a label and all the values it may ever have.
type set struct {
	label  string
	values []string
}

func (s set) bound(value string) string {
	if slices.Contains(s.values, value) {
		return value
	}
	return other
}

var (
	transports = set{"transport", []string{"websocket", "sse"}}
	// closeCodes are those of the wire, and "client" for one that just left.
	closeCodes = set{"code", []string{
		"client", "1000", "1001", "1007", "1008", "1009", "1011", "1012", "1013", "4000", "4500", "4501",
	}}
	frameTypes = set{"type", []string{"hello", "watch", "unwatch", "do", "react", "beat", "post"}}
	scopes     = set{"scope", []string{
		"commands", "questions", "watches", "reactions", "connections", "admission", "codes", "places",
		"frames", "controls", "bytes", "slow", "early",
	}}
	topicKinds = set{"topic", []string{
		string(oplog.KindSession), string(oplog.KindSchedule), string(oplog.KindConference),
	}}
	results = set{"result", []string{accepted, again, refused}}
	fates   = set{"result", []string{accepted, again, refused, lost}}
	sources = set{"source", []string{encoded, shared}}
	roles   = set{"role", []string{
		oplog.Attendee.String(), oplog.Screen.String(), oplog.Moderator.String(),
		oplog.Organiser.String(), oplog.Operator.String(), oplog.Translator.String(), oplog.Stage.String(),
	}}
	redisCommands = set{"command", []string{"evalsha", "xrange", "hmget", "publish"}}
	redisErrors   = set{"kind", []string{"timeout", "network"}}
	poolStates    = set{"state", []string{"idle", "used"}}
	appendErrors  = set{"kind", []string{"fork", "full", "gone", "unavailable", "unknown"}}
	reasons       = set{"reason", reasonNames(
		oplog.BadCommand, oplog.BadText, oplog.TooLong, oplog.TooMany, oplog.NotUTF8, oplog.NotAllowed,
		oplog.NotFound, oplog.Exists, oplog.Changed, oplog.WrongState, oplog.BoardClosed, oplog.QuestionsOff,
		oplog.VotesOff, oplog.BoardFull, oplog.HasVotes, oplog.PollClosed, oplog.Final, oplog.BadChoice, oplog.NamesOff, oplog.NameNeeded,
		oplog.BadTime, oplog.Incomplete, oplog.TooFast, oplog.NotLive, oplog.Erased, oplog.StoreFull,
		oplog.Unavailable, oplog.BadPass, oplog.BadRequest, oplog.TooBig, oplog.BadOrigin, oplog.UnknownCode,
		oplog.BadProgramme, oplog.Internal, oplog.TooManySubs, oplog.FirstHello, oplog.UnknownVersion, oplog.Locked,
	)}
)

// Values of labels that are ours to choose.
const (
	accepted = "accepted"
	again    = "again"
	refused  = "refused"
	lost     = "lost"
	encoded  = "encoded"
	shared   = "shared"
)

func reasonNames(all ...oplog.Reason) []string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = string(r)
	}
	return out
}

func appendErrorKind(err error) string {
	switch {
	case errors.Is(err, oplog.ErrFork):
		return "fork"
	case errors.Is(err, oplog.ErrFull):
		return "full"
	case errors.Is(err, oplog.ErrGone):
		return "gone"
	case errors.Is(err, oplog.ErrUnavailable):
		return "unavailable"
	case errors.Is(err, oplog.ErrUnknown):
		return "unknown"
	}
	return other
}
