package gateway

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"majlis/hub/oplog"
	"majlis/hub/schedule/frab"
	"majlis/hub/venue"
)

// readAll reads a body of a bounded size.
func readAll(r *http.Request, limit int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(limit)+1))
	if err != nil {
		return nil, problem(oplog.BadRequest, "the body did not arrive whole")
	}
	if len(body) > limit {
		return nil, problem(oplog.TooBig, fmt.Sprintf("the body is larger than %d bytes", limit))
	}
	return body, nil
}

// httpProblem is the problem that stands for a status of the router.
func httpProblem(status int) Problem {
	switch status {
	case http.StatusNotFound:
		return problem(oplog.NotFound, "there is nothing at this address")
	case http.StatusRequestEntityTooLarge:
		return problem(oplog.TooBig, "the body is larger than is taken here")
	case http.StatusMethodNotAllowed:
		p := problem(oplog.BadRequest, "this address does not take that method")
		p.Status = status
		return p
	}
	return problem(oplog.BadRequest, "the request is not one that is known here")
}

// mintProblem says why there is no access link.
func mintProblem(err error) error {
	var refused *venue.RefusedError
	if errors.As(err, &refused) {
		return problem(refused.Reason, "no access link was made: "+refused.Error())
	}
	return problem(oplog.BadRequest, err.Error())
}

// programmeProblem says why a programme was not imported.
func programmeProblem(err error) error {
	var refusal *frab.Error
	var refused *venue.RefusedError
	switch {
	case errors.As(err, &refusal):
		p := problem(oplog.BadProgramme, refusal.Error())
		p.Kind, p.Line = refusal.Kind, refusal.Line
		return p
	case errors.As(err, &refused):
		return problem(refused.Reason, "the programme was not imported, and nothing has changed")
	}
	return err
}
