package gateway

import (
	"encoding/json"
	"net/http"

	"majlis/hub/oplog"
	"majlis/hub/schedule/frab"
)

// Problem is an error over HTTP (RFC 9457). Its code is the same closed set as
// in frames: programs go by it, people read title and detail. Detail says what
// to do; it never quotes what somebody else sent. A file that cannot be read
// has the kind of its fault and its line besides, for pages that word it.
type Problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Code   oplog.Reason `json:"code"`
	Detail string       `json:"detail,omitempty"`
	Kind   frab.Kind    `json:"kind,omitempty"`
	Line   int          `json:"line,omitempty"`
}

func (p Problem) Error() string {
	if p.Detail == "" {
		return p.Title
	}
	return p.Title + ": " + p.Detail
}

type kindOfProblem struct {
	status int
	title  string
}

// kindsOfProblem has a line for every reason there is; a test counts them.
var kindsOfProblem = map[oplog.Reason]kindOfProblem{
	oplog.BadCommand:     {http.StatusBadRequest, "Not a command that is known here"},
	oplog.BadText:        {http.StatusUnprocessableEntity, "The text is empty or cannot be seen"},
	oplog.TooLong:        {http.StatusUnprocessableEntity, "The text is too long"},
	oplog.TooMany:        {http.StatusConflict, "There are too many already"},
	oplog.NotUTF8:        {http.StatusBadRequest, "Not UTF-8"},
	oplog.NotAllowed:     {http.StatusForbidden, "Not allowed"},
	oplog.NotFound:       {http.StatusNotFound, "Not found"},
	oplog.Exists:         {http.StatusConflict, "The id is taken"},
	oplog.Locked:         {http.StatusConflict, "Somebody else is at it"},
	oplog.Changed:        {http.StatusConflict, "Somebody else has changed it meanwhile"},
	oplog.WrongState:     {http.StatusConflict, "Not possible in this state"},
	oplog.BoardClosed:    {http.StatusConflict, "The session is not live"},
	oplog.QuestionsOff:   {http.StatusConflict, "No questions are taken now"},
	oplog.VotesOff:       {http.StatusConflict, "No votes are taken now"},
	oplog.BoardFull:      {http.StatusConflict, "The board is full"},
	oplog.HasVotes:       {http.StatusConflict, "Others have voted for this wording"},
	oplog.PollClosed:     {http.StatusConflict, "The poll takes no answers"},
	oplog.Final:          {http.StatusConflict, "The answer stays"},
	oplog.BadChoice:      {http.StatusUnprocessableEntity, "Not a choice of this poll"},
	oplog.NamesOff:       {http.StatusConflict, "This session takes no names"},
	oplog.NameNeeded:     {http.StatusConflict, "This session takes no questions without a name"},
	oplog.BadTime:        {http.StatusUnprocessableEntity, "Not a possible time"},
	oplog.Incomplete:     {http.StatusConflict, "Parts are missing"},
	oplog.TooFast:        {http.StatusTooManyRequests, "Too many requests"},
	oplog.NotLive:        {http.StatusNotFound, "There is no such topic"},
	oplog.Erased:         {http.StatusGone, "Erased"},
	oplog.StoreFull:      {http.StatusInsufficientStorage, "The store is full"},
	oplog.Unavailable:    {http.StatusServiceUnavailable, "Not available now"},
	oplog.BadPass:        {http.StatusUnauthorized, "The access link is not valid"},
	oplog.BadRequest:     {http.StatusBadRequest, "Not a request that is known here"},
	oplog.TooBig:         {http.StatusRequestEntityTooLarge, "Too big"},
	oplog.BadOrigin:      {http.StatusForbidden, "From another site"},
	oplog.UnknownCode:    {http.StatusNotFound, "Nothing has this code"},
	oplog.BadProgramme:   {http.StatusUnprocessableEntity, "Not a programme that can be read"},
	oplog.Internal:       {http.StatusInternalServerError, "Something went wrong here"},
	oplog.TooManySubs:    {http.StatusConflict, "Too many topics are watched"},
	oplog.FirstHello:     {http.StatusBadRequest, "A hello must come first"},
	oplog.UnknownVersion: {http.StatusBadRequest, "This protocol version is not spoken here"},
}

// problem is the problem that stands for a reason. One that is not listed is
// our own mistake and reads like one.
func problem(code oplog.Reason, detail string) Problem {
	kind, ok := kindsOfProblem[code]
	if !ok {
		code, kind = oplog.Internal, kindsOfProblem[oplog.Internal]
	}
	return Problem{Type: "about:blank", Title: kind.title, Status: kind.status, Code: code, Detail: detail}
}

// WriteProblem answers with a problem document. Headers that are set already,
// as Retry-After, stay.
func WriteProblem(w http.ResponseWriter, p Problem) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	h.Del("Content-Encoding")
	h.Del("ETag")
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer") // RFC 9110 §15.5.2 wants one
	}
	body, err := json.Marshal(p)
	if err != nil { // strings and a number always encode
		body = []byte(`{"type":"about:blank","status":500,"code":"internal"}`)
	}
	w.WriteHeader(p.Status)
	// The peer may be gone; there is nobody to tell.
	_, _ = w.Write(append(body, '\n'))
}
