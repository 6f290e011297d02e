package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain lets the test binary be the program, so that tests can start it as a
// process of its own and kill it.
func TestMain(m *testing.M) {
	if os.Getenv("MAJLIS_TEST_IS_PROGRAM") == "1" {
		installDisk()
		main()
		return
	}
	os.Exit(m.Run())
}

// invoke runs a command in this process.
func invoke(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// must runs a command that has to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := invoke(t, args...)
	if code != exitOK {
		t.Fatalf("majlis %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

func decode[T any](t *testing.T, s string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatalf("%v in %q", err, s)
	}
	return v
}

// server is the program, serving.
type server struct {
	t    *testing.T
	cmd  *exec.Cmd
	out  *output
	addr string
}

// output is what a process has printed so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serveProcess starts a server and waits until it is ready.
func serveProcess(t *testing.T, store, addr string, more ...string) *server {
	t.Helper()
	s := &server{t: t, addr: addr, out: &output{}}
	args := append([]string{"serve", "--store", store, "--listen", addr, "--admin", ""}, more...)
	s.cmd = exec.Command(os.Args[0], args...)
	s.cmd.Env = append(os.Environ(), "MAJLIS_TEST_IS_PROGRAM=1")
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !s.ready() {
		select {
		case <-ctx.Done():
			t.Fatalf("the server does not get ready: %s", s.out)
		case <-time.After(5 * time.Millisecond):
		}
	}
	return s
}

func (s *server) ready() bool {
	r, err := http.Get("http://" + s.addr + "/readyz")
	if err != nil {
		return false
	}
	defer r.Body.Close()
	return r.StatusCode == http.StatusOK
}

// kill ends the server as a power cut would.
func (s *server) kill() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	}
}

// stop asks the server to end, and waits.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.cmd.Wait()
}

func TestHelpAndUsage(t *testing.T) {
	t.Run("EveryCommandExplainsItself", func(t *testing.T) {
		for _, c := range []string{"serve", "import", "export", "pass", "replay", "doctor", "copy", "backup", "restore", "skip"} {
			code, _, text := invoke(t, c, "--help")
			if code != exitOK || !strings.Contains(text, "USAGE") || !strings.Contains(text, "-store") && !strings.Contains(text, "-from") {
				t.Errorf("%s --help: exit %d\n%s", c, code, text)
			}
		}
	})
	for name, args := range map[string][]string{
		"UnknownFlag":               {"serve", "--nonsense"},
		"NoSuchStoreKind":           {"serve", "--store", "postgres:x"},
		"PublicListenerWithoutName": {"serve", "--listen", "0.0.0.0:8080", "--store", "sqlite:x.db"},
		"ImportOfNothing":           {"import"},
		"PassWithoutRole":           {"pass"},
	} {
		t.Run(name+"IsAUsageError", func(t *testing.T) {
			code, _, text := invoke(t, args...)
			if code != exitUsage || len(strings.TrimSpace(text)) == 0 {
				t.Errorf("exit %d, said %q", code, text)
			}
		})
	}
	t.Run("StoreThatIsNotThereIsNamed", func(t *testing.T) {
		code, _, text := invoke(t, "export", "--store", "sqlite:"+filepath.Join(t.TempDir(), "none.db"))
		if code != exitFailed || !strings.Contains(text, "none.db") {
			t.Errorf("exit %d, said %q", code, text)
		}
	})
}

func TestServe(t *testing.T) {
	whole := t
	store := filepath.Join(t.TempDir(), "hub.db")
	addr := freeAddr(t)
	at := "sqlite:" + store
	s := serveProcess(t, at, addr, "--demo")

	t.Run("PrintsTheLinks", func(t *testing.T) {
		for _, who := range []string{"attendee", "moderator", "screen", "organiser"} {
			if !regexp.MustCompile(`(?m)^  ` + who + `\s+http://` + regexp.QuoteMeta(addr)).MatchString(s.out.String()) {
				t.Errorf("no link for the %s in %s", who, s.out)
			}
		}
	})
	t.Run("ListsSessionsLiveOnesFirst", func(t *testing.T) {
		items := fetch[struct {
			Items []struct {
				ID   string
				Live bool
			}
		}](t, addr, "/api/v1/sessions").Items
		if len(items) != len(demoProgramme) || items[0].ID != demoLive || !items[0].Live {
			t.Errorf("%d items, first %+v", len(items), items[0])
		}
	})
	t.Run("CommandsWorkWhileItHoldsTheStore", func(t *testing.T) {
		link := strings.TrimSpace(must(t, "pass", "--store", at, "--role", "moderator", "--scope", "session/opening"))
		if !strings.HasPrefix(link, "http://"+addr+"/enter#") {
			t.Errorf("link is %q", link)
		}
		if all := must(t, "export", "--store", at); !strings.Contains(all, "الهيدروجين") {
			t.Error("the export lacks a question")
		}
	})
	t.Run("RevokedLinkOpensNothing", func(t *testing.T) {
		link := decode[struct{ ID, Link string }](t, must(t, "pass", "--store", at, "--role", "organiser", "--json"))
		_, token, _ := strings.Cut(link.Link, "#")
		if got := status(t, addr, "/api/v1/sessions/opening/results.json", token); got != http.StatusOK {
			t.Fatalf("a good link gets %d", got)
		}
		must(t, "pass", "--store", at, "--revoke", link.ID)
		if got := status(t, addr, "/api/v1/sessions/opening/results.json", token); got != http.StatusForbidden {
			t.Errorf("a revoked link gets %d", got)
		}
		if list := must(t, "pass", "--store", at, "--list"); !regexp.MustCompile(link.ID + `.*revoked`).MatchString(list) {
			t.Errorf("the list does not say so:\n%s", list)
		}
	})
	t.Run("SecondServerOnTheStoreIsRefused", func(t *testing.T) {
		code, _, text := invoke(t, "serve", "--store", at, "--listen", freeAddr(t), "--admin", "")
		if code != exitFailed || !strings.Contains(text, store) {
			t.Errorf("exit %d, said %q", code, text)
		}
	})
	t.Run("EverythingIsThereAfterKill9", func(t *testing.T) {
		before := must(t, "export", "--store", at)
		s.kill()
		s = serveProcess(whole, at, addr)
		if after := must(t, "export", "--store", at); after != before {
			t.Error("the export differs after the kill")
		}
	})
	t.Run("EndsInPeaceWhenAsked", func(t *testing.T) {
		if err := s.stop(); err != nil {
			t.Errorf("ended with %v: %s", err, s.out)
		}
	})
}

func fetch[T any](t *testing.T, addr, path string) T {
	t.Helper()
	r, err := http.Get("http://" + addr + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var v T
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

func status(t *testing.T, addr, path, token string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestReplay(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "generated.db")
	const entries = 12_000
	first := decode[replayReport](t, must(t, "replay", "--store", store, "--generate", fmt.Sprint(entries), "--json"))
	if first.Entries != entries || first.Topics != generatedTopics || first.Seconds <= 0 {
		t.Fatalf("replayed %+v", first)
	}
	t.Run("SecondReplayHasTheSameDigest", func(t *testing.T) {
		if again := decode[replayReport](t, must(t, "replay", "--store", store, "--json")); again.Digest != first.Digest {
			t.Errorf("%s, then %s", first.Digest, again.Digest)
		}
	})
	t.Run("SnapshotAndTailHaveTheSameDigest", func(t *testing.T) {
		// Opening the hub and closing it leaves a snapshot of every topic.
		must(t, "export", "--store", store)
		again := decode[replayReport](t, must(t, "replay", "--store", store, "--snapshots", "--json"))
		if again.Digest != first.Digest {
			t.Errorf("%s, from snapshots %s", first.Digest, again.Digest)
		}
		if again.Entries >= entries {
			t.Errorf("%d entries were folded: the snapshots were not used", again.Entries)
		}
	})
	t.Run("DoctorFindsItGood", func(t *testing.T) {
		if out := must(t, "doctor", "--store", store); !strings.Contains(out, "good") {
			t.Error(out)
		}
	})
	t.Run("FlippedBitIsFoundAndNamed", func(t *testing.T) {
		path := strings.TrimPrefix(store, "sqlite:")
		flip(t, path, []byte(`{"id":"01J000000`))
		code, _, text := invoke(t, "replay", "--store", store, "--json")
		if code != exitFailed || !regexp.MustCompile(`session/generated-\d at offset \d+`).MatchString(text) {
			t.Errorf("exit %d, said %q", code, text)
		}
	})
}

// flip turns one bit in the middle of the file, where some bytes stand.
func flip(t *testing.T, path string, near []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := len(b) / 2
	i := bytes.Index(b[half:], near)
	if i < 0 {
		t.Fatalf("%q is not in the second half of the store", near)
	}
	b[half+i+len(near)+4] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
