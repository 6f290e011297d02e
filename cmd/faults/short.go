//go:build !faults

package faults

const full = false
