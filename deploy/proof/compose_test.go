package proof

import (
	"slices"
	"strings"
	"testing"
)

// service is one of the compose file, as far as we hold it to something.
type service struct {
	Command     []string
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	Environment map[string]string
	Ports       []string
	Volumes     []string
	Networks    []string
}

// TestComposeKeepsItsPromises: it is not more than a reader of YAML can see, but
// these are the lines that must not go.
func TestComposeKeepsItsPromises(t *testing.T) {
	var file struct {
		Services                   map[string]service
		Networks, Volumes, Secrets map[string]any
	}
	readYAML(t, "../compose.yaml", &file)
	for _, name := range []string{"hub-1", "hub-2"} {
		hub, there := file.Services[name]
		if !there || !hub.ReadOnly || !slices.Equal(hub.CapDrop, []string{"ALL"}) || len(hub.Ports) > 0 || hub.Environment["MAJLIS_SECRET_FILE"] == "" {
			t.Errorf("%s: %+v; want a read-only root, no capabilities, no published port, the shared secret", name, hub)
		}
	}
	want := "--appendonly yes --appendfsync always --maxmemory-policy noeviction"
	if got := strings.Join(file.Services["redis"].Command, " "); !strings.Contains(got, want) {
		t.Errorf("redis is started with %q, want %s", got, want)
	}
	for name, s := range file.Services {
		for _, p := range s.Ports {
			if name != "proxy" && !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s publishes %s to everybody", name, p)
			}
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if path, ok := strings.CutPrefix(from, "./"); ok {
				read(t, "../"+path)
			} else if _, ok := file.Volumes[from]; !ok {
				t.Errorf("%s mounts %s, which is not declared", name, from)
			}
		}
		for _, n := range s.Networks {
			if _, ok := file.Networks[n]; !ok {
				t.Errorf("%s is in the network %s, which is not declared", name, n)
			}
		}
	}
	scraped := string(read(t, "../prometheus/prometheus.yml"))
	for name, s := range file.Services {
		if port, ok := strings.CutPrefix(s.Environment["MAJLIS_ADMIN"], "0.0.0.0:"); ok && !strings.Contains(scraped, name+":"+port) {
			t.Errorf("prometheus.yml does not scrape %s:%s", name, port)
		}
	}
}
