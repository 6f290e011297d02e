package faults_test

import (
	"testing"

	"majlis/cmd/faults"
)

func TestMain(m *testing.M) { faults.Main(m) }
