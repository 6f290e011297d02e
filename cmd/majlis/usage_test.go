package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"majlis/hub/gateway"
	"majlis/hub/oplog/memlog"
	"majlis/hub/pass"
	"majlis/hub/venue"
)

// TestMistakes: what a stranger gets wrong is answered in a sentence that names
// it, and nothing is made on the way.
func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"UnknownCommand":         {[]string{"launch"}, exitUsage, `"launch"`},
		"ValueBehindABareFlag":   {[]string{"serve", "--demo", "no"}, exitUsage, `"no"`},
		"FileForExport":          {[]string{"export", "all.json"}, exitUsage, `"all.json"`},
		"WordsBehindPass":        {[]string{"pass", "--role", "screen", "hall"}, exitUsage, `"hall"`},
		"WordsBehindDoctor":      {[]string{"doctor", "majlis.db"}, exitUsage, `"majlis.db"`},
		"NoPort":                 {[]string{"serve", "--listen", "127.0.0.1:0"}, exitUsage, "which port"},
		"URLWithAPath":           {[]string{"serve", "--public-url", "http://a/b"}, exitUsage, "path"},
		"URLWithAQuery":          {[]string{"serve", "--public-url", "https://majlis.example?x=1"}, exitUsage, "--public-url"},
		"URLOfAnotherScheme":     {[]string{"serve", "--public-url", "ftp://majlis.example"}, exitUsage, "https://"},
		"FewerThanNoEntries":     {[]string{"replay", "--generate", "-5"}, exitUsage, "-5"},
		"PathTooLongForASocket":  {[]string{"serve", "--listen", "127.0.0.1:1", "--admin", "", "--store", "sqlite:" + strings.Repeat("d", 110)}, exitFailed, "too long"},
		"ConferenceThatCannotBe": {[]string{"pass", "--role", "screen", "--conference", "Bad ID"}, exitFailed, "Bad ID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if name == "ConferenceThatCannotBe" {
				must(t, "export", "--store", freshStore(t))
			}
			code, _, text := invoke(t, c.args...)
			if code != c.code || !strings.Contains(text, c.says) || strings.Contains(text, "panic") {
				t.Errorf("exit %d, said %q; want %d and %q", code, text, c.code, c.says)
			}
			if made, _ := filepath.Glob("*"); c.code == exitUsage && len(made) > 0 {
				t.Errorf("left behind: %v", made)
			}
		})
	}
}

// freshStore makes an empty store at the default place.
func freshStore(t *testing.T) string {
	t.Helper()
	var c config
	c.store, c.listen = "sqlite:majlis.db", "127.0.0.1:8080"
	err := withOffice(t.Context(), &c, slog.New(slog.DiscardHandler), func(context.Context, office) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return c.store
}

// TestOneFileServesAllCommands, and what no command knows is still a mistake.
func TestOneFileServesAllCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	store := freshStore(t)
	write := func(lines string) {
		if err := os.WriteFile("majlis.conf", []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(fmt.Sprintf("store %s\nlisten 127.0.0.1:8099\ndemo true\nadmin 127.0.0.1:9099\n", store))
	for _, c := range [][]string{{"pass", "--list"}, {"export"}, {"replay"}} {
		if code, _, text := invoke(t, append(c, "--config", "majlis.conf")...); code != exitOK {
			t.Errorf("%v: exit %d, said %q", c, code, text)
		}
	}
	write("sotre " + store + "\n")
	if code, _, text := invoke(t, "export", "--config", "majlis.conf"); code != exitUsage || !strings.Contains(text, "sotre") {
		t.Errorf("exit %d, said %q", code, text)
	}
}

// TestLostSecretIsNotReplaced: a new one could not open the store, and would
// stand where the old one is to be put back.
func TestLostSecretIsNotReplaced(t *testing.T) {
	t.Chdir(t.TempDir())
	store := freshStore(t)
	if err := os.Remove("majlis.db.secret"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"export", "replay", "doctor"} {
		code, _, text := invoke(t, c, "--store", store)
		if code != exitFailed || !strings.Contains(text, "backup") {
			t.Errorf("%s: exit %d, said %q", c, code, text)
		}
	}
	if _, err := os.Stat("majlis.db.secret"); err == nil {
		t.Error("a new secret was made")
	}
}

// TestImportTakesNoFileWithoutEnd: what is too large is refused before it is
// read whole, and the next file is taken.
func TestImportTakesNoFileWithoutEnd(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("large.xml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate("large.xml", gateway.MaxProgramme+1); err != nil {
		t.Fatal(err)
	}
	code, out, _ := invoke(t, "import", "--dry-run", "--json", "large.xml", "missing.xml")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitFailed || len(lines) != 2 || !strings.Contains(lines[0], "larger than 16 MiB") || !strings.Contains(lines[1], "missing.xml") {
		t.Errorf("exit %d, said %q", code, out)
	}
}

// TestOfficeWaitsUntilAllIsLoaded: a command that comes early sees everything.
func TestOfficeWaitsUntilAllIsLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		signer, err := pass.NewSigner(make([]byte, pass.SecretSize))
		if err != nil {
			t.Fatal(err)
		}
		loaded, answered := make(chan struct{}), make(chan int, 1)
		h := officeHandler(desk{Venue: venue.New(memlog.New(), signer, "")}, loaded)
		go func() {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/export", strings.NewReader("{}")))
			answered <- w.Code
		}()
		synctest.Wait()
		if len(answered) != 0 {
			t.Error("answered before all was loaded")
		}
		close(loaded)
		if code := <-answered; code != http.StatusOK {
			t.Errorf("answered %d", code)
		}
	})
}

// TestSocketIsTheOwnersAlone from the moment that it is there.
func TestSocketIsTheOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	l, err := listenOffice(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if is, err := os.Stat(path); err != nil || is.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", is.Mode(), err)
	}
}

// TestPlainHTTPIsWarnedOf where it leaves the machine.
func TestPlainHTTPIsWarnedOf(t *testing.T) {
	for url, want := range map[string]bool{
		"http://hall.example": true, "http://192.0.2.7:8080": true,
		"https://hall.example": false, "http://127.0.0.1:8080": false, "http://localhost": false, "http://[::1]:80": false,
	} {
		var said bytes.Buffer
		warnPlain(slog.New(slog.NewTextHandler(&said, nil)), url)
		if got := strings.Contains(said.String(), "plain http"); got != want {
			t.Errorf("%s: warned %t, want %t", url, got, want)
		}
	}
}
