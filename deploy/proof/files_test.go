package proof

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// rule is an alert, or a recording, of Prometheus.
type rule struct {
	Record, Alert, Expr, For string
	Labels, Annotations      map[string]string
}

func rules(t *testing.T) (all []rule) {
	t.Helper()
	var file struct {
		Groups []struct{ Rules []rule }
	}
	readYAML(t, "../prometheus/alerts.yml", &file)
	for _, g := range file.Groups {
		all = append(all, g.Rules...)
	}
	if len(all) == 0 {
		t.Fatal("there are no rules")
	}
	return all
}

// panel is one of the dashboard.
type panel struct {
	Title, Description, Type string
	Datasource               struct{ UID string }
	FieldConfig              struct{ Defaults struct{ Unit string } }
	Targets                  []struct{ Expr string }
}

func panels(t *testing.T) (all []panel) {
	t.Helper()
	var board struct{ Panels []panel }
	if err := json.Unmarshal(read(t, "../grafana/majlis.json"), &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		if p.Type != "row" {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		t.Fatal("there are no panels")
	}
	return all
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readYAML(t *testing.T, path string, v any) {
	t.Helper()
	if err := yaml.Unmarshal(read(t, path), v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// name is a metric of ours in an expression; what is recorded stands behind a
// colon.
var name = regexp.MustCompile(`(?:^|[^:\w])(majlis_\w+)`)

// metrics lists the metrics of ours in an expression, histograms by their name.
func metrics(expr string, exported []string) (all []string) {
	for _, m := range name.FindAllStringSubmatch(expr, -1) {
		n := m[1]
		for _, suffix := range []string{"_bucket", "_sum", "_count"} {
			if base, ok := strings.CutSuffix(n, suffix); ok && slices.Contains(exported, base+" histogram") {
				n = base
			}
		}
		all = append(all, n)
	}
	return all
}
