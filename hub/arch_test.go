package hub_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rule says what one package may import beside the standard library: packages
// of this module and modules of others.
type rule struct {
	pkg  string
	may  []string
	pure bool // see [pureStd] and [impure]
	why  string
}

const anything = "*"

// The house, from the bottom up. Imports point down only. A new package needs a
// line here, and a new arrow a reason.
var house = []rule{
	{
		"hub/oplog", nil, false,
		"the vocabulary and the contract of the log: whatever it knew, everybody would know",
	},
	{
		"hub/oplog/memlog",
		[]string{"hub/oplog"},
		false,
		"a log without a disk",
	},
	{
		"hub/oplog/sqlitelog",
		[]string{"hub/oplog", "modernc.org/sqlite"},
		false,
		"the only package that knows SQLite",
	},
	{
		"hub/oplog/sqlitelog/disktest",
		[]string{"modernc.org/libc", "modernc.org/sqlite"},
		false,
		"a disk that fails when told to, below SQLite; nobody but tests imports it",
	},
	{
		"hub/oplog/redislog",
		[]string{"hub/oplog", "github.com/redis/go-redis/v9", "golang.org/x/sync"},
		false,
		"the only package that knows Redis",
	},
	{
		"hub/oplog/redislog/redistest",
		[]string{"github.com/redis/go-redis/v9"},
		false,
		"real Redis servers for tests; nobody else imports it",
	},
	{
		"hub/oplog/oplogtest",
		[]string{"hub/oplog", "pgregory.net/rapid"},
		false,
		"what every log must do; nobody but tests imports it",
	},
	{
		"hub/strict",
		[]string{"hub/oplog", "golang.org/x/text"},
		true,
		"the one reader of JSON and of texts from outside, alike for frames, bodies and machines",
	},
	{
		"hub/entity",
		[]string{"hub/oplog", "hub/strict"},
		true,
		"documents and patches: what changed since when, for whom",
	},
	{
		"hub/entity/reducer",
		[]string{"hub/entity", "hub/oplog"},
		true,
		"the client's side of patches, to test them with",
	},
	{
		"hub/fold",
		[]string{"hub/oplog"},
		true,
		"what the rules of all machines have in common: turns, registers, texts that can be taken away",
	},
	{
		"hub/lang", nil, true,
		"what language a text is in: a function of the text",
	},
	{
		"hub/session",
		[]string{"hub/entity", "hub/fold", "hub/lang", "hub/oplog", "hub/strict", "github.com/rivo/uniseg"},
		true,
		"a machine: the same entries give the same state everywhere. It knows no other machine",
	},
	{
		"hub/schedule",
		[]string{"hub/entity", "hub/fold", "hub/oplog", "hub/strict", "github.com/rivo/uniseg", "golang.org/x/text"},
		true,
		"a machine, as above",
	},
	{
		"hub/conference",
		[]string{"hub/entity", "hub/fold", "hub/oplog", "hub/strict"},
		true,
		"a machine, as above",
	},
	{
		"hub/schedule/frab",
		[]string{"hub/schedule", "hub/oplog", "hub/strict", "golang.org/x/text"},
		true,
		"a file format of programmes: bytes in, a programme or a refusal out",
	},
	{
		"hub/wire",
		[]string{"hub/entity", "hub/oplog", "hub/strict"},
		true,
		"frames of the protocol; a client can be written with it and nothing else",
	},
	{
		"hub/fanout",
		[]string{"hub/oplog"},
		false,
		"carries bytes to connections; what they mean and over what they go is not its business",
	},
	{
		"hub/pass",
		[]string{"hub/oplog", "github.com/golang-jwt/jwt/v5"},
		false,
		"who somebody is; the only package that knows JWT",
	},
	{
		"hub/whisper",
		[]string{"hub/oplog"},
		false,
		"what nodes tell each other that is true only now; over what it goes is not its business",
	},
	{
		"hub",
		[]string{"hub/entity", "hub/fanout", "hub/oplog", "hub/whisper", "hub/wire", "golang.org/x/sync"},
		false,
		"runs machines and logs through their interfaces; which there are is wired in cmd",
	},
	{
		"hub/venue",
		[]string{
			"hub", "hub/conference", "hub/entity", "hub/lang", "hub/oplog", "hub/pass", "hub/schedule",
			"hub/schedule/frab", "hub/session", "golang.org/x/sync",
		},
		false,
		"which conferences and sessions there are: it reads the machines, so the edge need not",
	},
	{
		"hub/interpreter",
		[]string{"hub/oplog", "hub/session", "golang.org/x/sync"},
		false,
		"the only package that asks somebody else: a machine that translates, at one address",
	},
	{
		"hub/gateway/line",
		[]string{"hub/fanout"},
		false,
		"the bottom of a WebSocket: bytes to the kernel, and nobody waits",
	},
	{
		"hub/gateway",
		[]string{
			"hub", "hub/entity", "hub/fanout", "hub/gateway/line", "hub/oplog", "hub/pass", "hub/schedule/frab",
			"hub/session", "hub/strict", "hub/venue", "hub/whisper", "hub/wire", "github.com/coder/websocket", "github.com/labstack/echo/v4",
			"golang.org/x/sync",
		},
		false,
		"the only package that knows HTTP; of session and frab it words results and refusals",
	},
	{
		"hub/metrics",
		[]string{"hub/oplog", "github.com/prometheus/client_golang"},
		false,
		"the only package that knows Prometheus; it observes by shape, not by import",
	},
	{
		"web", nil, false,
		"the built pages as files; cmd hands them to the edge",
	},
	{
		"cmd/majlis",
		[]string{anything},
		false,
		"the only wiring",
	},
	{
		"cmd/swarm",
		[]string{anything},
		false,
		"a simulated audience",
	},
	{
		"cmd/faults",
		[]string{"hub/oplog/redislog/redistest", "github.com/anishathalye/porcupine", "github.com/coder/websocket"},
		false,
		"breaks the programs from outside, as processes: it must not reach into them",
	},
}

// pureStd is what a pure package may use of the standard library: nothing that
// reads a clock, a disk, a network or chance, runs beside it or writes a log.
var pureStd = []string{
	"bufio", "bytes", "cmp", "crypto/hmac", "crypto/sha256", "embed", "encoding/base32", "encoding/binary", "encoding/hex",
	"encoding/json", "encoding/xml", "errors", "fmt", "html", "io", "iter", "maps", "math", "math/bits", "net/url",
	"regexp", "slices", "sort", "strconv", "strings", "time", "time/tzdata", "unicode", "unicode/utf16", "unicode/utf8",
}

// impure is what of those packages still reads a clock or a file of this
// machine.
var impure = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Local"},
	"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Dir        string
	Module     *struct{ Path string }
	GoFiles    []string
	Imports    []string
	Error      *struct{ Err string }
}

func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Module,GoFiles,Imports,Error", "./...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportsPointDown(t *testing.T) {
	found := map[string]bool{}
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, p.Module.Path+"/")
		found[name] = true
		t.Run(name, func(t *testing.T) {
			i := slices.IndexFunc(house, func(r rule) bool { return r.pkg == name })
			if i < 0 {
				t.Fatal("is not in the table: say what it may import, and why")
			}
			checkImports(t, house[i], p)
			checkFiles(t, house[i], p)
		})
	}
	for _, r := range house {
		if !found[r.pkg] {
			t.Errorf("%s is in the table and nowhere else", r.pkg)
		}
	}
}

func checkImports(t *testing.T, r rule, p listed) {
	t.Helper()
	if p.Error != nil {
		t.Error(p.Error.Err)
	}
	for _, imported := range p.Imports {
		own, isOwn := strings.CutPrefix(imported, p.Module.Path+"/")
		switch first, _, _ := strings.Cut(imported, "/"); {
		case slices.Contains(r.may, anything):
		case isOwn:
			if !slices.Contains(r.may, own) {
				t.Errorf("must not import %s: %s", own, r.why)
			}
		case strings.Contains(first, "."):
			if !slices.ContainsFunc(r.may, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") }) {
				t.Errorf("must not import %s: %s", imported, r.why)
			}
		case r.pure && !slices.Contains(pureStd, imported):
			t.Errorf("is pure and must not import %s", imported)
		}
	}
}

// checkFiles looks into the files of a pure package. It opens those of every
// package and its directory, so that go test does not answer from its cache when
// any of them has changed or a package has come.
func checkFiles(t *testing.T, r rule, p listed) {
	t.Helper()
	if _, err := os.ReadDir(p.Dir); err != nil {
		t.Error(err)
	}
	set := token.NewFileSet()
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			continue
		}
		if !r.pure {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if what := impurity(n); what != "" {
				t.Errorf("%s: is pure and must not %s", set.Position(n.Pos()), what)
			}
			return true
		})
	}
}

func impurity(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "start goroutines"
	case *ast.SelectorExpr:
		if pkg, ok := n.X.(*ast.Ident); ok && slices.Contains(impure[pkg.Name], n.Sel.Name) {
			return "use " + pkg.Name + "." + n.Sel.Name
		}
	}
	return ""
}

// The table itself must have no way round.
func TestHouseHasNoCircle(t *testing.T) {
	for i, r := range house {
		if r.why == "" {
			t.Errorf("%s has no reason", r.pkg)
		}
		for _, m := range r.may {
			below := slices.IndexFunc(house, func(b rule) bool { return b.pkg == m })
			if below >= i {
				t.Errorf("%s may import %s, which stands above it", r.pkg, m)
			}
		}
	}
}
