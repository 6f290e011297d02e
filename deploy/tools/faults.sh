#!/usr/bin/env bash
# Runs every fault at full size and prints what was promised and measured:
#   faults.sh [row]
# FAULTS_OUT names a file that the lines are added to; else they go with the run.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp)
trap 'rm -f "$out"' EXIT
failed=0
# One package after the other: they measure.
FAULTS_OUT=$out go test -tags faults -p 1 -count=1 -timeout 120m -run "Test${1:-F[0-9]}" ./cmd/faults ./cmd/majlis ./hub ./hub/oplog/sqlitelog || failed=1
echo
sort -V "$out" | sed '1i row\twhat\tpromised\tmeasured\tverdict' | awk -F '\t' '{printf "%-5s %-62s %-14s %-14s %s\n", $1, $2, $3, $4, $5}'
[ -z "${FAULTS_OUT:-}" ] || cat "$out" >>"$FAULTS_OUT"
exit "$failed"
