package proof

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestNamesAreThoseOfTheHub: no rule and no panel asks for what nobody exports,
// and nothing that is exported is looked at nowhere.
func TestNamesAreThoseOfTheHub(t *testing.T) {
	var exported, typed []string
	for line := range strings.Lines(string(read(t, "../../hub/metrics/testdata/names.txt"))) {
		fields := strings.Fields(line)
		exported = append(exported, fields[0])
		typed = append(typed, fields[0]+" "+fields[1])
	}
	used := map[string]bool{}
	check := func(where, expr string) {
		for _, m := range metrics(expr, typed) {
			used[m] = true
			if !slices.Contains(exported, m) {
				t.Errorf("%s asks for %s, which the hub does not export", where, m)
			}
		}
	}
	for _, r := range rules(t) {
		check(r.Alert+r.Record, r.Expr)
	}
	for _, p := range panels(t) {
		for _, q := range p.Targets {
			check(p.Title, q.Expr)
		}
	}
	for _, m := range exported {
		if !used[m] {
			t.Errorf("%s is exported, and in no rule and no panel", m)
		}
	}
	check("the runbook", string(read(t, "../runbook.md")))
}

// TestEveryAlertHasItsParagraphAndItsCases: what an alert says leads to what to
// do, and it has been seen to fire and to stay quiet.
func TestEveryAlertHasItsParagraphAndItsCases(t *testing.T) {
	paragraphs := map[string]string{}
	for part := range strings.SplitSeq(string(read(t, "../runbook.md")), "\n## ") {
		title, text, _ := strings.Cut(part, "\n")
		paragraphs[title] = strings.TrimSpace(text)
	}
	delete(paragraphs, "# Runbook")
	var file struct {
		Tests []struct {
			Cases []struct {
				Alert    string `yaml:"alertname"`
				Expected []any  `yaml:"exp_alerts"`
			} `yaml:"alert_rule_test"`
		}
	}
	readYAML(t, "../prometheus/alerts_test.yml", &file)
	fires, quiet := map[string]bool{}, map[string]bool{}
	for _, test := range file.Tests {
		for _, c := range test.Cases {
			fires[c.Alert] = fires[c.Alert] || len(c.Expected) > 0
			quiet[c.Alert] = quiet[c.Alert] || len(c.Expected) == 0
		}
	}
	for _, r := range rules(t) {
		if r.Alert == "" {
			continue
		}
		if len(paragraphs[r.Alert]) < 100 {
			t.Errorf("%s has no paragraph in runbook.md", r.Alert)
		}
		delete(paragraphs, r.Alert)
		if want := "runbook.md#" + strings.ToLower(r.Alert); r.Annotations["runbook"] != want {
			t.Errorf("%s leads to %q, want %q", r.Alert, r.Annotations["runbook"], want)
		}
		if r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
			t.Errorf("%s does not say what is wrong", r.Alert)
		}
		if s := r.Labels["severity"]; s != "page" && s != "ticket" {
			t.Errorf("%s has severity %q, want page or ticket", r.Alert, s)
		}
		if !fires[r.Alert] || !quiet[r.Alert] {
			t.Errorf("%s: a case where it fires: %t; one where it stays quiet: %t", r.Alert, fires[r.Alert], quiet[r.Alert])
		}
	}
	for title := range paragraphs {
		if !strings.HasPrefix(title, "Majlis") {
			continue // what to do in quiet times
		}
		t.Errorf("runbook.md has a paragraph %q, and there is no such alert", title)
	}
}

// TestPanelsSayWhatTheyShow: and ask the data source, the job and the nodes that
// were chosen.
func TestPanelsSayWhatTheyShow(t *testing.T) {
	alerts := map[string]bool{}
	for _, r := range rules(t) {
		alerts[r.Alert] = true
	}
	matched := regexp.MustCompile(`\{[^}]*\}`)
	for _, p := range panels(t) {
		if p.Title == "" || p.Description == "" || p.FieldConfig.Defaults.Unit == "" || len(p.Targets) == 0 {
			t.Errorf("%q: title, description, unit and a query are wanted", p.Title)
		}
		if p.Datasource.UID != "${datasource}" {
			t.Errorf("%q has a data source of its own", p.Title)
		}
		for _, a := range regexp.MustCompile(`Majlis[A-Z]\w+`).FindAllString(p.Description, -1) {
			if !alerts[a] {
				t.Errorf("%q names %s, and there is no such alert", p.Title, a)
			}
		}
		for _, q := range p.Targets {
			for _, m := range matched.FindAllString(q.Expr, -1) {
				if !strings.HasPrefix(m, `{job="$job",instance=~"$instance"`) {
					t.Errorf("%q asks %s: want the job and the nodes that were chosen", p.Title, m)
				}
			}
			for _, m := range regexp.MustCompile(`(\w+_total)\{`).FindAllStringSubmatchIndex(q.Expr, -1) {
				before := q.Expr[:m[0]]
				if p.Type != "stat" && !strings.HasSuffix(before, "rate(") && !strings.HasSuffix(before, "increase(") {
					t.Errorf("%q shows a counter as it is: %s", p.Title, q.Expr)
				}
			}
		}
	}
}
