package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Spec is a description of an API, to hold what really travels against it. It
// knows as much of JSON Schema as our two files use, and fails on the rest.
type Spec struct {
	t    testing.TB
	root map[string]any
	// Closed: members that are not described are wrong, so that what the hub
	// says is described completely.
	Closed bool
}

// ReadSpec reads a description.
func ReadSpec(t testing.TB, text string) *Spec {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("the description has something that JSON has not: %v", err)
	}
	root, ok := parse(t, b).(map[string]any)
	if !ok {
		t.Fatal("the description is no object")
	}
	return &Spec{t: t, root: root}
}

func parse(t testing.TB, b []byte) any {
	t.Helper()
	v, err := decode(b)
	if err != nil {
		t.Fatalf("%v in %.300s", err, b)
	}
	return v
}

func decode(b []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("something behind the value")
	}
	return v, nil
}

// At is what stands at a path of names; nil if nothing does. References on the
// way and at its end are followed.
func (s *Spec) At(path ...string) any {
	var v any = s.root
	for _, name := range path {
		m, ok := s.follow(v).(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return s.follow(v)
}

func (s *Spec) follow(v any) any {
	for {
		m, ok := v.(map[string]any)
		if !ok {
			return v
		}
		ref, ok := m["$ref"].(string)
		if !ok {
			return v
		}
		if v = s.target(ref); v == nil {
			s.t.Fatalf("%s leads nowhere", ref)
		}
	}
}

func (s *Spec) target(ref string) any {
	path, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		s.t.Fatalf("%s leads out of the file", ref)
	}
	return s.At(strings.Split(path, "/")...)
}

// Schema is one of the schemas that have a name.
func (s *Spec) Schema(name string) any {
	s.t.Helper()
	v := s.At("components", "schemas", name)
	if v == nil {
		s.t.Fatalf("there is no schema %s", name)
	}
	return v
}

// Check says what is wrong with a value, nil if nothing is.
func (s *Spec) Check(schema, value any) error {
	if yes, ok := schema.(bool); ok {
		if yes {
			return nil
		}
		return fmt.Errorf("nothing may stand here, not even %v", value)
	}
	m, ok := s.follow(schema).(map[string]any)
	if !ok {
		s.t.Fatalf("%v is no schema", schema)
	}
	for _, keyword := range sortedKeys(m) {
		if err := s.keyword(keyword, m, value); err != nil {
			return err
		}
	}
	return nil
}

// annotations say nothing about whether a value is right.
var annotations = []string{"title", "description", "examples", "default", "format"}

func (s *Spec) keyword(keyword string, schema map[string]any, value any) error {
	rule := schema[keyword]
	switch keyword {
	case "type":
		return isType(rule, value)
	case "const", "enum":
		return isOneOf(keyword, rule, value)
	case "oneOf", "anyOf", "allOf":
		return s.combined(keyword, rule.([]any), value)
	}
	switch v := value.(type) {
	case map[string]any:
		if known, err := s.object(keyword, schema, v); known {
			return err
		}
	case []any:
		if known, err := s.array(keyword, rule, v); known {
			return err
		}
	case string:
		if known, err := text(keyword, rule, v); known {
			return err
		}
	case json.Number:
		if known, err := numeric(keyword, rule, v); known {
			return err
		}
	}
	if !slices.Contains(annotations, keyword) && !slices.Contains(ofOtherTypes, keyword) {
		s.t.Fatalf("this check does not know the keyword %q", keyword)
	}
	return nil
}

// ofOtherTypes are keywords that say nothing about a value of another type.
var ofOtherTypes = []string{
	"properties", "additionalProperties", "required", "minProperties", "dependencies", "dependentRequired",
	"items", "minItems", "maxItems", "pattern", "minLength", "maxLength", "minimum", "maximum",
}

func isType(rule, value any) error {
	names, ok := rule.([]any)
	if !ok {
		names = []any{rule}
	}
	has := "null"
	switch v := value.(type) {
	case map[string]any:
		has = "object"
	case []any:
		has = "array"
	case string:
		has = "string"
	case bool:
		has = "boolean"
	case json.Number:
		has = "number"
		if !strings.ContainsAny(v.String(), ".eE") {
			has = "integer"
		}
	}
	if !slices.Contains(names, any(has)) {
		return fmt.Errorf("%.80v is of type %s, want %v", value, has, names)
	}
	return nil
}

func isOneOf(keyword string, rule, value any) error {
	want := []any{rule}
	if keyword == "enum" {
		want = rule.([]any)
	}
	if _, plain := value.(map[string]any); plain {
		return fmt.Errorf("an object, want one of %v", want)
	}
	if _, list := value.([]any); list || !slices.Contains(want, value) {
		return fmt.Errorf("%v is not one of %v", value, want)
	}
	return nil
}

func (s *Spec) combined(keyword string, schemas []any, value any) error {
	var wrong []string
	for _, schema := range schemas {
		if err := s.Check(schema, value); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	fits := len(schemas) - len(wrong)
	if keyword == "oneOf" && fits == 1 || keyword == "anyOf" && fits > 0 || keyword == "allOf" && len(wrong) == 0 {
		return nil
	}
	return fmt.Errorf("%s: %d of %d fit (%s)", keyword, fits, len(schemas), strings.Join(wrong, " | "))
}

func (s *Spec) object(keyword string, schema, v map[string]any) (known bool, err error) {
	rule := schema[keyword]
	switch keyword {
	case "required":
		return true, hasAll(v, rule)
	case "minProperties":
		if len(v) < toInt(rule) {
			err = fmt.Errorf("%d members, want %v", len(v), rule)
		}
	case "dependencies", "dependentRequired":
		for name, others := range rule.(map[string]any) {
			if _, there := v[name]; there && err == nil {
				err = hasAll(v, others)
			}
		}
	case "properties", "additionalProperties":
		if keyword == "properties" || schema["properties"] == nil {
			err = s.members(schema, v)
		}
	default:
		return false, nil
	}
	return true, err
}

func hasAll(v map[string]any, names any) error {
	for _, name := range names.([]any) {
		if _, there := v[name.(string)]; !there {
			return fmt.Errorf("%q is missing", name)
		}
	}
	return nil
}

func (s *Spec) members(schema, v map[string]any) error {
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range sortedKeys(v) {
		rule, described := properties[name]
		if !described {
			if rule, described = schema["additionalProperties"]; !described {
				rule = !s.Closed
			}
		}
		if err := s.Check(rule, v[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *Spec) array(keyword string, rule any, v []any) (known bool, err error) {
	switch keyword {
	case "items":
		for i, item := range v {
			if err := s.Check(rule, item); err != nil {
				return true, fmt.Errorf("%d: %w", i, err)
			}
		}
	case "minItems":
		if len(v) < toInt(rule) {
			err = fmt.Errorf("%d items, want %v", len(v), rule)
		}
	case "maxItems":
		if len(v) > toInt(rule) {
			err = fmt.Errorf("%d items, want %v at most", len(v), rule)
		}
	default:
		return false, nil
	}
	return true, err
}

func text(keyword string, rule any, v string) (known bool, err error) {
	switch keyword {
	case "pattern":
		if !regexp.MustCompile(rule.(string)).MatchString(v) {
			err = fmt.Errorf("%.80q does not match %s", v, rule)
		}
	case "minLength":
		if utf8.RuneCountInString(v) < toInt(rule) {
			err = fmt.Errorf("%.80q is too short", v)
		}
	case "maxLength":
		if utf8.RuneCountInString(v) > toInt(rule) {
			err = fmt.Errorf("%.80q is too long", v)
		}
	default:
		return false, nil
	}
	return true, err
}

func numeric(keyword string, rule any, v json.Number) (known bool, err error) {
	n, notWhole := v.Int64()
	switch keyword {
	case "minimum":
		if notWhole != nil || n < int64(toInt(rule)) {
			err = fmt.Errorf("%s is below %v", v, rule)
		}
	case "maximum":
		if notWhole != nil || n > int64(toInt(rule)) {
			err = fmt.Errorf("%s is beyond %v", v, rule)
		}
	default:
		return false, nil
	}
	return true, err
}

func toInt(v any) int {
	n, _ := strconv.Atoi(fmt.Sprint(v))
	return n
}

func sortedKeys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
