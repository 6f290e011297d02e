package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// seats are the processes that hold the crowd, one in front of each node.
type seats []*child

// child is one of them, as its parent sees it.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startSeat starts one. It dies with the thread that started it.
func startSeat() (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.Command(self, seatName)}
	c.cmd.Stderr = os.Stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReaderSize(out, 1<<20)
	return c, c.cmd.Start()
}

// ask gives an order and waits for the answer.
func (c *child) ask(o order) (a answer, err error) {
	if err := json.NewEncoder(c.in).Encode(o); err != nil {
		return a, fmt.Errorf("tell a seat: %w", err)
	}
	line, err := c.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &a)
	}
	if err != nil {
		return a, fmt.Errorf("hear from a seat: %w", err)
	}
	if a.Fault != "" {
		err = errors.New(a.Fault)
	}
	return a, err
}

// all gives every seat an order of its own, and waits for all answers.
func (s seats) all(order func(i int) order) ([]answer, error) {
	out := make([]answer, len(s))
	var group errgroup.Group
	for i, c := range s {
		group.Go(func() (err error) {
			if out[i], err = c.ask(order(i)); err != nil {
				err = fmt.Errorf("at node %d: %w", i+1, err)
			}
			return err
		})
	}
	return out, group.Wait()
}

// same is the same order for all.
func same(o order) func(int) order { return func(int) order { return o } }

// close ends the seats.
func (s seats) close() {
	for _, c := range s {
		c.in.Close()
		timer := time.AfterFunc(stormWithin, func() { _ = c.cmd.Process.Kill() })
		_ = c.cmd.Wait()
		timer.Stop()
	}
}
