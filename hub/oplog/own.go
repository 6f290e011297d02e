package oplog

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"
)

// The commands of the log itself. Every machine meets them; they carry no
// private part.
const (
	// TypeGenesis opens a topic and names its epoch.
	TypeGenesis = "genesis"
	// TypeRestore names a new epoch after a backup has been put back.
	TypeRestore = "restore"
	// TypeRedact names the offsets whose private parts are to be blanked.
	TypeRedact = "redact"
	// TypeSkip names the offsets of entries that are to be folded as if they had
	// been refused: an operator's last resort where one cannot be folded at all.
	TypeSkip = "skip"
	// TypeErased is the last entry of a topic.
	TypeErased = "erased"
)

// EpochArgs are the arguments of genesis and restore.
type EpochArgs struct {
	Epoch string `json:"epoch"`
}

// RedactArgs are the arguments of redact.
type RedactArgs struct {
	Offsets []Offset `json:"offsets"`
}

// NewEpoch makes the name of a history: 80 random bits.
func NewEpoch() string {
	var b [10]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// EpochDraft is the entry that opens a history: genesis or restore.
func EpochDraft(kind, epoch string) Draft {
	return ownDraft(kind, EpochArgs{Epoch: epoch})
}

// RedactDraft names offsets to blank.
func RedactDraft(actor Actor, offsets []Offset) Draft {
	d := ownCommand(TypeRedact, RedactArgs{Offsets: offsets})
	d.Actor = actor
	return Draft{Rules: 1, Public: d.EncodePublic()}
}

// SkipArgs are the arguments of skip.
type SkipArgs struct {
	Offsets []Offset `json:"offsets"`
}

// SkipDraft names offsets to leave out.
func SkipDraft(offsets []Offset) Draft { return ownDraft(TypeSkip, SkipArgs{Offsets: offsets}) }

// SkipOf returns the offsets before an entry that it names, if it is a skip. What
// the log says itself, at its first place, cannot be left out.
func SkipOf(at Offset, c *Command) []Offset {
	var args SkipArgs
	if c.Type != TypeSkip || json.Unmarshal(c.Args, &args) != nil {
		return nil
	}
	return slices.DeleteFunc(args.Offsets, func(o Offset) bool { return o <= 1 || o >= at })
}

// ErasedDraft is the last entry of a topic.
func ErasedDraft() Draft { return ownDraft(TypeErased, struct{}{}) }

func ownDraft(kind string, args any) Draft {
	c := ownCommand(kind, args)
	return Draft{Rules: 1, Public: c.EncodePublic()}
}

func ownCommand(kind string, args any) Command {
	b, err := json.Marshal(args)
	if err != nil {
		panic("oplog: arguments of " + kind + " do not encode: " + err.Error())
	}
	return Command{Type: kind, Actor: Actor{Role: System}, Args: b}
}

// EpochOf returns the epoch that an entry names, if it is a genesis or a
// restore.
func EpochOf(e *Entry) (epoch string, ok bool) {
	c, err := DecodePublic(e.Public)
	if err != nil || c.Type != TypeGenesis && c.Type != TypeRestore {
		return "", false
	}
	var args EpochArgs
	if json.Unmarshal(c.Args, &args) != nil {
		return "", false
	}
	return args.Epoch, true
}
