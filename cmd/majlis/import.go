package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub/gateway"
	"majlis/hub/venue"
)

func importCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var conference string
	var dry bool
	set := c.flags("majlis import", stderr, "store", "listen", "public-url", "secret-file", "zone", "json")
	set.StringVar(&conference, "conference", "", "id of the conference (default: from the file's acronym)")
	set.BoolVar(&dry, "dry-run", false, "read the files and say what is in them; change nothing")
	return &ffcli.Command{
		Name:       "import",
		ShortUsage: "majlis import [flags] FILE...",
		ShortHelp:  "Bring in programmes.",
		LongHelp: "Reads schedule files (frab, c3voc, pretalx or pentabarf XML, and JSON with\n" +
			"schedule.conference) and makes the programme of a conference what they say.\n" +
			"Sessions that a newer file lacks are marked as cancelled. Each file is imported\n" +
			"whole or not at all. A server may hold the store meanwhile.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, files []string) error {
			if len(files) == 0 {
				return usageError{errors.New("import: name at least one file")}
			}
			if conference != "" && len(files) > 1 {
				return usageError{errors.New("import: --conference goes with one file")}
			}
			job := importJob{conference: conference, zone: c.zone, json: c.json, stdout: stdout, stderr: stderr}
			if dry {
				return job.all(files, job.read)
			}
			log := slog.New(slog.NewTextHandler(stderr, nil))
			return withOffice(ctx, &c, log, func(ctx context.Context, o office) error {
				return job.all(files, func(file string) (venue.Report, error) { return job.bring(ctx, o, file) })
			})
		},
	}
}

// importJob is one call of the command.
type importJob struct {
	conference, zone string
	json             bool
	stdout, stderr   io.Writer
}

// all takes each file; one that is refused does not stop the others.
func (j *importJob) all(files []string, take func(file string) (venue.Report, error)) error {
	failed := false
	for _, file := range files {
		report, err := take(file)
		failed = failed || err != nil
		j.print(file, report, err)
	}
	if failed {
		return errSaid
	}
	return nil
}

// read says what is in a file.
func (j *importJob) read(file string) (venue.Report, error) {
	body, err := readProgramme(file)
	if err != nil {
		return venue.Report{}, err
	}
	return venue.Read(venue.Upload{Conference: j.conference, File: file, Zone: j.zone, Body: body})
}

// readProgramme reads a file that may be a programme.
func readProgramme(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, gateway.MaxProgramme+1))
	if err != nil {
		return nil, err
	}
	if len(body) > gateway.MaxProgramme {
		return nil, fmt.Errorf("the file is larger than %d MiB", gateway.MaxProgramme>>20)
	}
	return body, nil
}

// bring imports a file.
func (j *importJob) bring(ctx context.Context, o office, file string) (venue.Report, error) {
	body, err := readProgramme(file)
	if err != nil {
		return venue.Report{}, err
	}
	return o.Import(ctx, venue.Upload{Conference: j.conference, File: file, Zone: j.zone, Body: body, Person: venue.Person})
}

func (j *importJob) print(file string, r venue.Report, err error) {
	if j.json {
		out := json.NewEncoder(j.stdout)
		out.SetEscapeHTML(false)
		if err != nil {
			_ = out.Encode(map[string]string{"file": file, "error": err.Error()})
			return
		}
		r.File = file
		_ = out.Encode(r)
		return
	}
	if err != nil {
		fmt.Fprintf(j.stderr, "%s: %v\n", file, err)
		return
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s, conference %s (%s)\n", file, r.Format, r.Conference, r.Zone)
	fmt.Fprintf(&b, "  %d sessions in %d rooms on %d days, %s to %s\n", r.Sessions, r.Rooms, r.Days, r.First, r.Last)
	if r.Applied {
		fmt.Fprintf(&b, "  %d added, %d moved, %d renamed, %d cancelled, %d as before\n",
			len(r.Diff.Added), len(r.Diff.Moved), len(r.Diff.Renamed), len(r.Diff.Cancelled), r.Diff.Unchanged)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "  line %d: %s\n", w.Line, w.Text)
	}
	_, _ = b.WriteTo(j.stdout)
}
