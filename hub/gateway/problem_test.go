package gateway

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"majlis/hub/oplog"
)

// allReasons reads the closed set where it is written down.
func allReasons(t *testing.T) []oplog.Reason {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../oplog/outcome.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []oplog.Reason
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Reason" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, oplog.Reason(text))
		}
		return true
	})
	if len(out) < 30 {
		t.Fatalf("found only %d reasons: the file looks different now", len(out))
	}
	return out
}

func TestEveryReasonHasAProblem(t *testing.T) {
	reasons := allReasons(t)
	titles := map[string]oplog.Reason{}
	for _, r := range reasons {
		kind, ok := kindsOfProblem[r]
		if !ok {
			t.Errorf("%s has no status and no title", r)
			continue
		}
		if http.StatusText(kind.status) == "" || kind.status < 400 || kind.title == "" {
			t.Errorf("%s: status %d, title %q", r, kind.status, kind.title)
		}
		if other, taken := titles[kind.title]; taken {
			t.Errorf("%s and %s read alike: %q", r, other, kind.title)
		}
		titles[kind.title] = r
	}
	if len(kindsOfProblem) != len(reasons) {
		t.Errorf("%d problems for %d reasons", len(kindsOfProblem), len(reasons))
	}
}

func TestProblemIsWrittenAsRFC9457Says(t *testing.T) {
	w := httptest.NewRecorder()
	w.Header().Set("Retry-After", "3")
	w.Header().Set("ETag", `"old"`)
	WriteProblem(w, problem(oplog.TooFast, "wait a little"))
	if got := w.Code; got != http.StatusTooManyRequests {
		t.Errorf("status %d", got)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/problem+json", "Cache-Control": "no-store", "Retry-After": "3", "ETag": "",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"type": "about:blank", "title": "Too many requests", "status": 429.0,
		"code": "too-fast", "detail": "wait a little",
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s is %v; want %v", k, got[k], v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("members %v; want %v", got, want)
	}
}

func TestProblemOfNoIdentityNamesTheScheme(t *testing.T) {
	w := httptest.NewRecorder()
	WriteProblem(w, problem(oplog.BadPass, ""))
	if got := w.Header().Get("WWW-Authenticate"); got != "Bearer" {
		t.Errorf("WWW-Authenticate %q; a 401 must have one", got)
	}
}

func TestProblemOfAnUnknownReasonIsOurs(t *testing.T) {
	if p := problem("no-such-reason", ""); p.Status != http.StatusInternalServerError || p.Code != oplog.Internal {
		t.Errorf("got %+v", p)
	}
}
