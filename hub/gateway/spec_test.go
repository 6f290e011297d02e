package gateway

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"majlis/hub/oplog"
	"majlis/hub/venue"
	"majlis/hub/wire"
)

func both(t *testing.T) map[string]*Spec {
	return map[string]*Spec{"openapi.yaml": ReadSpec(t, OpenAPI()), "asyncapi.yaml": ReadSpec(t, wire.AsyncAPI())}
}

// TestEveryRouteIsDescribed compares the routes with openapi.yaml, both ways.
func TestEveryRouteIsDescribed(t *testing.T) {
	g, err := New(Config{PublicURL: "http://localhost:8080", Listen: "127.0.0.1:8080"})
	if err != nil {
		t.Fatal(err)
	}
	pages := []string{"/assets/*", "/:file"}
	for _, p := range pageRoutes {
		pages = append(pages, p.path)
	}
	parameter := regexp.MustCompile(`:(\w+)`)
	var served []string
	for _, r := range g.echo.Routes() {
		if r.Method != echo.RouteNotFound && !slices.Contains(pages, r.Path) {
			served = append(served, strings.ToLower(r.Method)+" "+parameter.ReplaceAllString(r.Path, "{$1}"))
		}
	}
	var described []string
	for path, item := range ReadSpec(t, OpenAPI()).At("paths").(map[string]any) {
		for method := range item.(map[string]any) {
			if method != "parameters" {
				described = append(described, method+" "+path)
			}
		}
	}
	for _, r := range served {
		if !slices.Contains(described, r) {
			t.Errorf("%s is served and not in openapi.yaml", r)
		}
	}
	for _, r := range described {
		if !slices.Contains(served, r) {
			t.Errorf("%s is in openapi.yaml and not served", r)
		}
	}
	if len(served) < 20 {
		t.Errorf("only %d routes were compared", len(served))
	}
}

func TestReasonsAreTheClosedSet(t *testing.T) {
	for name, spec := range both(t) {
		schema := spec.Schema("Reason").(map[string]any)
		listed := schema["enum"].([]any)
		for _, r := range allReasons(t) {
			if !slices.Contains(listed, any(string(r))) {
				t.Errorf("%s does not list %s", name, r)
			}
			if !strings.Contains(schema["description"].(string), "| `"+string(r)+"` |") {
				t.Errorf("%s does not explain %s", name, r)
			}
		}
		if want := len(allReasons(t)); len(listed) != want {
			t.Errorf("%s lists %d reasons, there are %d", name, len(listed), want)
		}
	}
}

func TestFileKindsAreTheClosedSet(t *testing.T) {
	source, err := os.ReadFile("../schedule/frab/kind.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range regexp.MustCompile(`Kind = "([a-z0-9-]+)"`).FindAllStringSubmatch(string(source), -1) {
		want = append(want, m[1])
	}
	var listed []string
	for _, v := range ReadSpec(t, OpenAPI()).Schema("FileKind").(map[string]any)["enum"].([]any) {
		listed = append(listed, v.(string))
	}
	if len(want) < 30 || !slices.Equal(listed, want) {
		t.Errorf("the specification lists %v; the reader has %v", listed, want)
	}
}

func TestSharedSchemasSayTheSame(t *testing.T) {
	specs := both(t)
	open, async := specs["openapi.yaml"], specs["asyncapi.yaml"]
	for name, schema := range open.At("components", "schemas").(map[string]any) {
		// The bodies of a command and a reaction are frames without t and topic.
		if other := async.At("components", "schemas", name); other != nil && name != "Do" && name != "React" && !reflect.DeepEqual(schema, other) {
			t.Errorf("%s: the two files differ", name)
		}
	}
}

func TestLimitsAreThoseOfTheCode(t *testing.T) {
	spec := ReadSpec(t, OpenAPI())
	for path, want := range map[string]int{
		"/api/v1/topics/{kind}/{id}/commands": wire.MaxClientFrame,
		"/api/v1/topics/{kind}/{id}/react":    MaxReactBody,
		"/api/v1/conferences/{id}/programme":  MaxProgramme,
		"/api/v1/conferences/{id}/passes":     MaxPassBody,
		"/api/v1/pass":                        MaxPassBody,
	} {
		if got := spec.At("paths", path, "post", "requestBody", "x-max-bytes"); got != json.Number(strconv.Itoa(want)) {
			t.Errorf("%s: %v bytes, the code says %d", path, got, want)
		}
	}
	for _, cookie := range []string{visitorCookie, passCookie} {
		if !strings.Contains(OpenAPI(), "__Host-"+cookie) || !strings.Contains(wire.AsyncAPI(), "__Host-"+cookie) {
			t.Errorf("the cookie %s is not described", cookie)
		}
	}
	for _, c := range []int{wire.CloseNotUTF8, wire.ClosePolicy, wire.CloseTooBig, wire.CloseRestart, wire.CloseLagging, wire.CloseBadPass} {
		if !strings.Contains(wire.AsyncAPI(), "| "+strconv.Itoa(c)+" |") {
			t.Errorf("the close code %d is not described", c)
		}
	}
}

// TestExamplesFitTheirSchemas walks over both files.
func TestExamplesFitTheirSchemas(t *testing.T) {
	for name, spec := range both(t) {
		count := 0
		spec.walk(spec.root, name, func(where string, schema, example any) {
			count++
			if err := spec.Check(schema, example); err != nil {
				t.Errorf("%s: %v", where, err)
			}
		})
		if count < 20 {
			t.Errorf("%s: only %d examples were found", name, count)
		}
	}
}

// walk finds examples: of media types and parameters (example or examples beside
// a schema), of messages (examples beside a payload), of schemas (examples beside
// a type).
func (s *Spec) walk(v any, where string, found func(where string, schema, example any)) {
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			s.walk(item, where+"/"+strconv.Itoa(i), found)
		}
	case map[string]any:
		if example, ok := v["example"]; ok && v["schema"] != nil {
			found(where, v["schema"], example)
		}
		switch examples := v["examples"].(type) {
		case map[string]any:
			for _, e := range examples {
				found(where, v["schema"], e.(map[string]any)["value"])
			}
		case []any:
			s.list(v, examples, where, found)
		}
		for _, name := range sortedKeys(v) {
			s.walk(v[name], where+"/"+name, found)
		}
	}
}

func (s *Spec) list(v map[string]any, examples []any, where string, found func(where string, schema, example any)) {
	for _, e := range examples {
		if v["payload"] != nil {
			found(where, v["payload"], e.(map[string]any)["payload"])
		} else if v["type"] != nil {
			found(where, v, e)
		}
	}
}

// TestFixturesFitTheFrames holds the frames that the Go and the TypeScript tests
// read against the schemas.
func TestFixturesFitTheFrames(t *testing.T) {
	spec := ReadSpec(t, wire.AsyncAPI())
	for file, c := range map[string]struct {
		schemas []string
		unsaid  []string // what is judged otherwise than a schema can say
	}{
		"client.json": {
			[]string{"ClientHello", "Watch", "Unwatch", "Do", "React", "ClientBeat"},
			[]string{
				"do: type that only the machine knows to be wrong", // a good frame; its command is refused
				"member twice", "member twice with another value", "member with an escape", "beyond 8 KiB", // how it is spelled
				"text: lone high surrogate", "text: lone low surrogate", "text: two low surrogates",
				"text: surrogates turned round", "text: high surrogate and a letter",
				"command with a member twice",
			},
		},
		"server.json": {
			[]string{"Hello", "Patch", "Mine", "Ack", "Refuse", "Retry", "Error", "Pulse", "Beat", "Bye"},
			[]string{"bye with a span that is turned round"},
		},
	} {
		for _, f := range fixtures(t, file) {
			err := spec.frame(c.schemas, f.text())
			if unsaid := slices.Contains(c.unsaid, f.Name); (err == nil) == f.OK == unsaid {
				t.Errorf("%s: %s: ok is %t, the schema says %v", file, f.Name, f.OK, err)
			}
		}
	}
}

type fixture struct {
	Name  string          `json:"name"`
	Frame json.RawMessage `json:"frame"`
	OK    bool            `json:"ok"`
}

func fixtures(t *testing.T, file string) (all []fixture) {
	t.Helper()
	b, err := os.ReadFile("../wire/testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &all); err != nil || len(all) < 30 {
		t.Fatalf("%s: %d fixtures, %v", file, len(all), err)
	}
	return all
}

// text is the frame as it would travel.
func (f fixture) text() []byte {
	var s string
	if f.Frame[0] == '"' && json.Unmarshal(f.Frame, &s) == nil {
		return []byte(s)
	}
	return f.Frame
}

// frame checks a frame by the schema that has its t.
func (s *Spec) frame(schemas []string, b []byte) error {
	v, err := decode(b)
	if err != nil {
		return err
	}
	for _, name := range schemas {
		m, ok := v.(map[string]any)
		if ok && s.At("components", "schemas", name, "properties", "t", "const") == m["t"] {
			return s.Check(s.Schema(name), v)
		}
	}
	return fs.ErrNotExist
}

// Frame checks a frame of the hub.
func (s *Spec) Frame(b []byte) error {
	return s.frame([]string{"Hello", "Patch", "Mine", "Ack", "Refuse", "Retry", "Error", "Pulse", "Beat", "Bye"}, b)
}

// TestEveryCommandIsDescribed: what the machines know is in asyncapi.yaml, and
// every example of a command there is one that they take.
func TestEveryCommandIsDescribed(t *testing.T) {
	spec := ReadSpec(t, wire.AsyncAPI())
	key, err := oplog.NewKey(make([]byte, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	for kind, name := range map[oplog.Kind]string{
		oplog.KindSession: "SessionCommand", oplog.KindSchedule: "ScheduleCommand", oplog.KindConference: "ConferenceCommand",
	} {
		described := map[string]bool{oplog.TypeGenesis: true}
		for _, c := range spec.At("components", "schemas", name, "oneOf").([]any) {
			for _, example := range spec.commands(c) {
				described[example["type"].(string)] = true
				raw, _ := json.Marshal(example)
				if _, why := venue.Kinds()[kind].Prepare(raw, key); why != "" {
					t.Errorf("%s: %s is refused as %s", name, raw, why)
				}
			}
		}
		known := commandTypes(t, "../"+string(kind))
		for _, c := range known {
			if !described[c] && !ServerOnly(kind, c) {
				t.Errorf("%s: %s is not described", name, c)
			}
		}
		if len(known) < 3 {
			t.Errorf("%s: only %d commands were found in the code", name, len(known))
		}
	}
}

// commands are the examples of a command's schema, in each of its types.
func (s *Spec) commands(schema any) (out []map[string]any) {
	m := s.follow(schema).(map[string]any)
	types := s.follow(m["properties"]).(map[string]any)["type"].(map[string]any)
	all, several := types["enum"].([]any)
	if !several {
		all = []any{types["const"]}
	}
	for _, example := range m["examples"].([]any) {
		for _, name := range all {
			c := map[string]any{}
			for k, v := range example.(map[string]any) {
				c[k] = v
			}
			c["type"] = name
			out = append(out, c)
		}
	}
	return out
}

// commandTypes reads the constants that name a machine's commands.
func commandTypes(t *testing.T, dir string) (out []string) {
	t.Helper()
	files, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "type") && len(spec.Values) == 1 {
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
					s, _ := strconv.Unquote(lit.Value)
					out = append(out, s)
				}
			}
			return true
		})
	}
	return out
}
