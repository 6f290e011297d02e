#!/usr/bin/env bash
# Runs each fuzz target of the project for a while: fuzz.sh 30s
set -euo pipefail
cd "$(dirname "$0")/../.."
for module in . deploy/bench; do
  (
    cd "$module"
    for dir in $(grep -rlE '^func Fuzz' --include='*_test.go' --exclude-dir=deploy --exclude-dir=web . | xargs -n1 dirname | sort -u); do
      for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go | sed 's/func //'); do
        echo "== $module/$dir $target"
        go test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-30s}" "./$dir"
      done
    done
  )
done
